using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Lists;

/// <summary>The feed of a list.</summary>
public sealed class GetListFeed(ListKeeper lists, ListFeed feed, RateLimiter limits, Cursors cursors)
{
    /// <summary>Members whose posts a unit of the caller's reads covers.</summary>
    private const double MembersPerUnit = 50;

    /// <summary>Get the feed of a list of yours: what its members posted, newest first.</summary>
    /// <remarks>
    /// Without their boosts. Of those you do not follow, public posts only. Of replies, what the list's <c>repliesPolicy</c> lets in, and answers to you and to the author's own posts. Blocks, mutes
    /// and filters hold as in the home feed.
    /// A page may hold fewer items than asked for although there are more: go on while there is a <c>next</c>.
    /// </remarks>
    [Function(nameof(GetListFeed))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lists/{id}/feed")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await lists.FindAsync(me, id, cancellationToken) is not { } list)
        {
            return new Missing("list");
        }

        var name = $"list feed:{id}";
        var (page, invalid) = PageRequest.Read(http, cursors, name);
        if (invalid is not null)
        {
            return invalid;
        }

        var members = await lists.MembersAsync(me, id, cancellationToken);
        if (members.Count > 0 && await limits.ChargeAsync(http, Bucket.Reads, members.Count / MembersPerUnit) is { } limited)
        {
            return limited;
        }

        var (items, next) = await feed.ReadAsync(list, members, Viewer.Of(http), page, cancellationToken);
        return TypedResults.Ok(new Page<Post>(items, cursors.Make(name, next)));
    }
}
