using System.Collections.Concurrent;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The staged documents of one container: newer than whatever its table holds under the same key. Read by anybody,
/// changed only on the writer's thread, between commit and acknowledgement.
/// </summary>
internal sealed class StagedDocuments
{
    private readonly ConcurrentDictionary<string, Partition> partitions = new();
    private int count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The staged version of a document, or null.</summary>
    public StagedDocument? Find(string partitionKey, string id)
    {
        if (Count == 0 || !partitions.TryGetValue(partitionKey, out var partition))
        {
            return null;
        }

        lock (partition)
        {
            var index = IndexOf(partition, id);
            return index < 0 ? null : partition[index];
        }
    }

    /// <summary>The staged documents of a range of ids in ascending order, expired ones included: they hide what the table has.</summary>
    public List<StagedDocument> Range(string partitionKey, string? from, string? to)
    {
        if (Count == 0 || !partitions.TryGetValue(partitionKey, out var partition))
        {
            return [];
        }

        lock (partition)
        {
            var first = from is null ? 0 : Lowest(partition, from);
            var end = to is null ? partition.Count : Lowest(partition, to);
            return first < end ? partition.GetRange(first, end - first) : [];
        }
    }

    /// <summary>Adds a document, in place of an older version.</summary>
    public void Add(StagedDocument document)
    {
        var partition = partitions.GetOrAdd(document.PartitionKey, static key => new(key));
        document.PartitionKey = partition.Key;
        lock (partition)
        {
            var index = IndexOf(partition, document.Id);
            if (index >= 0)
            {
                partition[index] = document;
            }
            else
            {
                partition.Insert(~index, document);
                count++;
            }
        }
    }

    /// <summary>Removes a document unless a newer version took its place.</summary>
    public void Remove(StagedDocument document)
    {
        if (!partitions.TryGetValue(document.PartitionKey, out var partition))
        {
            return;
        }

        lock (partition)
        {
            var index = IndexOf(partition, document.Id);
            if (index < 0 || partition[index] != document)
            {
                return;
            }

            partition.RemoveAt(index);
            count--;
        }

        if (partition.Count == 0)
        {
            partitions.TryRemove(document.PartitionKey, out _);
        }
    }

    /// <summary>Sorts as the table does, so that a merge meets each of its pages once.</summary>
    public static void Sort(StagedDocument[] documents) =>
        Array.Sort(documents, static (a, b) => string.CompareOrdinal(a.PartitionKey, b.PartitionKey) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));

    /// <summary>Everything staged at the moment, in no order.</summary>
    public StagedDocument[] Snapshot()
    {
        var all = new List<StagedDocument>(Count);
        foreach (var (_, partition) in partitions)
        {
            lock (partition)
            {
                all.AddRange(partition);
            }
        }

        return [.. all];
    }

    private static int IndexOf(List<StagedDocument> partition, string id)
    {
        var index = Lowest(partition, id);
        return index < partition.Count && partition[index].Id == id ? index : ~index;
    }

    private static int Lowest(List<StagedDocument> partition, string id)
    {
        var (low, high) = (0, partition.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(partition[middle].Id, id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The staged documents of one partition in the order of their ids, which is ordinal: staged ids are ASCII.</summary>
    private sealed class Partition(string key) : List<StagedDocument>(1)
    {
        /// <summary>The one text of the partition key that all of them keep.</summary>
        public string Key => key;
    }
}
