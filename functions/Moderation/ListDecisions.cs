using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Shows how a post came to its moderation state.</summary>
public sealed class ListDecisions(DecisionList decisions, PostReader reader, CaseAccess access, Cursors cursors)
{
    /// <summary>List the moderation decisions about a post with their reasons, newest first.</summary>
    /// <remarks>
    /// For the post's author, who sees what was decided, why, when, and whether by a machine or a person; the moderator who has claimed the
    /// post's case sees the scores too. This call stays open to suspended accounts.
    /// </remarks>
    [Function(nameof(ListDecisions))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Decision>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/moderation")] HttpRequest http,
        string id,
        CancellationToken cancellationToken)
    {
        var list = $"posts/{id}/moderation";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var viewer = Viewer.Of(http);
        var post = await reader.FindAsync(id, viewer.AsAnybody, Place.Post, cancellationToken);
        var own = post is not null && viewer.ProfileId == post.AuthorId;
        if (!own && !(OwnedIds.TryParse(id, out _) && await access.MayLookAsync(viewer, new(SubjectType.Post, id), cancellationToken)))
        {
            return new Missing("post");
        }

        return TypedResults.Ok(await decisions.ReadAsync(list, page, id, forModerator: !own, cancellationToken));
    }
}
