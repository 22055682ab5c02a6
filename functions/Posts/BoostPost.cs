using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Passes a post on.</summary>
public sealed class BoostPost(ReactionWriter reactions)
{
    /// <summary>Pass a post on to one's followers.</summary>
    /// <remarks>Only public posts that moderation approved. Its author is told. Boosting it again changes nothing.</remarks>
    [Function(nameof(BoostPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/boost")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await reactions.GiveAsync(ReactionKind.Boost, id, http.Me(), cancellationToken) is { } error ? error : TypedResults.NoContent();
}
