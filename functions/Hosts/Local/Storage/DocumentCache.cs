using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>Names a document (<c>To</c> null, <c>Shape</c> 0) or one page of a query, and knows its hashes.</summary>
internal readonly struct CacheKey : IEquatable<CacheKey>
{
    private readonly string? to;
    private readonly int shape;

    /// <summary>Names a document.</summary>
    public CacheKey(DocumentTable table, string partitionKey, string id)
    {
        (Table, PartitionKey, Id) = (table, partitionKey, id);
        PartitionHash = Hash(table.Hash, partitionKey);
        FullHash = Hash(PartitionHash, id);
    }

    /// <summary>Names a page by its range and shape (limit, negative if descending).</summary>
    public CacheKey(DocumentTable table, string partitionKey, string from, string? to, int shape)
        : this(table, partitionKey, from) =>
        (this.to, this.shape) = (to, shape);

    /// <summary>The container.</summary>
    public DocumentTable Table { get; }

    /// <summary>The partition.</summary>
    public string PartitionKey { get; }

    /// <summary>The document's id, or the lower end of the range.</summary>
    public string Id { get; }

    /// <summary>Hash of container and partition.</summary>
    public int PartitionHash { get; }

    /// <summary>Hash of container, partition and id.</summary>
    public int FullHash { get; }

    /// <summary>Hash of what makes it outdated: a write to the document, or to anything in the page's partition.</summary>
    public int StampHash => shape == 0 ? FullHash : PartitionHash;

    /// <inheritdoc/>
    public bool Equals(CacheKey other) =>
        FullHash == other.FullHash && Id == other.Id && PartitionKey == other.PartitionKey && Table == other.Table && shape == other.shape && to == other.to;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CacheKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => FullHash + shape;

    private static int Hash(int seed, string text)
    {
        var hash = new HashCode();
        hash.Add(seed);
        hash.AddBytes(MemoryMarshal.AsBytes(text.AsSpan()));
        return hash.ToHashCode();
    }
}

/// <summary>
/// Deserialised documents, proofs of absence and pages of queries. Exact because this process is the only writer: each write raises a stamp
/// before it is acknowledged, and what was read is valid only while the stamp taken before the read does not move. Stamps are shared by what has
/// equal hashes, which costs a read now and then. Two generations bound it: a full one takes the place of the older, and what is asked for moves on.
/// </summary>
internal sealed class DocumentCache(TimeProvider time)
{
    private const int Stamps = 1 << 18;
    private const int EntriesOfGeneration = 200_000;
    private const long BytesOfGeneration = 64L << 20;
    private const int EntryBytes = 300;

    private readonly int[] stamps = new int[Stamps];
    private readonly Lock turning = new();
    private volatile ConcurrentDictionary<CacheKey, Entry> young = new();
    private volatile ConcurrentDictionary<CacheKey, Entry> old = new();
    private int count;
    private long bytes;

    /// <summary>Looks a document or page up.</summary>
    /// <param name="key">Which.</param>
    /// <param name="found">The document or page; null if it is known that there is none.</param>
    /// <returns>Whether anything is known.</returns>
    public bool TryGet(in CacheKey key, out object? found)
    {
        found = null;
        var isYoung = young.TryGetValue(key, out var entry);
        if ((!isYoung && !old.TryGetValue(key, out entry)) || entry!.Stamp != Stamp(key) || (entry.Expires is { } expires && expires <= time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return false;
        }

        if (!isYoung)
        {
            Keep(key, entry);
        }

        found = entry.Value;
        return true;
    }

    /// <summary>The stamp of a document or page; take it before the read whose result shall be kept.</summary>
    public int Stamp(in CacheKey key) => Volatile.Read(ref stamps[key.StampHash & (Stamps - 1)]);

    /// <summary>Keeps what a read found.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="stamp">Taken before the read.</param>
    /// <param name="value">The document or page; null if there is none.</param>
    /// <param name="expires">Until when it is valid, in milliseconds since 1970; null for ever.</param>
    /// <param name="size">Bytes of memory, roughly.</param>
    public void Fill(in CacheKey key, int stamp, object? value, long? expires, int size) => Keep(key, new(value, stamp, expires, EntryBytes + size));

    /// <summary>Makes what is known of a document, and of pages it may be on, outdated: between the commit of a write and its acknowledgement.</summary>
    public void Forget(in CacheKey key)
    {
        Interlocked.Increment(ref stamps[key.FullHash & (Stamps - 1)]);
        Interlocked.Increment(ref stamps[key.PartitionHash & (Stamps - 1)]);
    }

    private void Keep(in CacheKey key, Entry entry)
    {
        // What takes the place of something outdated is no more to hold. Two at once may count one twice: a generation only ends sooner.
        var replaced = young.TryGetValue(key, out var outdated);
        young[key] = entry;
        if (Interlocked.Add(ref count, replaced ? 0 : 1) <= EntriesOfGeneration & Interlocked.Add(ref bytes, entry.Size - (outdated?.Size ?? 0)) <= BytesOfGeneration)
        {
            return;
        }

        lock (turning)
        {
            if (count > EntriesOfGeneration || bytes > BytesOfGeneration)
            {
                old = young;
                young = new();
                count = 0;
                bytes = 0;
            }
        }
    }

    private sealed record Entry(object? Value, int Stamp, long? Expires, int Size);
}
