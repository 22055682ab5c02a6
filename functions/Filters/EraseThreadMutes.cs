using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Filters;

/// <summary>
/// Takes a person out of others' mutes of threads that the person began, as <see cref="Posts.PostReferences.Without"/> does with the posts in them: they stay
/// muted. And forgets the notes about the person's own mutes, which go with their partition.
/// </summary>
public sealed class EraseThreadMutes(IDocumentStore documents, ThreadMutes mutes) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var me = person.ProfileId;
        if (after is null)
        {
            await ForgetOwnAsync(me, cancellationToken);
        }

        var page = await documents.QueryAsync<ReferenceDocument>(new DocumentQuery(me, PageSize).WithPrefix(ThreadMutes.Note).After(after), cancellationToken);
        foreach (var note in page.Items)
        {
            if (note.Id[ThreadMutes.Note.Length..].Split(':') is [var owner, _])
            {
                await documents.UpdateAsync<FiltersDocument>(
                    owner,
                    FiltersDocument.FiltersId,
                    found => found with { MutedThreads = [.. found.MutedThreads.Select(rootId => OwnedIds.Without(me, rootId))] },
                    cancellationToken);
            }
        }

        return new(page.Next);
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
