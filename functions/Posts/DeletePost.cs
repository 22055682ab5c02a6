using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Deletes a post: its text at once, its traces elsewhere by the pipeline.</summary>
public sealed class DeletePost(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Delete one's own post.</summary>
    /// <remarks>The post is gone for everyone at once. Deleting it again gives the same answer.</remarks>
    [Function(nameof(DeletePost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (!OwnedIds.TryParse(id, out var authorId) || authorId != http.Me())
        {
            return new Missing("post");
        }

        var (now, trace) = (time.GetUtcNow(), Activity.Current?.Id);
        var deleted = await documents.UpdateAsync<PostDocument>(authorId, id, post => Delete(post, now, trace), cancellationToken);
        return deleted is null ? new Missing("post") : TypedResults.NoContent();
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
        Moderation = post.Moderation with { Appeal = null, Answered = null, Scores = null },
        WorkSince = now,
        TraceParent = trace,
    };
}
