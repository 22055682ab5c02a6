using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Moderation;

/// <summary>An author's appeal.</summary>
/// <param name="Text">What speaks for the post; at most 1,000 characters.</param>
[Example("""{ "text": "This is a line from a poem, not a threat." }""")]
public sealed record AppealDecisionRequest([property: Required] string? Text = null);

/// <summary>Lets authors contest what was decided about their posts.</summary>
public sealed class AppealDecision(IDocumentStore documents, TimeProvider time)
{
    private const int MaxText = 1_000;

    /// <summary>Appeal the decision that limited or removed your post.</summary>
    /// <remarks>A person looks at the post and at what you say, and decides; you are told. There is one appeal per post: a second one is refused.</remarks>
    [Function(nameof(AppealDecision))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reports)]
    [RequestBody(typeof(AppealDecisionRequest))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id}/moderation/appeal")] HttpRequest http,
        string id,
        CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<AppealDecisionRequest>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        var text = TextLength.Normalize(request.Text ?? string.Empty);
        if (TextLength.Problem(text, MaxText) is { } problem)
        {
            return new InvalidFields("text", problem);
        }

        var me = http.Me();
        if (!OwnedIds.TryParse(id, out var authorId) || authorId != me)
        {
            return new Missing("post");
        }

        var appeal = new PostAppeal(text, time.GetUtcNow());
        var post = await documents.UpdateAsync<PostDocument>(me, id, found => Appealed(found, appeal), cancellationToken);
        return post is null or { DeletedAt: not null } ? new Missing("post")
            : post.Moderation.Appeal == appeal ? TypedResults.NoContent()
            : post.Moderation.Appeal is not null ? new AlreadyAppealed()
            : post.Moderation.Answered is not null ? new DecisionFinal()
            : new NothingToAppeal();
    }

    /// <summary>The post with the appeal; null where there is nothing to appeal, or it has been appealed.</summary>
    internal static PostDocument? Appealed(PostDocument post, PostAppeal appeal) =>
        post is { DeletedAt: null, Moderation: { Status: ModerationStatus.Limited or ModerationStatus.Removed, Appeal: null, Answered: null } }
            ? post with { Moderation = post.Moderation with { Appeal = appeal }, WorkSince = appeal.At, TraceParent = Activity.Current?.Id }
            : null;
}
