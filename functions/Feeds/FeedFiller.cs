using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Writes posts into one feed, where they do not stand yet.</summary>
public sealed class FeedFiller(IDocumentStore documents, FeedSeating seating)
{
    /// <summary>Adds posts of authors whom the owner follows, and the owner's own, except those that stand there already.</summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="posts">Visible posts.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task AddPostsAsync(string ownerId, IReadOnlyCollection<PostDocument> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0)
        {
            return;
        }

        var entries = posts.Select(post => FeedEntry.Of(ownerId, post)).ToList();
        var loaded = await documents.ReadManyAsync([.. entries.Select(entry => DocumentKey.Of<FeedEntry>(ownerId, entry.Id))], cancellationToken);
        entries.RemoveAll(entry => loaded.Get<FeedEntry>(ownerId, entry.Id) is not null);
        if (entries.Count > 0)
        {
            await documents.UpsertManyAsync(entries, cancellationToken);
        }
    }

    /// <summary>Adds what somebody the owner follows has boosted lately.</summary>
    /// <param name="ownerId">Whose feed; its owner's own posts are left out.</param>
    /// <param name="boosterId">Who boosted.</param>
    /// <param name="cancellationToken">Stops the work; it may be repeated.</param>
    public async Task AddBoostsAsync(string ownerId, string boosterId, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ReactionDocument>(ReactionDocument.InOrderOfAct(boosterId, ReactionKind.Boost, AuthorPosts.Newest), cancellationToken);
        foreach (var boost in page.Items.Where(boost => boost.Active))
        {
            await seating.SeatAsync(BoostFanOut.EntryIdOf(boost), boost.PostId, [ownerId], cancellationToken);
        }
    }
}
