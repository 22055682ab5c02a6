using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Moderation;

/// <summary>A moderator's decision.</summary>
/// <param name="Decision"><c>approved</c>, <c>limited</c> or <c>removed</c>.</param>
/// <param name="Reason">Why, for the author; at most 500 characters. Readers see it too while the post is limited.</param>
[Example("""{ "decision": "approved", "reason": "A quotation, and clearly one." }""")]
public sealed record DecideOnPostRequest([property: Required] ModerationStatus? Decision = null, string? Reason = null);

/// <summary>Lets a person have the last word on a post.</summary>
public sealed class DecideOnPost(IDocumentStore documents, PostReader reader, TimeProvider time)
{
    private const int MaxReason = 500;

    /// <summary>Release, limit or remove a post.</summary>
    /// <remarks>
    /// For moderators, on any post but their own, held or not: this is also how an appeal is granted. The author is told, with the reason.
    /// The same decision again changes nothing.
    /// </remarks>
    [Function(nameof(DecideOnPost))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [RequestBody(typeof(DecideOnPostRequest))]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/posts/{id}/decision")] HttpRequest http,
        string id,
        CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<DecideOnPostRequest>(cancellationToken);
        request = request is { Reason: { } reason } ? request with { Reason = TextLength.Normalize(reason) } : request;
        if ((unread ?? Problem(request)) is { } error)
        {
            return error;
        }

        if (await DecideAsync(id, request, http.Me(), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await reader.ReadAsync(id, Viewer.Of(http), Place.Post, cancellationToken) is { } post ? TypedResults.Ok(post) : new Missing("post");
    }

    private static Error? Problem(DecideOnPostRequest request) => new Validation()
        .Require(request.Decision is ModerationStatus.Approved or ModerationStatus.Limited or ModerationStatus.Removed, "decision", "One of approved, limited, removed.")
        .Note("reason", request.Reason is null ? null : TextLength.Problem(request.Reason, MaxReason))
        .Error;

    private async Task<Error?> DecideAsync(string id, DecideOnPostRequest request, string moderatorId, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(id, out var authorId))
        {
            return new Missing("post");
        }

        while (true)
        {
            var post = await documents.FindAsync<PostDocument>(authorId, id, cancellationToken);
            if (post is null or { DeletedAt: not null })
            {
                return new Missing("post");
            }

            if (authorId == moderatorId)
            {
                return new OwnPost();
            }

            var decided = Decided(post, request, moderatorId, time.GetUtcNow());
            if (ReferenceEquals(decided, post) || await SaveAsync(post, decided, cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>The post with the decision; the post itself if it stands there already.</summary>
    internal static PostDocument Decided(PostDocument post, DecideOnPostRequest request, string moderatorId, DateTimeOffset now)
    {
        var before = post.Moderation;
        var reason = request.Reason ?? DefaultReason(request.Decision!.Value);
        var same = before.Status == request.Decision && before.Appeal is null
            && (before.Status is ModerationStatus.Approved || (before.By == PostModeration.Moderator && (request.Reason is null || reason == before.Reason)));
        var decision = new PostModeration(request.Decision!.Value, reason, PostModeration.Moderator, now)
        {
            CaseId = Ids.New(now),
            ModeratorId = moderatorId,
            Answered = before.Appeal ?? before.Answered,
        };
        return same ? post : post.Under(decision) with { WorkSince = now, TraceParent = Activity.Current?.Id };
    }

    private async Task<bool> SaveAsync(PostDocument post, PostDocument decided, CancellationToken cancellationToken)
    {
        // The decision before this one may not be on record yet, and the post is about to forget it.
        if (CaseDocument.Of(post) is { } before)
        {
            await documents.UpsertManyAsync([before], cancellationToken);
        }

        var saved = (await documents.ReplaceAsync(decided, cancellationToken)).NotThrottled().IsDone;
        if (saved)
        {
            ModerationTelemetry.Decided(decided.Moderation.Status, DecidedBy.Person);
        }

        return saved;
    }

    private static string? DefaultReason(ModerationStatus status) => status switch
    {
        ModerationStatus.Limited => "Shown with a warning and not recommended: a person looked at it and decided so.",
        ModerationStatus.Removed => "Removed, and you can appeal: a person looked at it and found that it breaks the rules.",
        _ => null,
    };
}
