using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>Reports a reaction that could not be settled. Its waiting entry stays, so it is sent again later.</summary>
public sealed partial class SettleReactionDeadLetter(ILogger<SettleReactionDeadLetter> log)
{
    /// <summary>Runs for a message that exhausted its deliveries.</summary>
    [Function(nameof(SettleReactionDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ReactionPipeline.Queue + "/$deadletterqueue", Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken)
    {
        using var activity = WorkTelemetry.DeadLettered(ReactionPipeline.Queue, message);
        GaveUp(log, message.Id, message.Revision, message.Attempt);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reaction {Id} at revision {Revision} was not settled (attempt {Attempt}).")]
    private static partial void GaveUp(ILogger log, string id, long revision, int attempt);
}
