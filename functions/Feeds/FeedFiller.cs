using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Writes posts into one feed, where they do not stand yet.</summary>
public sealed class FeedFiller(IDocumentStore documents)
{
    /// <summary>Adds posts of authors whom the owner follows, except those that stand there already or came by a boost.</summary>
    /// <param name="ownerId">Whose feed; its owner's own posts are left out.</param>
    /// <param name="posts">Visible posts.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task AddPostsAsync(string ownerId, IReadOnlyCollection<PostDocument> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
        {
            return;
        }

        var keys = new List<DocumentKey>(posts.Count * 2);
        foreach (var post in posts)
        {
            keys.Add(DocumentKey.Of<FeedEntry>(ownerId, post.Id));
            keys.Add(DocumentKey.Of<FeedSeat>(ownerId, FeedSeat.IdOf(post.Id)));
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        var entries = posts
            .Where(post => post.AuthorId != ownerId
                && loaded.Get<FeedEntry>(ownerId, post.Id) is null
                && loaded.Get<FeedSeat>(ownerId, FeedSeat.IdOf(post.Id)) is null)
            .Select(post => FeedEntry.Of(ownerId, post))
            .ToList();
        if (entries.Count > 0)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
        }
    }
}
