using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>Tells that what somebody is found by could not be kept as they want it. Who is found is decided by the profile, whenever somebody looks.</summary>
public sealed class IndexProfileDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(IndexProfileDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ProfilePipeline.IndexQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ProfilePipeline.IndexQueue, message);
}
