using ServerlessSocial.Drafts;
using ServerlessSocial.Drafts.Scheduling;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Writes a post. Nobody but its author sees it until moderation has looked at it.</summary>
public sealed class CreatePost(IDocumentStore documents, PostReader reader, PostWriter posts, PostCharges charges, DraftPosting drafts, PostScheduling scheduling, Idempotency idempotency)
{
    /// <summary>Write a post, a reply or a quote.</summary>
    /// <remarks>
    /// The answer shows the post as its author sees it: pending, because moderation decides before anyone else sees it. Hashtags and
    /// mentions are taken from the text. A reply to a followers-only post is for followers only; followers-only and limited posts cannot be
    /// quoted. Who may answer and quote a post its author says with it; <c>viewer.canReply</c> and <c>viewer.canQuote</c> tell. With <c>publishAt</c> the answer is 202:
    /// the post is written at that time, and until then it is in <c>GET /me/scheduled</c>. One that is <c>spontaneous</c> says so for good, and is what was typed at that moment.
    /// </remarks>
    [Function(nameof(CreatePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Posts, WhenCarriedOut = true)]
    [RequestBody(typeof(NewPost))]
    [Idempotent]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Post>, Accepted<ScheduledPost>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewPost>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var me = http.Me();
        var (whole, invalid) = request.DraftId is null || request.Spontaneous == true ? PostContent.Read(request, me) : default;
        if (invalid is not null)
        {
            return invalid;
        }

        if (request.PublishAt is { } at)
        {
            var (scheduled, notScheduled) = await idempotency.OnceAsync(
                http, http.Caller()!, request, id => scheduling.ScheduleAsync(http, id, me, request, whole, at, cancellationToken), cancellationToken);
            return scheduled is null ? notScheduled! : TypedResults.Accepted($"/api/me/scheduled/{scheduled.Id}", scheduled);
        }

        var (post, refused) = await idempotency.OnceAsync(
            http,
            http.Caller()!,
            request,
            id => CreateAsync(http, OwnedIds.Make(id, me), me, request, whole, cancellationToken),
            id => ReadAsync(OwnedIds.Make(id, me), me, cancellationToken),
            cancellationToken,
            async id => await documents.FindAsync<PostDocument>(me, OwnedIds.Make(id, me), cancellationToken) is not null);
        return post is null ? refused! : TypedResults.Created($"/api/posts/{post.Id}", post);
    }

    private async Task<Outcome<Post>> CreateAsync(HttpRequest http, string id, string authorId, NewPost request, PostContent? whole, CancellationToken cancellationToken)
    {
        // A repeated request finds what it created before it broke off, whatever has become of the draft, and of the posts it speaks of.
        if ((whole is not null || await documents.FindAsync<PostDocument>(authorId, id, cancellationToken) is null)
            && await drafts.PostAsync(request, whole, authorId, id, content => WriteAsync(http, id, authorId, content, cancellationToken), cancellationToken) is { } refused)
        {
            return refused;
        }

        return await ReadAsync(id, authorId, cancellationToken);
    }

    private async Task<Outcome<Post>> ReadAsync(string id, string authorId, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, new Viewer(authorId, IsModerator: false), Place.Post, cancellationToken) is { } shown ? shown : new Missing("post");

    private ValueTask<Error?> WriteAsync(HttpRequest http, string id, string authorId, PostContent content, CancellationToken cancellationToken) => posts.WriteAsync(
        id, authorId, content, (mentions, answered) => charges.ChargeAsync(http, authorId, mentions, answered, cancellationToken), cancellationToken);
}
