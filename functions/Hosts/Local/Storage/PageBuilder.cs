using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>Collects a page of a query, and what the cache must know about it.</summary>
/// <param name="limit">At most so many documents.</param>
/// <param name="now">The moment of the query, in milliseconds since 1970.</param>
internal sealed class PageBuilder<T>(int limit, long now)
    where T : Document
{
    private readonly List<T> items = new(Math.Min(limit, 32));

    /// <summary>Whether a document was met that did not fit: the page is complete.</summary>
    public bool HasMore { get; private set; }

    /// <summary>When the first of its documents expires; null never.</summary>
    public long? Expires { get; private set; }

    /// <summary>Memory it takes, roughly.</summary>
    public int Size { get; private set; }

    /// <summary>Adds a staged document if it is still visible.</summary>
    public void Add(StagedDocument document)
    {
        if (document.IsVisible(now))
        {
            Add(document.Body, document.Sequence, document.Expires);
        }
    }

    /// <summary>Adds the next document of the range.</summary>
    public void Add(ReadOnlySpan<byte> body, long sequence, long? expires)
    {
        if (HasMore || items.Count == limit)
        {
            HasMore = true;
            return;
        }

        items.Add(StoredDocument.Deserialize<T>(body, sequence));
        Size += StoredDocument.MemorySize(body.Length);
        if (expires is not null && !(expires > Expires))
        {
            Expires = expires;
        }
    }

    /// <summary>The page.</summary>
    public DocumentPage<T> Build() => new(items, HasMore);
}
