using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>Takes a person's likes, boosts and bookmarks back, as if the person did, and then forgets that there were any.</summary>
public sealed class EraseReactions(IDocumentStore documents, ReactionWriter reactions) : IErasureStep
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ReactionDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        var isAtRest = true;
        var done = new List<DocumentKey>();
        foreach (var reaction in page.Items)
        {
            if (reaction.Active)
            {
                await reactions.EndAsync(reaction.Kind, reaction.PostId, reaction.ActorId, cancellationToken);
            }

            var settled = reaction.Kind == ReactionKind.Bookmark || (!reaction.Active && ReactionPipeline.Next(reaction).Count == 0);
            isAtRest &= settled;
            if (settled)
            {
                done.AddRange(Traces(reaction));
            }
        }

        if (person.IsFinal)
        {
            await documents.DeleteManyAsync(done, cancellationToken);
        }

        return new(page.Next, isAtRest);
    }

    private static DocumentKey[] Traces(ReactionDocument reaction) =>
    [
        reaction.Kind == ReactionKind.Bookmark
            ? ReferenceDocument.KeyOf(OwnedIds.OwnerOf(reaction.PostId), PostReferences.Bookmark, PostReferences.BookmarkKey(reaction.ActorId, reaction.PostId))
            : DocumentKey.Of<TallyMark>(reaction.CountedFor, ReactionEffects.TallyOf(reaction).MarkId),
        DocumentKey.Of<ReactionDocument>(reaction.ActorId, reaction.Id),
    ];
}
