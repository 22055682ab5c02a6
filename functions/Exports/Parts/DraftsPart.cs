using System.Runtime.CompilerServices;
using ServerlessSocial.Drafts;
using ServerlessSocial.Drafts.Scheduling;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>drafts.json</c> and <c>scheduled.json</c>: what the person has begun and not posted, with earlier texts, and what is to be posted.</summary>
public sealed class DraftsPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "drafts";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await archive.WriteListAsync("drafts.json", DraftsAsync(archive.Profile.Id, cancellationToken), cancellationToken);
        await archive.WriteListAsync("scheduled.json", ScheduledAsync(archive.Profile.Id, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<object> DraftsAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var draft in documents.QueryAllAsync<DraftDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            yield return new { draft.Id, draft.Kind, draft.Content, draft.Versions, draft.Provenance, CreatedAt = Ids.TimeOf(draft.Id), draft.UpdatedAt };
        }
    }

    private async IAsyncEnumerable<object> ScheduledAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var scheduled in documents.QueryAllAsync<ScheduledPostDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            if (scheduled.Status != ScheduledPostStatus.Published)
            {
                yield return new { scheduled.Id, scheduled.PublishAt, scheduled.Status, scheduled.Reason, scheduled.Content, CreatedAt = Ids.TimeOf(scheduled.Id) };
            }
        }
    }
}
