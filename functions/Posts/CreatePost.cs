using System.Diagnostics;
using ServerlessSocial.Drafts;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Writes a post. Nobody but its author sees it until moderation has looked at it.</summary>
public sealed class CreatePost(IDocumentStore documents, PostReader reader, PostMediaBinder pictures, PostCharges charges, DraftPosting drafts, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Write a post, a reply or a quote.</summary>
    /// <remarks>
    /// The answer shows the post as its author sees it: pending, because moderation decides before anyone else sees it. Hashtags and
    /// mentions are taken from the text. A reply to a followers-only post is for followers only; followers-only and limited posts cannot be
    /// quoted. Who may answer and quote a post its author says with it; <c>viewer.canReply</c> and <c>viewer.canQuote</c> tell.
    /// </remarks>
    [Function(nameof(CreatePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Posts, WhenCarriedOut = true)]
    [RequestBody(typeof(NewPost))]
    [Idempotent]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewPost>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var me = http.Me();
        if (request.DraftId is null && PostContent.Read(request, me).Error is { } invalid)
        {
            return invalid;
        }

        var (post, refused) = await idempotency.OnceAsync(
            http, http.Caller()!, request, id => CreateAsync(http, OwnedIds.Make(id, me), me, request, cancellationToken), cancellationToken);
        return post is null ? refused! : TypedResults.Created($"/api/posts/{post.Id}", post);
    }

    private async Task<Outcome<Post>> CreateAsync(HttpRequest http, string id, string authorId, NewPost request, CancellationToken cancellationToken)
    {
        if (request.DraftId is null)
        {
            return await WriteAsync(http, id, authorId, PostContent.Read(request, authorId).Content, cancellationToken);
        }

        // A repeated request finds the post, and no draft any more.
        var author = new Viewer(authorId, IsModerator: false);
        if (await documents.FindAsync<PostDocument>(authorId, id, cancellationToken) is not null)
        {
            return await reader.ReadAsync(id, author, Place.Post, cancellationToken) is { } there ? there : new Missing("post");
        }

        var (draft, notThere) = await drafts.ClaimAsync(authorId, request.DraftId, id, cancellationToken);
        if (draft is null)
        {
            return notThere!;
        }

        var (content, invalid) = PostContent.Read(draft.Content.FillIn(request), authorId);
        var outcome = invalid is null ? await WriteAsync(http, id, authorId, content, cancellationToken) : invalid;
        await drafts.EndAsync(draft, posted: outcome.Error is null, cancellationToken);
        return outcome;
    }

    private async Task<Outcome<Post>> WriteAsync(HttpRequest http, string id, string authorId, PostContent content, CancellationToken cancellationToken)
    {
        var author = new Viewer(authorId, IsModerator: false);
        var loaded = await documents.ReadManyAsync(
            [DocumentKey.Of<PostDocument>(authorId, id), .. content.Found.Mentions.Select(handle => DocumentKey.Of<HandleDocument>(handle, handle))], cancellationToken);

        // A repeated request finds what it created before it broke off, whatever has become of the posts it speaks of.
        if (loaded.Get<PostDocument>(authorId, id) is null)
        {
            var answered = await reader.FindAsync(content.ReplyTo, author, Place.Post, cancellationToken);
            var quoted = await reader.FindAsync(content.Quote, author, Place.Post, cancellationToken);
            var (mayAnswer, mayQuote) = await reader.MayAsync(answered, quoted, author, cancellationToken);
            if (Refusal(content, answered, quoted, mayAnswer, mayQuote) is { } refusal)
            {
                return refusal;
            }

            if (await charges.ChargeAsync(http, authorId, MentionsIn(content, loaded), answered, cancellationToken) is { } limited)
            {
                return limited;
            }

            var (media, notFree) = await pictures.BindAsync(id, content.MediaIds, cancellationToken);
            if (notFree is not null)
            {
                return notFree;
            }

            // First the notes of whom it names: their accounts may be deleted one day.
            var post = Compose(id, authorId, content, answered, media, loaded);
            if (PostReferences.Of(post) is { Count: > 0 } notes)
            {
                await documents.UpsertManyAsync(notes, cancellationToken);
            }

            // A conflict means that the same request was faster elsewhere.
            if ((await documents.CreateAsync(post, cancellationToken)).NotThrottled() is { Document: { } written })
            {
                PostMetrics.Written(written);
            }
        }

        return await reader.ReadAsync(id, author, Place.Post, cancellationToken) is { } shown ? shown : new Missing("post");
    }

    private static Error? Refusal(PostContent content, PostDocument? answered, PostDocument? quoted, bool mayAnswer, bool mayQuote) =>
        new Validation()
            .Require(content.ReplyTo is null || answered is not null, "replyTo", "There is no such post.")
            .Require(content.Quote is null || quoted is not null, "quote", "There is no such post.")
            .Error
        ?? (!mayAnswer ? new NotAnswerable() : !mayQuote ? new NotQuotable() : null);

    private PostDocument Compose(
        string id, string authorId, PostContent content, PostDocument? answered, IReadOnlyList<PostMedia> media, DocumentSet handles) => new()
        {
            Id = id,
            AuthorId = authorId,
            Text = content.Text,
            Media = media,
            ReplyTo = answered?.Id,
            RootId = answered?.RootId ?? id,
            Quote = content.Quote,
            Visibility = answered is { Visibility: PostVisibility.Followers } ? PostVisibility.Followers : content.Visibility,
            ContentWarning = content.ContentWarning,
            Language = content.Language,
            ReplyPolicy = content.ReplyPolicy,
            QuotePolicy = content.QuotePolicy,
            Tags = content.Found.Tags,
            Mentions = MentionsIn(content, handles),
            Moderation = new(ModerationStatus.Pending, null, null, null),
            CreatedAt = OwnedIds.TimeOf(id),
            WorkSince = time.GetUtcNow(),
            TraceParent = Activity.Current?.Id,
        };

    private static IReadOnlyList<PostMention> MentionsIn(PostContent content, DocumentSet handles) =>
        [.. content.Found.Mentions
            .Select(handle => handles.Get<HandleDocument>(handle, handle))
            .OfType<HandleDocument>()
            .Where(handle => !handle.IsReserved)
            .Select(handle => new PostMention(handle.Id, handle.ProfileId))];
}
