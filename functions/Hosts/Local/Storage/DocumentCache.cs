using System.Collections.Concurrent;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>What the cache keeps about one document (<c>To</c> null, <c>Shape</c> 0) or one page of a query. Knows its hashes, which several look-ups use.</summary>
internal readonly struct CacheKey : IEquatable<CacheKey>
{
    private readonly int hash;

    /// <summary>Names a document, or a page by its range and shape (limit, negative if descending).</summary>
    public CacheKey(DocumentTable table, string partitionKey, string id, string? to = null, int shape = 0)
    {
        (Table, PartitionKey, Id, To, Shape) = (table, partitionKey, id, to, shape);
        PartitionHash = (uint)(StringHash.Of(partitionKey) * table.HashFactor >> 32);
        hash = (int)(PartitionHash + (uint)StringHash.Of(id) + ((uint)shape * 0x9E3779B1));
    }

    /// <summary>The container.</summary>
    public DocumentTable Table { get; }

    /// <summary>The partition.</summary>
    public string PartitionKey { get; }

    /// <summary>The document's id, or the lower end of the range.</summary>
    public string Id { get; }

    /// <summary>The upper end of the range.</summary>
    public string? To { get; }

    /// <summary>Distinguishes queries of one range.</summary>
    public int Shape { get; }

    /// <summary>Hash of container and partition.</summary>
    public uint PartitionHash { get; }

    /// <inheritdoc/>
    public bool Equals(CacheKey other) =>
        hash == other.hash && Id == other.Id && PartitionKey == other.PartitionKey && Table == other.Table && Shape == other.Shape && To == other.To;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CacheKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}

/// <summary>
/// Deserialised documents, proofs of absence and pages of queries, bounded by number and estimated bytes (second chance
/// eviction). Exact because this process is the only writer: every partition has a stamp that each write raises before
/// it is acknowledged; what was read from the file is kept only if the stamp did not move meanwhile, and a page is
/// valid only while it does not move. Stamps are shared by partitions of equal hash, which costs a read now and then.
/// </summary>
internal sealed class DocumentCache(int maxEntries = 200_000, long maxBytes = 64L << 20)
{
    private const int Stamps = 1 << 18;
    private const int Gates = 1 << 8;
    private const int EntryBytes = 300;

    /// <summary>One for all proofs of absence: half of what a feed asks for is not there, and this object stays in the processor's cache.</summary>
    private static readonly Content Absent = new(null, long.MaxValue, 0);

    private readonly ConcurrentDictionary<CacheKey, Entry> entries = new();
    private readonly ConcurrentQueue<Entry> order = new();
    private readonly long[] stamps = new long[Stamps];
    private readonly Lock[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new Lock())];
    private readonly Lock evicting = new();
    private int count;
    private long bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => count;

    /// <summary>Looks a document or page up.</summary>
    /// <param name="key">Which.</param>
    /// <param name="found">The document or page; null if it is known that there is none.</param>
    /// <returns>Whether anything is known.</returns>
    public bool TryGet(in CacheKey key, TimeProvider time, out object? found)
    {
        if (entries.TryGetValue(key, out var entry)
            && entry.Content is { } content
            && (content.Expires == long.MaxValue || content.Expires > time.GetUtcNow().ToUnixTimeMilliseconds())
            && (key.Shape == 0 || content.Stamp == Stamp(key)))
        {
            if (!entry.Used)
            {
                entry.Used = true;
            }

            found = content.Value;
            return true;
        }

        found = null;
        return false;
    }

    /// <summary>The stamp of a partition; take it before reading from the file what <see cref="Fill"/> shall keep.</summary>
    public long Stamp(in CacheKey key) => Volatile.Read(ref stamps[StampIndex(key)]);

    /// <summary>Keeps what a read found, unless the partition was written since the stamp was taken.</summary>
    public void Fill(in CacheKey key, long stamp, object? value, long? expires, int size)
    {
        var index = StampIndex(key);
        lock (gates[index % Gates])
        {
            if (stamps[index] != stamp)
            {
                return;
            }

            Put(key, value is null && expires is null ? Absent : new(value, expires ?? long.MaxValue, stamp), size);
        }

        Evict();
    }

    /// <summary>Keeps what was written. On the writer's thread, between commit and acknowledgement.</summary>
    public void Set(in CacheKey key, object? value, long? expires, int size)
    {
        var index = StampIndex(key);
        lock (gates[index % Gates])
        {
            Volatile.Write(ref stamps[index], stamps[index] + 1);
            Put(key, new(value, expires ?? long.MaxValue, 0), size);
        }

        Evict();
    }

    /// <summary>Forgets what was written. On the writer's thread, between commit and acknowledgement.</summary>
    public void Forget(in CacheKey key)
    {
        var index = StampIndex(key);
        lock (gates[index % Gates])
        {
            Volatile.Write(ref stamps[index], stamps[index] + 1);
            if (entries.TryGetValue(key, out var entry))
            {
                Account(entry, EntryBytes);
                entry.Content = null;
            }
        }
    }

    private static int StampIndex(in CacheKey key) => (int)(key.PartitionHash & (Stamps - 1));

    private void Put(in CacheKey key, Content content, int size)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            entry = new Entry(key);
            entries[key] = entry;
            order.Enqueue(entry);
            Interlocked.Increment(ref count);
        }

        Account(entry, EntryBytes + size);
        entry.Content = content;
    }

    private void Account(Entry entry, int size)
    {
        Interlocked.Add(ref bytes, size - entry.Bytes);
        entry.Bytes = size;
    }

    private void Evict()
    {
        if ((count <= maxEntries && Volatile.Read(ref bytes) <= maxBytes) || !evicting.TryEnter())
        {
            return;
        }

        try
        {
            while ((count > maxEntries || Volatile.Read(ref bytes) > maxBytes) && order.TryDequeue(out var entry))
            {
                if (entry.Used && entry.Content is not null)
                {
                    entry.Used = false;
                    order.Enqueue(entry);
                    continue;
                }

                lock (gates[StampIndex(entry.Key) % Gates])
                {
                    entries.TryRemove(entry.Key, out _);
                    Account(entry, 0);
                    Interlocked.Decrement(ref count);
                }
            }
        }
        finally
        {
            evicting.Exit();
        }
    }

    private sealed record Content(object? Value, long Expires, long Stamp);

    private sealed class Entry(CacheKey key)
    {
        /// <summary>What is known; null when nothing is.</summary>
        private volatile Content? content;

        public CacheKey Key { get; } = key;

        public Content? Content { get => content; set => content = value; }

        public bool Used { get; set; }

        public int Bytes { get; set; }
    }
}
