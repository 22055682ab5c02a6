using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Filters;

/// <summary>
/// Takes a person out of others' mutes of threads that the person began, as <see cref="Posts.PostReferences.Without"/> does with the posts in them: they stay
/// muted. And forgets the notes about the person's own mutes, which go with their partition.
/// </summary>
public sealed class EraseThreadMutes(IDocumentStore documents, ThreadMutes mutes) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (person.IsFinal && after is null)
        {
            await ForgetOwnAsync(person.ProfileId, cancellationToken);
        }

        return await documents.EraseAsync(person, ThreadMutes.Note, after, ForgetAsync, cancellationToken);

        async Task ForgetAsync(string note)
        {
            if (note.Split(':') is [var owner, _])
            {
                await documents.UpdateAsync<FiltersDocument>(
                    owner,
                    FiltersDocument.FiltersId,
                    found => found with { MutedThreads = [.. found.MutedThreads.Select(rootId => OwnedIds.Without(person.ProfileId, rootId))] },
                    cancellationToken);
            }
        }
    }

    private async Task ForgetOwnAsync(string me, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<FiltersDocument>(me, FiltersDocument.FiltersId, cancellationToken) is { MutedThreads: { Count: > 0 } threads })
        {
            await documents.UpdateAsync<FiltersDocument>(me, FiltersDocument.FiltersId, found => found with { MutedThreads = [] }, cancellationToken);
            await mutes.ForgetAsync(me, threads, cancellationToken);
        }
    }
}
