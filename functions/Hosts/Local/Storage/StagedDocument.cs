using System.Buffers.Binary;
using System.Text;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>A document that is durable in the staging journal and waits in memory to be merged into its table.</summary>
internal sealed class StagedDocument
{
    private const int HeaderBytes = 20;
    private readonly byte[] bodies;
    private readonly int offset;
    private readonly int length;

    private StagedDocument(string partitionKey, string id, long? expires, byte[] bodies, int offset, int length)
    {
        (PartitionKey, Id, Expires) = (partitionKey, id, expires);
        (this.bodies, this.offset, this.length) = (bodies, offset, length);
    }

    /// <summary>The partition. Staged documents of one partition share the text.</summary>
    public string PartitionKey { get; set; }

    /// <summary>Id within the partition.</summary>
    public string Id { get; }

    /// <summary>When it expires, in milliseconds since 1970; null never.</summary>
    public long? Expires { get; }

    /// <summary>Number of its write; set by the writer.</summary>
    public long Sequence { get; set; }

    /// <summary>The JSON.</summary>
    public ReadOnlySpan<byte> Body => bodies.AsSpan(offset, length);

    /// <summary>Whether it is there for readers.</summary>
    public bool IsVisible(long now) => !(Expires <= now);

    /// <summary>
    /// Lays documents out in a block for the journal: for each one the lengths of partition key, id and body (4 bytes each),
    /// its expiry (8 bytes, 0 for never), partition key, id and body. In memory they share one array of bodies.
    /// </summary>
    public static (byte[] Block, StagedDocument[] Documents) Layout(IReadOnlyList<(string PartitionKey, string Id, long? Expires, byte[] Body)> rows)
    {
        var bodies = new byte[rows.Sum(row => row.Body.Length)];
        var block = new byte[bodies.Length + rows.Sum(row => HeaderBytes + Encoding.UTF8.GetByteCount(row.PartitionKey) + Encoding.UTF8.GetByteCount(row.Id))];
        var documents = new StagedDocument[rows.Count];
        var (position, offset) = (0, 0);
        for (var i = 0; i < documents.Length; i++)
        {
            var (partitionKey, id, expires, body) = rows[i];
            var header = block.AsSpan(position);
            var keyBytes = Encoding.UTF8.GetBytes(partitionKey, header[HeaderBytes..]);
            var idBytes = Encoding.UTF8.GetBytes(id, header[(HeaderBytes + keyBytes)..]);
            BinaryPrimitives.WriteInt32LittleEndian(header, keyBytes);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], idBytes);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], body.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header[12..], expires ?? 0);
            position += HeaderBytes + keyBytes + idBytes;
            body.CopyTo(block, position);
            body.CopyTo(bodies, offset);
            documents[i] = new(partitionKey, id, expires, bodies, offset, body.Length);
            position += body.Length;
            offset += body.Length;
        }

        return (block, documents);
    }

    /// <summary>Reads a block back after a restart.</summary>
    /// <param name="block">What <see cref="Layout"/> made.</param>
    /// <param name="sequence">Number of its first document's write; the others follow.</param>
    public static IEnumerable<StagedDocument> Read(byte[] block, long sequence)
    {
        for (var position = 0; position < block.Length;)
        {
            var keyBytes = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(position));
            var idBytes = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(position + 4));
            var bodyBytes = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(position + 8));
            var expires = BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(position + 12));
            position += HeaderBytes;
            var partitionKey = Encoding.UTF8.GetString(block, position, keyBytes);
            var id = Encoding.UTF8.GetString(block, position + keyBytes, idBytes);
            position += keyBytes + idBytes;
            yield return new(partitionKey, id, expires == 0 ? null : expires, block, position, bodyBytes) { Sequence = sequence++ };
            position += bodyBytes;
        }
    }
}
