using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts;

/// <summary>Shows a draft.</summary>
public sealed class GetDraft(DraftStore drafts)
{
    /// <summary>Get a draft of yours.</summary>
    [Function(nameof(GetDraft))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<Draft>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "drafts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(http.Me(), id, cancellationToken) is not { } draft)
        {
            return new Missing("draft");
        }

        EntityTag.Set(http, draft.Revision);
        return TypedResults.Ok((await drafts.ShapeAsync([draft], cancellationToken))[0]!);
    }
}
