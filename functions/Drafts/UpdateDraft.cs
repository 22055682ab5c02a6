using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts;

/// <summary>Goes on with a draft.</summary>
public sealed class UpdateDraft(IDocumentStore documents, DraftStore drafts, DraftPictures pictures, TimeProvider time)
{
    /// <summary>Change a draft of yours.</summary>
    /// <remarks>What is left out stays as it is, null empties. A text that is replaced stays among its <c>versions</c>, the 20 latest, of long ones fewer.</remarks>
    [Function(nameof(UpdateDraft))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(DraftChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Draft>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "drafts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (changes, unreadable) = await http.ReadJsonAsync<DraftChanges>(cancellationToken);
        if ((unreadable ?? changes!.Problems(me)) is { } invalid)
        {
            return invalid;
        }

        if (await drafts.FindAsync(me, id, cancellationToken) is not { } draft)
        {
            return new Missing("draft");
        }

        if (EntityTag.Check(http, draft.Revision) is { } refusal)
        {
            return refusal;
        }

        if (draft.PostedAs is not null)
        {
            return new DraftBeingPosted();
        }

        var content = changes!.ApplyTo(draft.Content);
        if (await pictures.KeepAsync(me, id, content.MediaIds, postId: null, cancellationToken) is { } notFree)
        {
            return notFree;
        }

        var changed = draft.With(content, time.GetUtcNow());
        if (!ReferenceEquals(changed, draft))
        {
            if ((await documents.ReplaceAsync(changed, cancellationToken)).NotThrottled() is not { IsDone: true, Document: { } written })
            {
                return new Changed();
            }

            changed = written;
        }

        EntityTag.Set(http, changed.Revision);
        return TypedResults.Ok((await drafts.ShapeAsync([changed], cancellationToken))[0]!);
    }
}
