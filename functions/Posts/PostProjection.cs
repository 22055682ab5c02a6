using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Carries a post's visibility to where posts are looked up: thread, tags, counters, notifications. Every step may be repeated.</summary>
public sealed class PostProjection(IDocumentStore documents, TagSpans tags, IMediaStore blobs, PostNotifications notifications)
{
    /// <summary>Puts a visible post where it belongs, and nowhere else.</summary>
    public async Task ShowAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (post.ReplyTo is { } parent)
        {
            await documents.UpsertManyAsync([new ReplyDocument { Id = post.Id, RootId = post.RootId, ReplyTo = parent }], cancellationToken);
        }

        if (post is { Visibility: PostVisibility.Public, Due: Showing.Everywhere })
        {
            var entries = new List<TagEntry>(post.Tags.Count);
            foreach (var tag in post.Tags)
            {
                entries.Add(await tags.EntryAsync(tag, post.Id, cancellationToken));
            }

            await documents.UpsertManyAsync(entries, cancellationToken);
        }
        else
        {
            await documents.DeleteManyAsync(await TagKeysAsync(post, cancellationToken), cancellationToken);
        }

        await CountAsync(post, counts: true, cancellationToken);
        await notifications.TellAsync(post, cancellationToken);
    }

    /// <summary>Takes a post from everywhere.</summary>
    public async Task HideAsync(PostDocument post, CancellationToken cancellationToken)
    {
        await documents.DeleteManyAsync([DocumentKey.Of<ReplyDocument>(post.RootId, post.Id), .. await TagKeysAsync(post, cancellationToken)], cancellationToken);
        await CountAsync(post, counts: false, cancellationToken);
        await notifications.WithdrawAsync(post, cancellationToken);
    }

    /// <summary>Deletes the pictures of a deleted post, also from its author's profile: first the bytes, then the document that names them.</summary>
    public async Task EraseMediaAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var keys = post.Media.Select(media => DocumentKey.Of<MediaDocument>(post.AuthorId, media.Id)).ToList();
        if (keys.Count == 0)
        {
            return;
        }

        var loaded = await documents.ReadManyAsync([.. keys, DocumentKey.Of<ProfileDocument>(post.AuthorId, post.AuthorId)], cancellationToken);
        var avatar = loaded.Get<ProfileDocument>(post.AuthorId, post.AuthorId)?.AvatarMediaId;
        foreach (var media in keys.Select(key => loaded.Get<MediaDocument>(key.PartitionKey, key.Id)).OfType<MediaDocument>().Where(media => media.PostId == post.Id))
        {
            if (media.Id == avatar)
            {
                await documents.UpdateAsync<ProfileDocument>(
                    post.AuthorId, post.AuthorId, profile => profile.AvatarMediaId == media.Id ? profile with { AvatarMediaId = null } : null, cancellationToken);
            }

            await blobs.DeletePictureAsync(media.BlobName, cancellationToken);
            await documents.DeleteAsync<MediaDocument>(media.OwnerId, media.Id, cancellationToken);
        }
    }

    private ValueTask CountAsync(PostDocument post, bool counts, CancellationToken cancellationToken)
    {
        var ofAuthor = new Tally(post.AuthorId, ProfilePresenter.PostsCounter, post.Id, counts, post.Revision);
        return documents.TallyAsync(
            post.ReplyTo is { } parent ? [ofAuthor, new Tally(parent, PostPresenter.RepliesCounter, post.Id, counts, post.Revision)] : [ofAuthor], cancellationToken);
    }

    private async ValueTask<IReadOnlyCollection<DocumentKey>> TagKeysAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var keys = new List<DocumentKey>(post.Tags.Count);
        foreach (var tag in post.Tags)
        {
            keys.Add(await tags.KeyAsync(tag, post.Id, cancellationToken));
        }

        return keys;
    }
}
