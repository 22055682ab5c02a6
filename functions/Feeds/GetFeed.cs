using ServerlessSocial.Platform.Documents;
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
    /// <c>following</c> is plain chronology: your own posts, posts of those you follow, and posts they boosted, each once. Replies come where they answer you, their own author or
    /// somebody else you follow. Every item says why it is there.
    /// A page may hold fewer items than asked for although there are more: go on while there is a <c>next</c>. Older posts of those you follow are fetched as you read on.
    /// To learn whether there is something new, send the <c>since</c> of an earlier answer, and its <c>ETag</c> as <c>If-None-Match</c>: 304 while nothing came, else what
    /// came. If more came than fits the page there is a <c>next</c>, which leads on into what you have: stop at the first item that you know. What followed tags bring is found with the first page alone.
    /// </remarks>
    [Function(nameof(GetFeed))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    [NotModified]
    [QueryParameter("mode", "Which feed: following, newest first. That is also the default.", Values = [Following])]
    [QueryParameter("since", "What an earlier answer said as since: only what is newer.")]
    [ResponseHeader("ETag", "Stands for what is newest, for If-None-Match together with since.")]
    public async Task<Results<Ok<FeedPage>, StatusCodeHttpResult, Error>> RunAsync(
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

        if (http.Query.TryGetValue("since", out var since))
        {
            return page.After is null && cursors.TryRead(since.ToString(), Newest(me), out var seen)
                ? await ReadNewerAsync(http, me, list, page, seen, cancellationToken)
                : new InvalidFields("since", "What an earlier answer said as since, and no cursor with it.");
        }

        if (page.After is { } noted)
        {
            var (older, further, _) = await feed.ReadAsync(me, Viewer.Of(http), page, FeedPosition.Parse(noted), until: null, cancellationToken);
            return TypedResults.Ok(new FeedPage(older, cursors.Make(list, further?.ToString()), null, null));
        }

        var open = await opening.OpenAsync(me, cancellationToken);
        var (items, next, newest) = await feed.ReadAsync(me, Viewer.Of(http), page, open, until: null, cancellationToken);
        var top = cursors.Make(Newest(me), newest ?? Ids.First);
        EntityTag.Set(http, top);
        return TypedResults.Ok(new FeedPage(items, cursors.Make(list, next?.ToString()), top, null));
    }

    private static string Newest(string me) => $"newest in feed:{me}";

    private async ValueTask<Results<Ok<FeedPage>, StatusCodeHttpResult, Error>> ReadNewerAsync(
        HttpRequest http, string me, string list, PageRequest page, string seen, CancellationToken cancellationToken)
    {
        var open = await opening.OpenAsync(me, cancellationToken);
        var (count, newest) = await feed.NewerAsync(me, seen, cancellationToken);
        var top = cursors.Make(Newest(me), newest);
        if (EntityTag.IsKnown(http, top))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (count == 0)
        {
            return TypedResults.Ok(new FeedPage([], null, top, count));
        }

        var (items, next, _) = await feed.ReadAsync(me, Viewer.Of(http), page, open, until: seen, cancellationToken);
        return TypedResults.Ok(new FeedPage(items, cursors.Make(list, next?.ToString()), top, count));
    }
}
