using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Shows what is to be posted.</summary>
public sealed class GetScheduledPost(IDocumentStore documents, PostScheduling scheduling)
{
    /// <summary>Get a scheduled post of yours.</summary>
    /// <remarks>For a day after it was published it is here still, with the post's id.</remarks>
    [Function(nameof(GetScheduledPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<ScheduledPost>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/scheduled/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(id) || await documents.FindAsync<ScheduledPostDocument>(http.Me(), id, cancellationToken) is not { } scheduled)
        {
            return new Missing("scheduled post");
        }

        EntityTag.Set(http, scheduled.Revision);
        return TypedResults.Ok(await scheduling.ShapeAsync(scheduled, cancellationToken));
    }
}
