using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Hosts.Local;

/// <summary>What the host still has to do.</summary>
/// <param name="Idle">Whether change feeds are read to the end and queues are empty.</param>
/// <param name="Queues">Each queue's messages.</param>
public sealed record Backlog(bool Idle, IReadOnlyList<QueueBacklog> Queues);

/// <summary>A queue's messages.</summary>
/// <param name="Name">Name of the queue.</param>
/// <param name="Active">Messages that can be worked on now.</param>
/// <param name="Scheduled">Messages for later, among them those that failed and come again.</param>
/// <param name="Locked">Messages being worked on.</param>
/// <param name="DeadLettered">Messages in the dead-letter queue.</param>
/// <param name="Waiting">Entries of the waiting index, up to 100 a shard: work not seen to be done.</param>
public sealed record QueueBacklog(string Name, long Active, long Scheduled, long Locked, long DeadLettered, int Waiting);

/// <summary>Knows what is still to be done.</summary>
public interface IBacklog
{
    /// <summary>What is still to be done.</summary>
    Task<Backlog> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Tells what is still to be done. It exists in the local host alone; in Azure the metrics of Service Bus tell.</summary>
public sealed class GetBacklog(IBacklog backlog)
{
    /// <summary>Tells how much work the queues hold.</summary>
    [Function(nameof(GetBacklog))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    public async Task<Results<Ok<Backlog>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dev/backlog")] HttpRequest http, CancellationToken cancellationToken) =>
        TypedResults.Ok(await backlog.ReadAsync(cancellationToken));
}
