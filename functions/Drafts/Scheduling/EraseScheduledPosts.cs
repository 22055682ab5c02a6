using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Calls off everything a person has scheduled. Nobody else has seen it, so that nothing is left to undo.</summary>
public sealed class EraseScheduledPosts(IDocumentStore documents, Dispatcher dispatcher) : IErasureStep
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ScheduledPostDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        await documents.DeleteManyAsync(
            [
                .. page.Items.SelectMany(scheduled => dispatcher.NotesOf(ScheduledPostPipeline.Queues, scheduled.OwnerId, scheduled.Id)),
                .. page.Items.Select(scheduled => DocumentKey.Of<ScheduledPostDocument>(scheduled.OwnerId, scheduled.Id)),
            ],
            cancellationToken);
        return new(page.Next);
    }
}
