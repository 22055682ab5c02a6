using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>The home feed.</summary>
public sealed class GetFeed(FeedOpening opening, FeedReader feed, Cursors cursors)
{
    private const string Following = "following";

    /// <summary>Get your home feed, newest first.</summary>
    /// <remarks>
    /// <c>following</c> is plain chronology: posts of those you follow, and posts they boosted, each once. Every item says why it is there.
    /// A page may hold fewer items than asked for although there are more: go on while there is a <c>next</c>.
    /// </remarks>
    [Function(nameof(GetFeed))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("mode", "Which feed: following, newest first. That is also the default.", Values = [Following])]
    public async Task<Results<Ok<Page<FeedItem>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (http.Query.TryGetValue("mode", out var mode) && mode.ToString() != Following)
        {
            return new InvalidFields("mode", $"One of: {Following}.");
        }

        var me = http.Me();
        var list = $"feed:{Following}:{me}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var position = page.After is { } noted ? FeedPosition.Parse(noted) : new(null, await opening.OpenAsync(me, cancellationToken));
        var (items, next) = await feed.ReadAsync(me, Viewer.Of(http), page, position, cancellationToken);
        return TypedResults.Ok(new Page<FeedItem>(items, cursors.Make(list, next?.ToString())));
    }
}
