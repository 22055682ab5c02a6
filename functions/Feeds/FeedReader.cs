using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Reads a page of a feed: skeleton (what was delivered, and what followed tags bring) -> hydration (one batched load) -> rules -> presentation. Entries that may not be seen now
/// are passed over and the page is filled from behind them; the cursor is the last entry looked at, so that paging stands still while
/// others post. A full page has a next one only where something more may be seen, as far as a few rounds tell.
/// </summary>
public sealed class FeedReader(IDocumentStore documents, PostReader posts, TagFeed tags)
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
            var tagged = tags.ReadAsync(ownerId, after, query.Limit, cancellationToken).AsTask();
            var delivered = await documents.QueryAsync<FeedEntry>(query.After(after), cancellationToken);
            var (places, hasMore) = FeedPlaces.Merge(delivered, await tagged);
            var (found, loaded) = await HydrateAsync(ownerId, places, viewer, cancellationToken);
            for (var i = 0; i < places.Count; i++)
            {
                if (found[i] is not { } post || WhyOf(ownerId, places[i], post, loaded) is not { } why)
                {
                    after = places[i].Id;
                    continue;
                }

                var item = new FeedItem(post, [why]);
                if (items.Count == page.Limit || !page.Budget.TryTake(item))
                {
                    return (items, after);
                }

                after = places[i].Id;
                items.Add(item);
            }

            if (!hasMore)
            {
                return (items, null);
            }
        }

        return (items, after);
    }

    private ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> HydrateAsync(
        string ownerId, IReadOnlyList<FeedPlace> places, Viewer viewer, CancellationToken cancellationToken)
    {
        var others = new List<DocumentKey>();
        foreach (var place in places)
        {
            if (place.Entry is { } entry)
            {
                FeedRules.AddKeys(entry, others);
            }

            if (place.Tag is not null)
            {
                FeedRules.AddKeysOfTag(ownerId, place.PostId, others);
            }
        }

        return posts.ReadWithAsync([.. places.Select(place => place.Reference)], others, viewer, cancellationToken);
    }

    /// <summary>The reason that holds now; null if none does.</summary>
    private static FeedWhy? WhyOf(string ownerId, FeedPlace place, Post post, DocumentSet loaded) =>
        place.Entry is { } entry && FeedRules.Holds(entry, loaded) && By(entry, post, loaded) is { } by ? FeedWhy.Of(entry.Reason, by)
        : place.Tag is { } tag && FeedRules.HoldsByTag(ownerId, post, loaded) ? FeedWhy.OfTag(tag, post.Author)
        : null;

    private static ProfileCard? By(FeedEntry entry, Post post, DocumentSet loaded)
    {
        if (entry.Reason != FeedReason.Boosted)
        {
            return post.Author;
        }

        return loaded.Profile(entry.By) is { } booster ? ProfilePresenter.Card(booster) : null;
    }
}
