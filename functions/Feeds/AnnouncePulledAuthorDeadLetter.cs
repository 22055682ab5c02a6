using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Feeds;

/// <summary>Tells that a bucket of followers could not be told that an author is fetched from now on.</summary>
public sealed class AnnouncePulledAuthorDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(AnnouncePulledAuthorDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(AnnouncePulledAuthor.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(AnnouncePulledAuthor.Queue, message);
}
