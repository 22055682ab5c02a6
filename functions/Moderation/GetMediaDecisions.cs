using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Shows how a picture came to its moderation state. Its name stands before that of <see cref="GetThumbnail"/>, whose route would hide it in Azure.</summary>
public sealed class GetMediaDecisions(IDocumentStore documents, DecisionList decisions, CaseAccess access, Cursors cursors)
{
    /// <summary>List the moderation decisions about a picture with their reasons, newest first.</summary>
    /// <remarks>
    /// For the picture's owner, and for the moderator who has claimed its case, who sees the scores too. What a model looked at and approved has no entry;
    /// what nothing looked at, because no model that sees is configured, says so. This call stays open to suspended accounts.
    /// </remarks>
    [Function(nameof(GetMediaDecisions))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Decision>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{id}/moderation")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var list = $"media/{id}/moderation";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        if (!OwnedIds.TryParse(id, out var ownerId) || await documents.FindAsync<MediaDocument>(ownerId, id, cancellationToken) is not { DiscardedAt: null })
        {
            return new Missing("media");
        }

        var own = http.Me() == ownerId;
        return own || await access.MayLookAsync(Viewer.Of(http), new(SubjectType.Media, id), cancellationToken)
            ? TypedResults.Ok(await decisions.ReadAsync(list, page, id, forModerator: !own, cancellationToken))
            : new Missing("media");
    }
}
