using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>Binds pictures to the one post they may be in. It does so before the post is written, so that no two posts share a picture.</summary>
public sealed class PostMediaBinder(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a binding stands although its post does not exist: longer than any request that may still create it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Binds pictures of the post's author. Binding them again to the same post changes nothing.</summary>
    /// <returns>What the post keeps of them, in order; or the error to answer with, in which case some may be bound for <see cref="Grace"/>.</returns>
    public async Task<(IReadOnlyList<PostMedia> Media, Error? Error)> BindAsync(string postId, IReadOnlyList<string> mediaIds, CancellationToken cancellationToken)
    {
        if (mediaIds.Count == 0)
        {
            return ([], null);
        }

        var owner = OwnedIds.OwnerOf(postId);
        var loaded = await documents.ReadManyAsync([.. mediaIds.Select(id => DocumentKey.Of<MediaDocument>(owner, id))], cancellationToken);
        var found = mediaIds.Select(id => loaded.Get<MediaDocument>(owner, id)).OfType<MediaDocument>().Where(item => item.DiscardedAt is null).ToList();
        if (found.Count < mediaIds.Count)
        {
            return ([], new InvalidFields("media", "There is no such picture of yours."));
        }

        if (found.Any(item => item.Moderation.Status == ModerationStatus.Removed))
        {
            return ([], new InvalidFields("media", MediaRules.WasRemoved));
        }

        foreach (var item in found)
        {
            if (!item.IsFreeFor(postId) && !await IsAbandonedAsync(item, cancellationToken))
            {
                return ([], InUse());
            }
        }

        var kept = new List<PostMedia>();
        foreach (var item in found)
        {
            var bound = await documents.UpdateAsync<MediaDocument>(
                owner, item.Id, now => now.Moderation.Status == ModerationStatus.Removed ? null : now.IsFreeFor(postId) || (now.DiscardedAt is null && now.PostId == item.PostId) ? now with { PostId = postId } : null, cancellationToken);
            if (bound?.PostId != postId)
            {
                return ([], InUse());
            }

            // As it was when it was bound: from then on nobody can describe it otherwise.
            kept.Add(PostMedia.Of(bound));
        }

        return (kept, null);
    }

    /// <summary>Whether a post that a picture was bound to never came to be, because its request broke off in between, or was deleted to be written anew.</summary>
    private async Task<bool> IsAbandonedAsync(MediaDocument media, CancellationToken cancellationToken) =>
        await documents.FindAsync<PostDocument>(media.OwnerId, media.PostId!, cancellationToken) is { } post
            ? post.DeletedAt is not null && media.DraftId is not null
            : OwnedIds.TimeOf(media.PostId!) + Grace < time.GetUtcNow();

    private static InvalidFields InUse() => new("media", "A picture is in another post already.");
}
