using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Graph;

/// <summary>Tells that a mute could not be ended.</summary>
public sealed class EndMuteDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(EndMuteDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(EndMute.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(EndMute.Queue, message);
}
