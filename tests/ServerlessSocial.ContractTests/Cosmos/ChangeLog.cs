using System.Text.Json.Nodes;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>The change feed of one container in its "latest version" mode: each document once, in the order of last changes.</summary>
internal sealed class ChangeLog
{
    private readonly SortedDictionary<long, string> documents = [];
    private readonly Dictionary<(string PartitionKey, string Id), long> numbers = [];
    private long last;

    /// <summary>A document was written.</summary>
    public void Wrote(string partitionKey, string json)
    {
        var key = (partitionKey, (string)JsonNode.Parse(json)!["id"]!);
        lock (documents)
        {
            Remove(key);
            numbers[key] = ++last;
            documents[last] = json;
        }
    }

    /// <summary>A document was deleted, which the feed does not show.</summary>
    public void Deleted(string partitionKey, string id)
    {
        lock (documents)
        {
            Remove((partitionKey, id));
        }
    }

    /// <summary>Changes after a position, and the position after them.</summary>
    public (IReadOnlyList<string> Documents, long Position) After(long position, int limit)
    {
        lock (documents)
        {
            var found = documents.Where(entry => entry.Key > position).Take(limit).ToList();
            return ([.. found.Select(entry => entry.Value)], found.Count == 0 ? position : found[^1].Key);
        }
    }

    private void Remove((string PartitionKey, string Id) key)
    {
        if (numbers.Remove(key, out var number))
        {
            documents.Remove(number);
        }
    }
}
