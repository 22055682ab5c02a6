using System.Runtime.InteropServices;

namespace ServerlessSocial.Platform.Documents;

/// <summary>Names one document of one container.</summary>
/// <param name="Type">The document type.</param>
/// <param name="Container">Its container.</param>
/// <param name="PartitionKey">Its partition.</param>
/// <param name="Id">Its id within the partition.</param>
public readonly record struct DocumentKey(Type Type, ContainerDefinition Container, string PartitionKey, string Id)
{
    /// <summary>The key of a document of type <typeparamref name="T"/>.</summary>
    public static DocumentKey Of<T>(string partitionKey, string id)
        where T : Document, IDocument<T> => new(typeof(T), T.Container, partitionKey, id);

    /// <inheritdoc/>
    public bool Equals(DocumentKey other) => Type == other.Type && Id == other.Id && PartitionKey == other.PartitionKey;

    /// <summary>Of type and id alone: a partition seldom tells documents of one id apart, and hashing it costs as much again.</summary>
    public override int GetHashCode() => HashCode.Combine(Type, Id);
}

/// <summary>Documents that one batched read found.</summary>
public sealed class DocumentSet
{
    private readonly Dictionary<DocumentKey, Document> found;

    /// <summary>An empty set with room for <paramref name="capacity"/> documents.</summary>
    public DocumentSet(int capacity = 0) => found = new(capacity);

    /// <summary>How many documents were found.</summary>
    public int Count => found.Count;

    /// <summary>The document of that key, or null if it does not exist or was not asked for.</summary>
    public T? Get<T>(string partitionKey, string id)
        where T : Document, IDocument<T> =>
        found.TryGetValue(DocumentKey.Of<T>(partitionKey, id), out var document) ? (T)document : null;

    /// <summary>The document of that key, or null if it does not exist or was not asked for.</summary>
    public Document? Get(DocumentKey key) => found.GetValueOrDefault(key);

    /// <summary>All documents of a type.</summary>
    public IEnumerable<T> All<T>()
        where T : Document, IDocument<T> => found.Values.OfType<T>();

    /// <summary>Adds what a store found.</summary>
    public void Add(DocumentKey key, Document document) => CollectionsMarshal.GetValueRefOrAddDefault(found, key, out _) = document;

    /// <summary>Adds everything another set holds.</summary>
    public void Add(DocumentSet other)
    {
        foreach (var (key, document) in other.found)
        {
            found[key] = document;
        }
    }
}
