using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Tells that a post could not be distributed.</summary>
public sealed class FanOutPostDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(FanOutPostDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(PostPipeline.FanOutQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(PostPipeline.FanOutQueue, message);
}
