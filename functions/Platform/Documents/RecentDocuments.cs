using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// A document whose contents may be shown some seconds late: a name, a count. Never one that decides who sees what (relations, moderation):
/// those are read every time.
/// </summary>
public interface IMayBeRecent;

/// <summary>Settings of what an instance remembers: configuration section <c>Recent</c>.</summary>
public sealed class RecentOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Recent";

    /// <summary>Seconds for which a document counts as recent, 0 to 60; 0 remembers nothing, which is the local host's default. In Azure it is 5.</summary>
    public double Seconds { get; set; }

    /// <summary>Documents that are remembered at most; each takes about a kilobyte.</summary>
    public int Entries { get; set; } = 50_000;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => Seconds is >= 0 and <= 60 && Entries >= 1;
}

/// <summary>
/// Reads through a small memory of this instance, so that what everybody looks at (the card of a popular author, the counters of a popular
/// post) is not asked of one partition thousands of times a second. Only <see cref="IMayBeRecent"/> is remembered, its absence too.
/// </summary>
public sealed class RecentDocuments(IDocumentStore documents, TimeProvider time, IOptions<RecentOptions> options) : IDisposable
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = options.Value.Entries });

    /// <summary>How old what is returned can be.</summary>
    public TimeSpan Age { get; } = TimeSpan.FromSeconds(options.Value.Seconds);

    /// <summary>Loads documents of any containers in at most one batch; missing ones are simply not in the set.</summary>
    /// <param name="keys">What to load.</param>
    /// <param name="mustBeFresh">What to ask the store for in any case; null for nothing of the kind.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, Func<DocumentKey, bool>? mustBeFresh, CancellationToken cancellationToken)
    {
        if (Age == TimeSpan.Zero)
        {
            return await documents.ReadManyAsync(keys, cancellationToken);
        }

        var remembered = new DocumentSet(keys.Count);
        var asked = new List<DocumentKey>(keys.Count);
        foreach (var key in keys)
        {
            if (!MayBeRecent(key) || mustBeFresh?.Invoke(key) == true || !TryGet(key, out var document))
            {
                asked.Add(key);
            }
            else if (document is not null)
            {
                remembered.Add(key, document);
            }
        }

        if (asked.Count == 0)
        {
            return remembered;
        }

        var started = time.GetUtcNow();
        var loaded = await documents.ReadManyAsync(asked, cancellationToken);
        foreach (var key in asked.Where(MayBeRecent))
        {
            Remember(key, loaded.Get(key), started);
        }

        loaded.Add(remembered);
        return loaded;
    }

    /// <summary>Reads one document, or null.</summary>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public async ValueTask<T?> FindAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>, IMayBeRecent
    {
        var key = DocumentKey.Of<T>(partitionKey, id);
        if (Age > TimeSpan.Zero && TryGet(key, out var remembered))
        {
            return (T?)remembered;
        }

        var started = time.GetUtcNow();
        var document = await documents.FindAsync<T>(partitionKey, id, cancellationToken);
        Remember(key, document, started);
        return document;
    }

    /// <summary>Remembers what this instance has just read or written otherwise.</summary>
    /// <param name="document">The document, as it is stored.</param>
    /// <param name="readAt">A moment at which it was so.</param>
    public void Note<T>(T document, DateTimeOffset readAt)
        where T : Document, IDocument<T>, IMayBeRecent => Remember(DocumentKey.Of<T>(document.PartitionKey, document.Id), document, readAt);

    /// <summary>
    /// Reads documents of one partition, perhaps as they were some seconds ago: for lists whose entries are looked at again before anybody
    /// sees them.
    /// </summary>
    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var key = (typeof(T), query);
        if (Age > TimeSpan.Zero && cache.TryGetValue(key, out RememberedPage<T>? found) && found!.ReadAt + Age > time.GetUtcNow())
        {
            return found.Page;
        }

        var started = time.GetUtcNow();
        var page = await documents.QueryAsync<T>(query, cancellationToken);
        if (Age > TimeSpan.Zero)
        {
            cache.Set(key, new RememberedPage<T>(page, started), new MemoryCacheEntryOptions { Size = 1 + page.Items.Count, AbsoluteExpirationRelativeToNow = Age });
        }

        return page;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private static bool MayBeRecent(DocumentKey key) => key.Type.IsAssignableTo(typeof(IMayBeRecent));

    private bool TryGet(DocumentKey key, out Document? document)
    {
        document = null;
        if (cache.TryGetValue(key, out Remembered? found) && found!.ReadAt + Age > time.GetUtcNow())
        {
            document = found.Document;
            return true;
        }

        return false;
    }

    private void Remember(DocumentKey key, Document? document, DateTimeOffset readAt)
    {
        if (Age > TimeSpan.Zero)
        {
            cache.Set(key, new Remembered(document, readAt), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Age });
        }
    }

    private sealed record Remembered(Document? Document, DateTimeOffset ReadAt);

    private sealed record RememberedPage<T>(DocumentPage<T> Page, DateTimeOffset ReadAt)
        where T : Document;
}
