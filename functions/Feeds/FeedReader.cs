using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Reads a page of a feed: skeleton (one query) -> hydration (one batched load) -> rules -> presentation. Entries that may not be seen now
/// are passed over and the page is filled from behind them; the cursor is the last entry looked at, so that paging stands still while
/// others post. A full page has a next one only where something more may be seen, as far as a few rounds tell.
/// </summary>
public sealed class FeedReader(IDocumentStore documents, PostReader posts)
{
    private const int MostRounds = 5;

    /// <summary>Reads a page.</summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="viewer">Its owner as viewer.</param>
    /// <param name="page">The page asked for.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The items, and the position to continue after; null at the end.</returns>
    public async ValueTask<(IReadOnlyList<FeedItem> Items, string? Next)> ReadAsync(
        string ownerId, Viewer viewer, PageRequest page, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery(ownerId, page.Limit + 1) { From = Ids.First, To = Ids.End, Descending = true };
        var items = new List<FeedItem>(page.Limit);
        var after = page.After;
        for (var round = 0; round < MostRounds; round++)
        {
            // One more than asked for tells whether there is a next page; small pages look further than they are long.
            var query = round == 0 ? all : all with { Limit = Math.Max(page.Limit, PageRequest.DefaultLimit) + 1 };
            var skeleton = await documents.QueryAsync<FeedEntry>(query.After(after), cancellationToken);
            var entries = skeleton.Items;
            var (found, loaded) = await HydrateAsync(entries, viewer, cancellationToken);
            for (var i = 0; i < entries.Count; i++)
            {
                if (found[i] is not { } post || !FeedRules.Holds(entries[i], loaded) || By(entries[i], post, loaded) is not { } by)
                {
                    after = entries[i].Id;
                    continue;
                }

                var item = new FeedItem(post, [FeedWhy.Of(entries[i].Reason, by)]);
                if (items.Count == page.Limit || !page.Budget.TryTake(item))
                {
                    return (items, after);
                }

                after = entries[i].Id;
                items.Add(item);
            }

            if (!skeleton.HasMore)
            {
                return (items, null);
            }
        }

        return (items, after);
    }

    private ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> HydrateAsync(
        IReadOnlyList<FeedEntry> entries, Viewer viewer, CancellationToken cancellationToken)
    {
        var references = new PostReference[entries.Count];
        var others = new List<DocumentKey>();
        for (var i = 0; i < references.Length; i++)
        {
            var entry = entries[i];
            references[i] = entry.Reason == FeedReason.Boosted ? new(entry.PostId, Place.Boost, entry.By) : new(entry.PostId, Place.Feed);
            FeedRules.AddKeys(entry, others);
        }

        return posts.ReadWithAsync(references, others, viewer, cancellationToken);
    }

    private static ProfileCard? By(FeedEntry entry, Post post, DocumentSet loaded)
    {
        if (entry.Reason != FeedReason.Boosted)
        {
            return post.Author;
        }

        return loaded.Profile(entry.By) is { } booster ? ProfilePresenter.Card(booster) : null;
    }
}
