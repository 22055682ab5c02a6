using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts;

/// <summary>Gives a draft up.</summary>
public sealed class DeleteDraft(DraftStore drafts)
{
    /// <summary>Delete a draft of yours.</summary>
    /// <remarks>Its pictures go a day later, unless they are in a post or in another draft by then.</remarks>
    [Function(nameof(DeleteDraft))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "drafts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(http.Me(), id, cancellationToken) is not { } draft)
        {
            return new Missing("draft");
        }

        await drafts.DeleteAsync(draft, cancellationToken);
        return TypedResults.NoContent();
    }
}
