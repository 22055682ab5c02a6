using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Polls;

/// <summary>Takes a person's votes back, so that polls count what is left, and then forgets that there were any.</summary>
public sealed class EraseVotes(IDocumentStore documents, TimeProvider time) : IErasureStep
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<VoteDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        var now = time.GetUtcNow();
        var isAtRest = true;
        var done = new List<DocumentKey>();
        foreach (var vote in page.Items)
        {
            if (vote.Active)
            {
                // Even if it was not known to be counted, it may be: taking it back is work in any case.
                await documents.UpdateReadAsync(vote, found => found.Active ? found with { Active = false, Counted = true, WorkSince = now } : null, cancellationToken);
                isAtRest = false;
            }
            else if (VotePipeline.Next(vote).Count > 0)
            {
                isAtRest = false;
            }
            else
            {
                done.AddRange(vote.Tallies().Select(tally => DocumentKey.Of<TallyMark>(tally.SubjectId, tally.MarkId)));
                done.Add(DocumentKey.Of<VoteDocument>(vote.ActorId, vote.Id));
            }
        }

        if (person.IsFinal)
        {
            await documents.DeleteManyAsync(done, cancellationToken);
        }

        return new(page.Next, isAtRest);
    }
}
