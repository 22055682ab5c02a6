using ServerlessSocial.Feeds;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tags;

/// <summary>A post that stands under a tag somebody follows.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Tag">The tag; of several one.</param>
public readonly record struct TaggedPost(string PostId, string Tag);

/// <summary>Some posts, newest first, and whether there are more behind them.</summary>
/// <param name="Items">The posts.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record TaggedPosts(IReadOnlyList<TaggedPost> Items, bool HasMore)
{
    /// <summary>None.</summary>
    public static TaggedPosts None { get; } = new([], false);
}

/// <summary>
/// Looks up posts under the tags that somebody follows, when their feed is read: nothing is delivered to who follows a tag, so that a post costs the same however many
/// do. A page costs a query for each tag, of at most <see cref="FollowedTagsDocument.MostTags"/>; readers of one tag share what an instance remembers.
/// </summary>
public sealed class TagFeed(IDocumentStore documents, RecentDocuments recent, TagSpans spans, TimeProvider time)
{
    /// <summary>Posts of a tag that are read at once: always as many, so that readers share them.</summary>
    private const int Piece = 10;

    /// <summary>Reads references, newest first; who may see them, and whether they come otherwise, is for the caller to decide.</summary>
    /// <param name="ownerId">Whose tags.</param>
    /// <param name="known">The tags, where they are known; null looks them up.</param>
    /// <param name="after">Behind which post id to begin; null at the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async ValueTask<TaggedPosts> ReadAsync(string ownerId, IReadOnlyList<string>? known, string? after, int limit, CancellationToken cancellationToken)
    {
        var followed = known ?? await NamesAsync(ownerId, cancellationToken);
        if (followed.Count == 0)
        {
            return TaggedPosts.None;
        }

        var lists = await Task.WhenAll(followed.Select(async tag =>
            (IReadOnlyList<DocumentQuery>)[.. (await spans.RangesAsync(tag, after, cancellationToken)).Select(range => range with { Limit = Piece })]));
        var found = new List<TaggedPost>(limit + 1);
        await foreach (var entry in MergedRanges.ReadAsync<TagEntry>(lists, after, recent.QueryAsync<TagEntry>, cancellationToken).Take(limit + 1))
        {
            found.Add(new(entry.Id, TagSpans.TagOf(entry)));
        }

        return found.Count > limit ? new(found[..limit], true) : new(found, false);
    }

    /// <summary>The tags that somebody follows.</summary>
    public async ValueTask<IReadOnlyList<string>> NamesAsync(string ownerId, CancellationToken cancellationToken) =>
        [.. (await documents.FindAsync<FollowedTagsDocument>(ownerId, FollowedTagsDocument.TagsId, cancellationToken))?.Tags.Select(tag => tag.Name) ?? []];

    /// <summary>
    /// Has the head of somebody's feed say which tags they follow, after that changed: it is read for every page anyway. Looked at again behind it, because others may have
    /// changed them at the same time.
    /// </summary>
    public async ValueTask NoteAsync(string ownerId, CancellationToken cancellationToken)
    {
        for (var names = await NamesAsync(ownerId, cancellationToken); ;)
        {
            var noted = names;
            if (await documents.UpdateAsync<FeedHead>(ownerId, FeedHead.HeadId, head => head.Tags is { } before && before.SequenceEqual(noted) ? null : head with { Tags = noted }, cancellationToken) is not { } head)
            {
                return;
            }

            recent.Note(head, time.GetUtcNow());
            names = await NamesAsync(ownerId, cancellationToken);
            if (names.SequenceEqual(noted))
            {
                return;
            }
        }
    }
}
