using System.Diagnostics;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Posts as moderation sees them.</summary>
public sealed class PostSubject(IDocumentStore documents, DecisionRecords records, PostReader reader, TimeProvider time)
    : ModeratedSubject<PostDocument>(documents, records)
{
    private readonly IDocumentStore documents = documents;

    /// <inheritdoc/>
    public override SubjectType Type => SubjectType.Post;

    /// <inheritdoc/>
    public override IReadOnlyCollection<ModerationAct> Acts { get; } = [ModerationAct.Keep, ModerationAct.Limit, ModerationAct.Remove, ModerationAct.Restore];

    /// <inheritdoc/>
    public override async ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken)
    {
        var authorId = OwnedIds.OwnerOf(id);
        var viewerId = viewer.ProfileId ?? string.Empty;
        var loaded = await documents.ReadManyAsync(
            [
                DocumentKey.Of<PostDocument>(authorId, id),
                DocumentKey.Of<ProfileDocument>(authorId, authorId),
                StandingDocument.KeyOf(authorId),
                DocumentKey.Of<RelationDocument>(viewerId, authorId),
            ],
            cancellationToken);
        return loaded.Profile(authorId) is not null
            && loaded.Get<PostDocument>(authorId, id) is { } post
            && PostRules.MaySee(
                PostRules.As(post, loaded.StandingOf(authorId, time.GetUtcNow())),
                viewer.AsAnybody,
                loaded.Get<RelationDocument>(viewerId, authorId)?.Unblocked(),
                Place.Post);
    }

    /// <inheritdoc/>
    public override async ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken) =>
        new(Post: await reader.ReadInCaseAsync(id, moderator, cancellationToken));

    /// <inheritdoc/>
    protected override PostDocument Decided(PostDocument subject, CaseDecision decision) =>
        (ModeratedRules.Decided(subject.Moderation, decision) is { } moderation ? subject.Under(moderation) : subject) with
        {
            DecisionId = decision.Id,
            WorkSince = decision.At,
            TraceParent = Activity.Current?.Id,
        };
}
