using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Feeds;

/// <summary>Tells that a message about a bucket of a post's fan-out ran out of deliveries. The waiting index still holds the work and sends it again later.</summary>
public sealed partial class FanOutPostBucketDeadLetter(ILogger<FanOutPostBucketDeadLetter> log)
{
    /// <summary>Takes a dead-lettered message.</summary>
    [Function(nameof(FanOutPostBucketDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(FanOutPostBucket.Queue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(FanOutPostBucket.Queue, message);
        Exhausted(log, message.Id, message.Part, message.Attempt);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Feeds: FanOutPostBucket of {Id}, part {Part}, ran out of deliveries at attempt {Attempt}; it is sent again later.")]
    private static partial void Exhausted(ILogger log, string id, int? part, int attempt);
}
