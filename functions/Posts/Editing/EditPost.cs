using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts.Editing;

/// <summary>Edits a post.</summary>
public sealed class EditPost(IDocumentStore documents, PostReader reader, PostWriter posts, PostCharges charges, TimeProvider time)
{
    /// <summary>Edit your post.</summary>
    /// <remarks>
    /// Moderation looks at it anew; until it has approved the edit everybody sees the post as it was, and you find the edit in <c>pendingEdit</c>. What it does not approve
    /// is refused with the reason, and the post stands. What the post said before is in <c>GET /posts/{id}/history</c>. An edit while another waits is one more on top of
    /// that. A post can be edited 50 times, edits that are refused among them; mentions of people who do not follow you count as in a new post.
    /// </remarks>
    [Function(nameof(EditPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Posts)]
    [RequestBody(typeof(PostChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict, ErrorKind.TooManyRequests)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<PostChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var (me, charged, noted) = (http.Me(), false, (PostDocument?)null);
        while (true)
        {
            if (!OwnedIds.TryParse(id, out var authorId) || authorId != me
                || await documents.FindAsync<PostDocument>(me, id, cancellationToken) is not { DeletedAt: null } post)
            {
                // It was deleted between the notes and the edit: nothing leads to them any more.
                await documents.DeleteManyAsync(noted is null ? [] : [.. PostReferences.KeysOf(noted)], cancellationToken);
                return new Missing("post");
            }

            var (edit, invalid) = changes!.ApplyTo(post, time.GetUtcNow());
            if ((EntityTag.Check(http, post.Edition) ?? invalid ?? Refusal(post)) is { } refused)
            {
                return refused;
            }

            edit = edit with { Mentions = await posts.MentionsAsync(edit.Text, cancellationToken) };
            var asked = PostEditing.Asked(post, edit);
            if (!charged && await charges.ChargeMentionsAsync(http, me, NewIn(asked, post), post.ReplyTo, cancellationToken) is { } tooMany)
            {
                return tooMany;
            }

            charged = true;
            if (await WriteAsync(post, noted = asked, cancellationToken) is { } written)
            {
                EntityTag.Set(http, written.Edition);
                return await reader.ReadAsync(id, Viewer.Of(http), Place.Post, cancellationToken) is { } shown ? TypedResults.Ok(shown) : new Missing("post");
            }

            // A worker was faster, which is no edit made elsewhere: that the version tells.
        }
    }

    /// <summary>Writes what changed, if anything did; null if somebody was faster. First the notes of whom it names: their accounts may be deleted one day.</summary>
    private async ValueTask<PostDocument?> WriteAsync(PostDocument post, PostDocument asked, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(asked, post))
        {
            return post;
        }

        if (PostReferences.Of(asked) is { Count: > 0 } notes)
        {
            await documents.UpsertManyAsync(notes, cancellationToken);
        }

        return (await documents.ReplaceAsync(asked, cancellationToken)).NotThrottled() is { IsDone: true, Document: { } written } ? written : null;
    }

    /// <summary>Whom neither the post nor an edit of it mentioned before.</summary>
    private static List<PostMention> NewIn(PostDocument asked, PostDocument post)
    {
        var known = PostReferences.NamedIn(post).ToHashSet(StringComparer.Ordinal);
        return [.. (asked.Edit?.Mentions ?? asked.Mentions).Where(mention => !known.Contains(mention.ProfileId))];
    }

    private static Error? Refusal(PostDocument post) =>
        post.Moderation.Appeal is not null || (post.Moderation.Status != ModerationStatus.Pending && !post.IsVisible) ? new NotEditable()
        : post.Spontaneous ? new StaysAsItIs()
        : post.Edition >= PostEditing.MostEdits ? new TooManyEdits()
        : null;
}
