using System.Diagnostics;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Moderation;

/// <summary>Lets people contest what was decided about their pictures.</summary>
public sealed class AppealMediaDecision(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Appeal the decision that limited or removed a picture of yours.</summary>
    /// <remarks>A moderator who had no part in the decision looks at the picture and at what you say, and decides; you are told. There is one appeal per decision. This call stays open to suspended accounts.</remarks>
    [Function(nameof(AppealMediaDecision))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reports)]
    [RequestBody(typeof(AppealDecisionRequest))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "media/{id}/moderation/appeal")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (appeal, invalid) = await AppealDecisionRequest.ReadAsync(http, time.GetUtcNow(), cancellationToken);
        if (appeal is null)
        {
            return invalid!;
        }

        if (!OwnedIds.TryParse(id, out var ownerId) || ownerId != http.Me())
        {
            return new Missing("media");
        }

        var media = await documents.UpdateAsync<MediaDocument>(
            ownerId,
            id,
            found => found.DiscardedAt is null && ModeratedRules.Appealed(found.Moderation, appeal) is { } appealed
                ? found with { Moderation = appealed, WorkSince = appeal.At, TraceParent = Activity.Current?.Id }
                : null,
            cancellationToken);
        return media is null or { DiscardedAt: not null } ? new Missing("media") : AppealDecisionRequest.Answer(media.Moderation, appeal);
    }
}
