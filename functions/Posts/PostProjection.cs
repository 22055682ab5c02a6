using ServerlessSocial.Drafts;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Profiles;
using ServerlessSocial.Search;

namespace ServerlessSocial.Posts;

/// <summary>Carries a post's visibility to where posts are looked up: thread, tags, counters, notifications. Every step may be repeated.</summary>
public sealed class PostProjection(
    IDocumentStore documents, TagSpans tags, PostIndex index, IMediaStore blobs, PostNotifications notifications, DecisionRecords records, Dispatcher dispatcher, TimeProvider time)
{
    /// <summary>Puts a visible post where it belongs, and nowhere else.</summary>
    public async Task ShowAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (post.ReplyTo is { } parent)
        {
            await documents.SetAsync<ReplyDocument>(
                post.RootId, post.Id, found => found ?? new() { Id = post.Id, RootId = post.RootId, ReplyTo = parent }, cancellationToken);
            if (parent != post.RootId)
            {
                await documents.UpdateAsync<ReplyDocument>(post.RootId, parent, found => found with { Answered = true }, cancellationToken);
            }

            await NoteRepliedAsync(post, parent, cancellationToken);
        }

        if (post is { Visibility: PostVisibility.Public, Due: Showing.Everywhere })
        {
            var entries = new List<TagEntry>(post.Tags.Count);
            foreach (var tag in post.TagsNow)
            {
                entries.Add(await tags.EntryAsync(tag, post.Id, cancellationToken));
            }

            await documents.UpsertManyAsync(entries, cancellationToken);
            await index.EnterAsync(post, cancellationToken);
            if (await TagKeysAsync(post.Tags.Except(post.TagsNow, StringComparer.Ordinal), post, cancellationToken) is { Count: > 0 } former)
            {
                await documents.DeleteManyAsync(former, cancellationToken);
            }
        }
        else
        {
            await documents.DeleteManyAsync(await TagKeysAsync(post.Tags.Union(post.TagsNow, StringComparer.Ordinal), post, cancellationToken), cancellationToken);
            await index.RemoveAsync(post, cancellationToken);
        }

        await CountAsync(post, cancellationToken);
        await notifications.TellAsync(post, cancellationToken);
    }

    /// <summary>Takes a post from the tags that it bears no more once it is edited.</summary>
    public async Task LeaveTagsAsync(PostDocument before, PostDocument after, CancellationToken cancellationToken)
    {
        if (await TagKeysAsync(before.Tags.Union(before.TagsNow, StringComparer.Ordinal).Except(after.TagsNow, StringComparer.Ordinal), before, cancellationToken) is { Count: > 0 } left)
        {
            await documents.DeleteManyAsync(left, cancellationToken);
        }
    }

    /// <summary>Takes a post from everywhere.</summary>
    public async Task HideAsync(PostDocument post, CancellationToken cancellationToken)
    {
        await LeaveThreadAsync(post, cancellationToken);
        await index.RemoveAsync(post, cancellationToken);
        await documents.DeleteManyAsync([.. await TagKeysAsync(post.Tags.Union(post.TagsNow, StringComparer.Ordinal), post, cancellationToken)], cancellationToken);
        if (post.ReplyTo is { } parent)
        {
            await ForgetRepliedAsync(post, parent, cancellationToken);
        }

        await CountAsync(post, cancellationToken);
        await notifications.WithdrawAsync(post, cancellationToken);
    }

    /// <summary>
    /// Takes a reply out of its thread, unless something answers it: then its place stays, and goes with the last answer. So do places above it that were
    /// kept for it alone.
    /// </summary>
    private async ValueTask LeaveThreadAsync(PostDocument post, CancellationToken cancellationToken)
    {
        for (var (here, parent) = (post.Id, post.ReplyTo); parent is not null;)
        {
            if ((await documents.QueryAsync<ReplyDocument>(ReplyDocument.InAnswerTo(post.RootId, here, 1), cancellationToken)).Items.Count > 0)
            {
                return;
            }

            await documents.DeleteAsync<ReplyDocument>(post.RootId, here, cancellationToken);
            here = parent;
            parent = (await documents.FindAsync<ReplyDocument>(post.RootId, here, cancellationToken))?.ReplyTo;
            if (await documents.FindAsync<PostDocument>(OwnedIds.OwnerOf(here), here, cancellationToken) is { IsVisible: true })
            {
                return;
            }
        }
    }

    private async ValueTask NoteRepliedAsync(PostDocument reply, string parent, CancellationToken cancellationToken) =>
        await documents.SetAsync<RepliedDocument>(
            reply.AuthorId,
            RepliedDocument.IdOf(parent),
            found => found is null ? new() { Id = RepliedDocument.IdOf(parent), RootId = reply.AuthorId, Replies = [reply.Id] }
                : found.Replies.Contains(reply.Id) || found.Replies.Count >= RepliedDocument.Most ? null
                : found with { Replies = [.. found.Replies, reply.Id], Ttl = null },
            cancellationToken);

    /// <summary>The note goes with the last reply, after a moment in which another one may be noted.</summary>
    private async ValueTask ForgetRepliedAsync(PostDocument reply, string parent, CancellationToken cancellationToken) =>
        await documents.UpdateAsync<RepliedDocument>(
            reply.AuthorId,
            RepliedDocument.IdOf(parent),
            found => !found.Replies.Contains(reply.Id) ? null
                : found with { Replies = [.. found.Replies.Where(id => id != reply.Id)], Ttl = found.Replies.Count == 1 ? RepliedDocument.EmptySeconds : null },
            cancellationToken);

    /// <summary>
    /// Deletes the pictures of a deleted post, also from its author's profile, and closes their cases: first the bytes, then the document that names them.
    /// </summary>
    public async Task EraseMediaAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var keys = post.Media.Select(media => DocumentKey.Of<MediaDocument>(post.AuthorId, media.Id)).ToList();
        if (keys.Count == 0)
        {
            return;
        }

        var loaded = await documents.ReadManyAsync([.. keys, DocumentKey.Of<ProfileDocument>(post.AuthorId, post.AuthorId)], cancellationToken);
        var author = loaded.Get<ProfileDocument>(post.AuthorId, post.AuthorId);
        var altOf = post.Media.ToDictionary(media => media.Id, media => media.Alt, StringComparer.Ordinal);
        foreach (var media in keys.Select(key => loaded.Get<MediaDocument>(key.PartitionKey, key.Id)).OfType<MediaDocument>().Where(media => media.PostId == post.Id))
        {
            if (await documents.IsInDraftAsync(media, cancellationToken))
            {
                // The post was deleted to be written anew: its draft has the picture now.
                await documents.UpdateReadAsync(media, now => now.PostId == post.Id ? now with { PostId = null, Alt = altOf[now.Id] } : null, cancellationToken);
                continue;
            }

            if (MediaRules.IsOnProfile(media, author))
            {
                var now = time.GetUtcNow();
                await documents.UpdateAsync<ProfileDocument>(post.AuthorId, post.AuthorId, profile => profile.Without(media.Id, now), cancellationToken);
            }

            await records.ForgetAsync(media, cancellationToken);
            await blobs.DeletePictureAsync(media.BlobName, cancellationToken);
            await documents.DeleteManyAsync(
                [
                    .. UnusedMedia.NotesOf(media), .. dispatcher.NotesOf(MediaPipeline.Queues, media.OwnerId, media.Id),
                    DocumentKey.Of<MediaDocument>(media.OwnerId, media.Id),
                ],
                cancellationToken);
        }
    }

    /// <summary>
    /// Forgets that a deleted post ever counted or named anybody. Should a worker that met it alive count it once more, that one's note on the
    /// post has it cleared up again.
    /// </summary>
    public ValueTask ForgetAsync(PostDocument post, CancellationToken cancellationToken) => documents.DeleteManyAsync(
        [.. TalliesOf(post).Select(tally => DocumentKey.Of<TallyMark>(tally.SubjectId, tally.MarkId)), .. PostReferences.KeysOf(post)],
        cancellationToken);

    private ValueTask CountAsync(PostDocument post, CancellationToken cancellationToken) => documents.TallyAsync(TalliesOf(post), cancellationToken);

    /// <summary>Posts for followers only are counted apart, for those who see them, and as quotes not at all; replies that are hidden in their thread are not counted.</summary>
    private static Tally[] TalliesOf(PostDocument post)
    {
        var (posts, replies) = post.Visibility == PostVisibility.Public
            ? (ProfilePresenter.PostsCounter, PostPresenter.RepliesCounter)
            : (ProfilePresenter.FollowersOnlyPostsCounter, PostPresenter.FollowersOnlyRepliesCounter);
        var tallies = new List<Tally>(3) { new(post.AuthorId, posts, post.Id, post.IsVisible, post.Revision) };
        if (post.ReplyTo is { } parent)
        {
            tallies.Add(new(parent, replies, post.Id, post is { IsVisible: true, HiddenInThread: false }, post.Revision));
        }

        if (post.Quote is { } quoted)
        {
            tallies.Add(new(quoted, PostPresenter.QuotesCounter, post.Id, post is { IsVisible: true, Visibility: PostVisibility.Public, QuoteDetached: false }, post.Revision) { At = post.Id });
        }

        return [.. tallies];
    }

    private async ValueTask<IReadOnlyCollection<DocumentKey>> TagKeysAsync(IEnumerable<string> names, PostDocument post, CancellationToken cancellationToken)
    {
        var keys = new List<DocumentKey>(post.Tags.Count);
        foreach (var tag in names)
        {
            keys.Add(await tags.KeyAsync(tag, post.Id, cancellationToken));
        }

        return keys;
    }
}
