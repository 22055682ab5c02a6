using ServerlessSocial.Drafts;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Media;

/// <summary>Finds pictures together with what decides who may see them.</summary>
public sealed class MediaReader(IDocumentStore documents, CaseAccess cases, TimeProvider time)
{
    /// <summary>Finds a picture for a viewer; null if it does not exist or the viewer may not see it.</summary>
    public ValueTask<(MediaDocument Media, Audience Audience)?> FindAsync(string mediaId, Viewer viewer, CancellationToken cancellationToken) =>
        FindAsync(mediaId, viewer, evenBlocked: false, cancellationToken);

    /// <summary>Finds a picture for a viewer; null if it does not exist or the viewer may not see it.</summary>
    /// <param name="mediaId">The picture.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="evenBlocked">Whether blocks between viewer and owner count for nothing: to report it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<(MediaDocument Media, Audience Audience)?> FindAsync(string mediaId, Viewer viewer, bool evenBlocked, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(mediaId, out var ownerId))
        {
            return null;
        }

        List<DocumentKey> keys = [DocumentKey.Of<MediaDocument>(ownerId, mediaId), DocumentKey.Of<ProfileDocument>(ownerId, ownerId), StandingDocument.KeyOf(ownerId)];
        if (viewer.ProfileId is { } viewerId && viewerId != ownerId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, ownerId));
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        if (loaded.Get<MediaDocument>(ownerId, mediaId) is not { } media || loaded.Profile(ownerId) is not { } owner)
        {
            return null;
        }

        var relation = viewer.ProfileId is { } me ? loaded.Get<RelationDocument>(me, ownerId) : null;
        relation = evenBlocked ? relation?.Unblocked() : relation;
        var post = await PostOfAsync(media, cancellationToken);
        var standing = loaded.StandingOf(ownerId, time.GetUtcNow());
        var audience = MediaRules.For(media, owner, post, standing, viewer.AsAnybody, relation);
        if (audience == Audience.Nobody && media.DiscardedAt is null && await MayLookAsync(media, owner, viewer, cancellationToken))
        {
            audience = Audience.Viewer;
        }

        return audience == Audience.Nobody ? null : (media, audience);
    }

    /// <summary>A moderator sees the picture that a case of theirs is about, and those in the post or on the profile that one is about.</summary>
    private async ValueTask<bool> MayLookAsync(MediaDocument media, ProfileDocument? owner, Viewer viewer, CancellationToken cancellationToken) =>
        viewer.IsModerator
        && (await cases.MayLookAsync(viewer, new(SubjectType.Media, media.Id), cancellationToken)
            || (media.PostId is { } postId && await cases.MayLookAsync(viewer, new(SubjectType.Post, postId), cancellationToken))
            || (owner is { NeedsReview: true } && MediaRules.IsWantedOnProfile(media, owner) && await cases.MayLookAsync(viewer, new(SubjectType.Profile, media.OwnerId), cancellationToken)));

    /// <summary>Whether a post, profile or draft shows the picture now or is to, and whether that is one that may let go of it without a word: profile and draft.</summary>
    public async ValueTask<(bool IsUsed, bool IsLoose)> UseOfAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var owner = await documents.FindAsync<ProfileDocument>(media.OwnerId, media.OwnerId, cancellationToken);
        var inDraft = await documents.IsInDraftAsync(media, cancellationToken);
        return (inDraft || MediaRules.IsUsed(media, owner, await PostOfAsync(media, cancellationToken)), inDraft || MediaRules.IsWantedOnProfile(media, owner));
    }

    private async ValueTask<PostDocument?> PostOfAsync(MediaDocument media, CancellationToken cancellationToken) =>
        media.PostId is { } postId ? await documents.FindAsync<PostDocument>(OwnedIds.OwnerOf(postId), postId, cancellationToken) : null;
}
