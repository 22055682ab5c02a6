using System.Diagnostics;
using ServerlessSocial.Drafts;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Deletes a post: its text at once, its traces elsewhere by the pipeline.</summary>
public sealed class DeletePost(IDocumentStore documents, DraftStore drafts, TimeProvider time)
{
    /// <summary>Delete one's own post.</summary>
    /// <remarks>
    /// The post is gone for everyone at once. Deleting it again gives the same answer. With <c>redraft=true</c> the answer is 200 and a draft that holds what the post
    /// held, its pictures with it, to be written anew; reactions and replies stay behind.
    /// </remarks>
    [Function(nameof(DeletePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [QueryParameter("redraft", "Whether to keep what it holds as a draft: true or false, the default.", Values = ["true", "false"])]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Ok<Draft>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var redraft = http.Query.TryGetValue("redraft", out var value) ? value.ToString() : "false";
        if (redraft is not ("true" or "false"))
        {
            return new InvalidFields("redraft", "true or false.");
        }

        if (!OwnedIds.TryParse(id, out var authorId) || authorId != http.Me()
            || await documents.FindAsync<PostDocument>(authorId, id, cancellationToken) is not { } post)
        {
            return new Missing("post");
        }

        var draft = redraft == "true" ? await drafts.OfPostAsync(post, cancellationToken) : default;
        if (draft.Error is not null)
        {
            return draft.Error;
        }

        var (now, trace) = (time.GetUtcNow(), Activity.Current?.Id);
        await documents.UpdateReadAsync(post, found => Delete(found, now, trace), cancellationToken);
        return draft.Value is null ? TypedResults.NoContent() : TypedResults.Ok((await drafts.ShapeAsync([draft.Value], cancellationToken))[0]!);
    }

    /// <summary>
    /// The post as it is once deleted; null if it is already. Tags, mentions, pictures and the posts it speaks of stay until the worker has
    /// used them to clear up.
    /// </summary>
    internal static PostDocument? Delete(PostDocument post, DateTimeOffset now, string? trace) => post.DeletedAt is not null ? null : post with
    {
        DeletedAt = now,
        Text = string.Empty,
        ContentWarning = null,
        Poll = null,
        Edit = null,
        Moderation = post.Moderation with { Appeal = null, Answered = null, Scores = null },
        WorkSince = now,
        TraceParent = trace,
    };
}
