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
/// equal hashes, which costs a read now and then. A table of sets bounds it; what was not asked for since the clock's hand passed gives way (second chance).
/// Nothing moves in memory while it is asked for: a cache that copies what it keeps makes the garbage collector copy it, too.
/// </summary>
internal sealed class DocumentCache(TimeProvider time)
{
    private const int Stamps = 1 << 18;
    private const int Slots = 1 << 18;
    private const int SlotsOfSet = 8;
    private const long MostBytes = 96L << 20;
    private const int EntryBytes = 300;

    /// <summary>Slots that a write to a full cache looks at to make room: more than one, so that the cache comes down to its bound.</summary>
    private const int HandSteps = 32;

    private readonly int[] stamps = new int[Stamps];
    private readonly Entry?[] slots = new Entry?[Slots];
    private long bytes;
    private int hand;

    /// <summary>Looks a document or page up.</summary>
    /// <param name="key">Which.</param>
    /// <param name="found">The document or page; null if it is known that there is none.</param>
    /// <returns>Whether anything is known.</returns>
    public bool TryGet(in CacheKey key, out object? found)
    {
        found = null;
        foreach (ref var slot in SetOf(key))
        {
            if (Volatile.Read(ref slot) is not { } entry || !entry.Key.Equals(key))
            {
                continue;
            }

            if (entry.Stamp != Stamp(key) || (entry.Expires is { } expires && expires <= time.GetUtcNow().ToUnixTimeMilliseconds()))
            {
                return false;
            }

            entry.Asked();
            found = entry.Value;
            return true;
        }

        return false;
    }

    /// <summary>The stamp of a document or page; take it before the read whose result shall be kept.</summary>
    public int Stamp(in CacheKey key) => Volatile.Read(ref stamps[key.StampHash & (Stamps - 1)]);

    /// <summary>Keeps what a read found.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="stamp">Taken before the read.</param>
    /// <param name="value">The document or page; null if there is none.</param>
    /// <param name="expires">Until when it is valid, in milliseconds since 1970; null for ever.</param>
    /// <param name="size">Bytes of memory, roughly.</param>
    public void Fill(in CacheKey key, int stamp, object? value, long? expires, int size)
    {
        Put(ref Victim(SetOf(key), key), new(key, value, stamp, expires, EntryBytes + size));
        for (var step = 0; step < HandSteps && Volatile.Read(ref bytes) > MostBytes; step++)
        {
            ref var slot = ref slots[Interlocked.Increment(ref hand) & (Slots - 1)];
            if (Volatile.Read(ref slot) is { } entry && !entry.TakeChance())
            {
                Put(ref slot, null);
            }
        }
    }

    /// <summary>Makes what is known of a document, and of pages it may be on, outdated: between the commit of a write and its acknowledgement.</summary>
    public void Forget(in CacheKey key)
    {
        Interlocked.Increment(ref stamps[key.FullHash & (Stamps - 1)]);
        Interlocked.Increment(ref stamps[key.PartitionHash & (Stamps - 1)]);
    }

    private Span<Entry?> SetOf(in CacheKey key) => slots.AsSpan(key.GetHashCode() & (Slots - SlotsOfSet), SlotsOfSet);

    /// <summary>The slot that holds what is known of the key, else an empty one, else that of whoever has had their chance.</summary>
    private static ref Entry? Victim(Span<Entry?> set, in CacheKey key)
    {
        var free = -1;
        for (var i = 0; i < set.Length; i++)
        {
            var entry = Volatile.Read(ref set[i]);
            if (entry?.Key.Equals(key) == true)
            {
                return ref set[i];
            }

            if (entry is null && free < 0)
            {
                free = i;
            }
        }

        for (var i = 0; i < set.Length && free < 0; i++)
        {
            free = Volatile.Read(ref set[i])?.TakeChance() == true ? -1 : i;
        }

        return ref set[Math.Max(free, 0)];
    }

    private void Put(ref Entry? slot, Entry? entry)
    {
        var former = Interlocked.Exchange(ref slot, entry);
        Interlocked.Add(ref bytes, (entry?.Size ?? 0) - (former?.Size ?? 0));
    }

    private sealed class Entry(in CacheKey key, object? value, int stamp, long? expires, int size)
    {
        private bool asked;

        public CacheKey Key { get; } = key;

        public object? Value { get; } = value;

        public int Stamp { get; } = stamp;

        public long? Expires { get; } = expires;

        public int Size { get; } = size;

        /// <summary>Notes that it was asked for. Only where it is news: what everybody asks for is not written to all the time.</summary>
        public void Asked()
        {
            if (!asked)
            {
                asked = true;
            }
        }

        /// <summary>Whether it was asked for since the last time.</summary>
        public bool TakeChance()
        {
            var had = asked;
            asked = false;
            return had;
        }
    }
}
