using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Passes a post on.</summary>
public sealed class BoostPost(ReactionWriter reactions)
{
    /// <summary>Pass a post on to one's followers.</summary>
    /// <remarks>Only public posts that moderation approved. Its author is told. Boosting it again changes nothing. The answer counts it already.</remarks>
    [Function(nameof(BoostPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reactions)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/boost")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (post, error) = await reactions.GiveAsync(ReactionKind.Boost, id, http.Me(), cancellationToken);
        return post is null ? error! : TypedResults.Ok(post);
    }
}
