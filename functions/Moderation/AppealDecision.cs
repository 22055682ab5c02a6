using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Moderation;

/// <summary>An appeal.</summary>
/// <param name="Text">What speaks for the post, the profile, the picture or the account; at most 1,000 characters.</param>
[Example("""{ "text": "This is a line from a poem, not a threat." }""")]
public sealed record AppealDecisionRequest([property: Required, MaxGraphemes(AppealDecisionRequest.MaxText)] string? Text = null)
{
    /// <summary>Longest text, in grapheme clusters.</summary>
    internal const int MaxText = 1_000;

    /// <summary>Reads the appeal of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal static async Task<(PostAppeal? Appeal, Error? Error)> ReadAsync(HttpRequest http, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<AppealDecisionRequest>(cancellationToken);
        var text = TextLength.Normalize(request?.Text ?? string.Empty);
        return unread is not null ? (null, unread)
            : TextLength.Problem(text, MaxText) is { } problem ? (null, new InvalidFields("text", problem))
            : (new(text, now), null);
    }

    /// <summary>What to answer, by what a decision says of appeals afterwards.</summary>
    internal static Results<NoContent, Error> Answer(PostModeration decision, PostAppeal appeal) =>
        decision.Appeal == appeal ? TypedResults.NoContent() : ModeratedRules.AppealProblem(decision) ?? new NothingToAppeal();
}

/// <summary>Lets authors contest what was decided about their posts.</summary>
public sealed class AppealDecision(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Appeal the decision that limited or removed your post.</summary>
    /// <remarks>
    /// A moderator who had no part in the decision looks at the post and at what you say, and decides; you are told. There is one appeal per decision: a
    /// second one is refused, and what is decided otherwise later can be appealed anew. This call stays open to suspended accounts.
    /// </remarks>
    [Function(nameof(AppealDecision))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reports)]
    [RequestBody(typeof(AppealDecisionRequest))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id}/moderation/appeal")] HttpRequest http,
        string id,
        CancellationToken cancellationToken)
    {
        var (appeal, invalid) = await AppealDecisionRequest.ReadAsync(http, time.GetUtcNow(), cancellationToken);
        if (appeal is null)
        {
            return invalid!;
        }

        var me = http.Me();
        if (!OwnedIds.TryParse(id, out var authorId) || authorId != me)
        {
            return new Missing("post");
        }

        var post = await documents.UpdateAsync<PostDocument>(me, id, found => Appealed(found, appeal), cancellationToken);
        return post is null or { DeletedAt: not null } ? new Missing("post") : AppealDecisionRequest.Answer(post.Moderation, appeal);
    }

    /// <summary>The post with the appeal; null where there is nothing to appeal, or it has been appealed.</summary>
    internal static PostDocument? Appealed(PostDocument post, PostAppeal appeal) =>
        post.DeletedAt is null && ModeratedRules.Appealed(post.Moderation, appeal) is { } appealed
            ? post with { Moderation = appealed, WorkSince = appeal.At, TraceParent = Activity.Current?.Id }
            : null;
}
