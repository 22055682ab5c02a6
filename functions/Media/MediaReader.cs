using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Media;

/// <summary>Finds pictures together with what decides who may see them.</summary>
public sealed class MediaReader(IDocumentStore documents)
{
    /// <summary>Finds a picture for a viewer; null if it does not exist or the viewer may not see it.</summary>
    public async ValueTask<(MediaDocument Media, Audience Audience)?> FindAsync(string mediaId, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(mediaId, out var ownerId))
        {
            return null;
        }

        List<DocumentKey> keys = [DocumentKey.Of<MediaDocument>(ownerId, mediaId), DocumentKey.Of<ProfileDocument>(ownerId, ownerId)];
        if (viewer.ProfileId is { } viewerId && viewerId != ownerId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, ownerId));
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        if (loaded.Get<MediaDocument>(ownerId, mediaId) is not { } media)
        {
            return null;
        }

        var relation = viewer.ProfileId is { } me ? loaded.Get<RelationDocument>(me, ownerId) : null;
        var post = await PostOfAsync(media, cancellationToken);
        var audience = MediaRules.For(media, loaded.Get<ProfileDocument>(ownerId, ownerId), post, viewer, relation);
        return audience == Audience.Nobody ? null : (media, audience);
    }

    /// <summary>Whether a post or profile shows the picture now, and whether it is the avatar.</summary>
    public async ValueTask<(bool IsUsed, bool IsAvatar)> UseOfAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var owner = await documents.FindAsync<ProfileDocument>(media.OwnerId, media.OwnerId, cancellationToken);
        return (MediaRules.IsUsed(media, owner, await PostOfAsync(media, cancellationToken)), MediaRules.IsAvatar(media, owner));
    }

    private async ValueTask<PostDocument?> PostOfAsync(MediaDocument media, CancellationToken cancellationToken) =>
        media.PostId is { } postId ? await documents.FindAsync<PostDocument>(OwnedIds.OwnerOf(postId), postId, cancellationToken) : null;
}
