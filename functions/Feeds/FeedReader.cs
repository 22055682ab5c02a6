using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Reads a page of a feed: skeleton (what was delivered, and what followed tags bring) -> hydration (one batched load, and a second one where several bring a post) ->
/// rules -> presentation. Entries that may not be seen now
/// are passed over and the page is filled from behind them; the cursor is the last entry looked at, so that paging stands still while
/// others post. A full page has a next one only where something more may be seen, as far as a few rounds tell. Where the feed is not whole any more, it is filled
/// further down.
/// </summary>
public sealed class FeedReader(IDocumentStore documents, PostReader posts, TagFeed tags, FeedPast past, TimeProvider time)
{
    /// <summary>Newer entries are counted so far.</summary>
    public const int MostNewer = 100;

    private const int MostRounds = 5;

    /// <summary>Reads a page.</summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="viewer">Its owner as viewer.</param>
    /// <param name="page">The page asked for.</param>
    /// <param name="position">Behind what to begin, and down to where the feed is whole.</param>
    /// <param name="until">Id of a place: nothing from there down is looked at; null for all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async ValueTask<FeedRead> ReadAsync(
        string ownerId, Viewer viewer, PageRequest page, FeedPosition position, string? until, CancellationToken cancellationToken)
    {
        var items = new List<FeedItem>(page.Limit);
        var (after, floor) = position;
        string? newest = null;
        for (var round = 0; round < MostRounds; round++)
        {
            // One more than asked for tells whether there is a next page; small pages look further than they are long.
            var limit = round == 0 ? page.Limit + 1 : Math.Max(page.Limit, PageRequest.DefaultLimit) + 1;
            var tagged = tags.ReadAsync(ownerId, position.Tags, after, limit, cancellationToken).AsTask();
            var delivered = await DeliveredAsync(ownerId, after, floor, limit, cancellationToken);
            if (!delivered.HasMore && floor.Length > 0 && until is null)
            {
                floor = await past.FillAsync(ownerId, floor, cancellationToken);
                delivered = await DeliveredAsync(ownerId, after, floor, limit, cancellationToken);
            }

            newest ??= delivered.Items.Count > 0 ? delivered.Items[0].Id : null;
            var (places, hasMore) = FeedPlaces.Merge(delivered with { HasMore = delivered.HasMore || floor.Length > 0 }, await tagged);
            var (found, loaded) = await HydrateAsync(ownerId, places, viewer, cancellationToken);
            var now = time.GetUtcNow();
            for (var i = 0; i < places.Count; i++)
            {
                if (until is not null && string.CompareOrdinal(places[i].Id, until) <= 0)
                {
                    return new(items, null, newest);
                }

                if (found[i] is not { } post || WhyOf(ownerId, places[i], post, loaded, now) is not { Count: > 0 } why)
                {
                    after = places[i].Id;
                    continue;
                }

                var item = new FeedItem(post, why);
                if (items.Count == page.Limit || !page.Budget.TryTake(item))
                {
                    return new(items, new(after, floor), newest);
                }

                after = places[i].Id;
                items.Add(item);
            }

            if (!hasMore || (until is not null && places.Count == 0))
            {
                return new(items, null, newest);
            }
        }

        return new(items, new(after, floor), newest);
    }

    /// <summary>How many entries came after one, counted up to <see cref="MostNewer"/>, and the newest of all.</summary>
    public async ValueTask<(int Count, string Newest)> NewerAsync(string ownerId, string since, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(ownerId, MostNewer) { From = since + '\u0001', To = Ids.End, Descending = true };
        var newer = await documents.QueryAsync<Bare<FeedEntry>>(query, cancellationToken);
        return (newer.Items.Count, newer.Items.Count > 0 ? newer.Items[0].Id : since);
    }

    private ValueTask<DocumentPage<FeedEntry>> DeliveredAsync(string ownerId, string? after, string floor, int limit, CancellationToken cancellationToken) =>
        documents.QueryAsync<FeedEntry>(
            new DocumentQuery(ownerId, limit) { From = floor.Length > 0 ? floor : Ids.First, To = Ids.End, Descending = true }.After(after), cancellationToken);

    private async ValueTask<(IReadOnlyList<Post?> Posts, DocumentSet Loaded)> HydrateAsync(
        string ownerId, IReadOnlyList<FeedPlace> places, Viewer viewer, CancellationToken cancellationToken)
    {
        var others = new List<DocumentKey>();
        foreach (var place in places)
        {
            FeedRules.AddKeys(place, ownerId, others);
        }

        var (found, loaded) = await posts.ReadWithAsync([.. places.Select(place => place.Reference)], others, viewer, cancellationToken);
        var rivals = new HashSet<DocumentKey>();
        foreach (var place in places)
        {
            FeedRules.AddKeysOfRivals(place, ownerId, loaded, rivals);
        }

        if (rivals.Count > 0)
        {
            loaded.Add(await documents.ReadManyAsync(rivals, cancellationToken));
        }

        return (found, loaded);
    }

    /// <summary>The reasons that hold now; none if the post does not stand there.</summary>
    private static IReadOnlyList<FeedWhy> WhyOf(string ownerId, FeedPlace place, Post post, DocumentSet loaded, DateTimeOffset now)
    {
        var brought = FeedRules.BroughtBy(place, ownerId, loaded, now);
        return brought.Count == 0
            ? place.Tag is { } tag && FeedRules.HoldsByTag(ownerId, post, loaded, now) ? [FeedWhy.OfTag(tag, post.Author)] : []
            : place.Entry!.Reason != FeedReason.Boosted ? [FeedWhy.Of(place.Entry.Reason, post.Author)]
            : [.. brought.Select(loaded.Profile).OfType<ProfileDocument>().Select(by => FeedWhy.Of(FeedReason.Boosted, ProfilePresenter.Card(by)))];
    }
}

/// <summary>A page of a feed as it was read.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The position to continue from; null at the end.</param>
/// <param name="Newest">Id of the first entry that was looked at; null for none.</param>
public readonly record struct FeedRead(IReadOnlyList<FeedItem> Items, FeedPosition? Next, string? Newest);

/// <summary>A position in a feed.</summary>
/// <param name="After">The place looked at last; null at the top.</param>
/// <param name="Floor">Id down to which the feed is whole; empty for all.</param>
public readonly record struct FeedPosition(string? After, string Floor)
{
    /// <summary>The tags that bring posts into the feed, where they are known.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Reads a position from where it was noted.</summary>
    public static FeedPosition Parse(string text) => text.Split('|') is [var after, var floor] ? new(after.Length == 0 ? null : after, floor) : new(text, string.Empty);

    /// <inheritdoc/>
    public override string ToString() => $"{After}|{Floor}";
}
