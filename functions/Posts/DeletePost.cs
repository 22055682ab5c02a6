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

        var now = time.GetUtcNow();
        var deleted = await documents.UpdateAsync<PostDocument>(authorId, id, post => Delete(post, now), cancellationToken);
        return deleted is null ? new Missing("post") : TypedResults.NoContent();
    }

    /// <summary>Tags, mentions and pictures stay until the worker has used them to clear up.</summary>
    private static PostDocument? Delete(PostDocument post, DateTimeOffset now) => post.DeletedAt is not null ? null : post with
    {
        DeletedAt = now,
        Text = string.Empty,
        ContentWarning = null,
        WorkSince = now,
        TraceParent = Activity.Current?.Id,
    };
}
