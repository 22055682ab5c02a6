using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts;

/// <summary>Begins a draft.</summary>
public sealed class CreateDraft(IDocumentStore documents, DraftStore drafts, DraftPictures pictures, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Begin a draft of a post.</summary>
    /// <remarks>
    /// Nobody but you sees it, moderation neither. <c>POST /posts</c> with <c>draftId</c> posts it, after which it is gone. You may have 100.
    /// </remarks>
    [Function(nameof(CreateDraft))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(DraftChanges))]
    [Idempotent]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Draft>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "drafts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<DraftChanges>(cancellationToken);
        var me = http.Me();
        if ((unreadable ?? request!.Problems(me)) is { } invalid)
        {
            return invalid;
        }

        var (draft, refused) = await idempotency.OnceAsync(
            http, http.Caller()!, request!, id => CreateAsync(me, id, request!, cancellationToken), id => ReadAsync(me, id, cancellationToken), cancellationToken);
        if (draft is null)
        {
            return refused!;
        }

        EntityTag.Set(http, draft.Revision);
        return TypedResults.Created($"/api/drafts/{draft.Id}", (await drafts.ShapeAsync([draft], cancellationToken))[0]!);
    }

    private async Task<Outcome<DraftDocument>> CreateAsync(string me, string id, DraftChanges request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<DraftDocument>(me, id, cancellationToken) is { } there)
        {
            return there;
        }

        var content = request.ApplyTo(DraftContent.Empty);
        if (!await drafts.HasRoomAsync(me, cancellationToken))
        {
            return new TooManyDrafts();
        }

        if (await pictures.KeepAsync(me, id, content.MediaIds, postId: null, cancellationToken) is { } notFree)
        {
            return notFree;
        }

        var created = await documents.CreateAsync(new DraftDocument { Id = id, OwnerId = me, Content = content, UpdatedAt = time.GetUtcNow() }, cancellationToken);
        return created.NotThrottled().Document ?? await documents.FindAsync<DraftDocument>(me, id, cancellationToken) ?? (Outcome<DraftDocument>)new Missing("draft");
    }

    private async Task<Outcome<DraftDocument>> ReadAsync(string me, string id, CancellationToken cancellationToken) =>
        await drafts.FindAsync(me, id, cancellationToken) is { } draft ? draft : new Missing("draft");
}
