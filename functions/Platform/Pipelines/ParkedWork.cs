using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>
/// Holds back the work of suspended accounts: their documents still ask for it, and it is noted under the account instead of waiting for its
/// turn, until somebody resumes it.
/// </summary>
public sealed class ParkedWork(IDocumentStore documents, Dispatcher dispatcher, TimeProvider time)
{
    /// <summary>Carries out a step, or parks its message while the account it is for is suspended.</summary>
    /// <param name="profileId">Whose work it is.</param>
    /// <param name="queue">The worker's queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="work">The step.</param>
    /// <param name="cancellationToken">Stops it; the message comes again.</param>
    public async Task UnlessSuspendedAsync(string profileId, string queue, WorkMessage message, Func<Task> work, CancellationToken cancellationToken)
    {
        if (!await IsSuspendedAsync(profileId, cancellationToken))
        {
            await work();
            return;
        }

        var waitingId = message.WaitingId ?? WaitingDocument.IdOf(message.PartitionKey, message.Id);
        var parked = dispatcher.Waiting(queue, waitingId, message.Untried()) with { Id = $"{queue}:{waitingId}", Partition = PartitionOf(profileId), DueAt = DateTimeOffset.MaxValue };
        await documents.UpsertManyAsync([parked], cancellationToken);
        if (await IsSuspendedAsync(profileId, cancellationToken))
        {
            await dispatcher.StrikeAsync(queue, waitingId, cancellationToken);
        }
        else
        {
            // Lifted in between: whoever resumed the work may have looked before the note was there.
            await work();
        }
    }

    /// <summary>Sends everything that was parked for a profile, if its account is not suspended any more.</summary>
    public async Task ResumeAsync(string profileId, CancellationToken cancellationToken)
    {
        if (await IsSuspendedAsync(profileId, cancellationToken))
        {
            return;
        }

        var partition = PartitionOf(profileId);
        for (DocumentPage<WaitingDocument>? page = null; page is not { HasMore: false };)
        {
            page = await documents.QueryAsync<WaitingDocument>(new DocumentQuery(partition, 100), cancellationToken);
            await dispatcher.SendAsync(
                [.. page.Items.Select(entry => dispatcher.Waiting(entry.Queue, entry.Message.WaitingId!, entry.Message with { Attempt = entry.Message.Attempt + 1 }))], cancellationToken);

            // Sent twice if this fails, under the same ids.
            await documents.DeleteManyAsync([.. page.Items.Select(entry => DocumentKey.Of<WaitingDocument>(partition, entry.Id))], cancellationToken);
        }
    }

    private static string PartitionOf(string profileId) => $"parked:{profileId}";

    private async ValueTask<bool> IsSuspendedAsync(string profileId, CancellationToken cancellationToken) =>
        await documents.StandingAsync(profileId, time.GetUtcNow(), cancellationToken) == Standing.Suspended;
}
