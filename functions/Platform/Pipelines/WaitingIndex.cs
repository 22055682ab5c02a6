using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Settings section <c>Waiting</c>.</summary>
public sealed class WaitingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Waiting";

    /// <summary>The most shards there may be: what the rare sweep of everything looks into.</summary>
    public const int MostShards = 100;

    /// <summary>
    /// Partitions over which the entries of each queue are spread, 1 to <see cref="MostShards"/>. Each carries about 950 messages a second
    /// (10,000 RU/s, 10.5 RU for a note and striking it off). May be changed at any time: entries at their old places are found by the sweep.
    /// </summary>
    public int Shards { get; set; } = 1;
}

/// <summary>The index of work that was sent and not seen to be done: where its entries lie, and what becomes of them.</summary>
public sealed class WaitingIndex(IDocumentStore documents, IOptions<WaitingOptions> options, TimeProvider time)
{
    /// <summary>How many shards there are now.</summary>
    public int Shards => options.Value.Shards;

    /// <summary>An entry for work that is about to be sent.</summary>
    public WaitingDocument Entry(string queue, string id, WorkMessage message) => new()
    {
        Id = id,
        Queue = queue,
        Partition = PartitionOf(queue, id),
        Message = message with { WaitingId = id },
        DueAt = time.GetUtcNow() + Dispatcher.Patience,
    };

    /// <summary>Where the entry with an id lies.</summary>
    public string PartitionOf(string queue, string id) =>
        Partition(queue, Shards == 1 ? 0 : (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) % (uint)Shards));

    /// <summary>The key of the entry with an id.</summary>
    public DocumentKey KeyOf(string queue, string id) => DocumentKey.Of<WaitingDocument>(PartitionOf(queue, id), id);

    /// <summary>The partitions of a queue, for so many shards.</summary>
    public static IEnumerable<string> Partitions(string queue, int shards) => Enumerable.Range(0, shards).Select(shard => Partition(queue, shard));

    /// <summary>The entry with an id; null once it was struck off.</summary>
    public ValueTask<WaitingDocument?> FindAsync(string queue, string id, CancellationToken cancellationToken) =>
        documents.FindAsync<WaitingDocument>(PartitionOf(queue, id), id, cancellationToken);

    /// <summary>Strikes off work that is done.</summary>
    public async Task StrikeAsync(string queue, string id, CancellationToken cancellationToken) =>
        (await documents.DeleteAsync<WaitingDocument>(PartitionOf(queue, id), id, cancellationToken)).NotThrottled();

    /// <summary>Has the sweep leave work alone until its own message has had its time; what is done meanwhile stays struck off.</summary>
    public async Task PostponeAsync(string queue, string id, DateTimeOffset due, CancellationToken cancellationToken) =>
        await documents.UpdateAsync<WaitingDocument>(PartitionOf(queue, id), id, entry => entry.DueAt < due ? entry with { DueAt = due } : null, cancellationToken);

    /// <summary>The first shard bears the queue's bare name, as the only one did before there were shards.</summary>
    private static string Partition(string queue, int shard) => shard == 0 ? queue : $"{queue}:{shard}";
}
