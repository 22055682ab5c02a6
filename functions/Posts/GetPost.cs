using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Shows a post by its address.</summary>
public sealed class GetPost(IDocumentStore documents, PostReader reader)
{
    /// <summary>Get a post.</summary>
    /// <remarks>A post that does not exist and one that the caller may not see give the same answer.</remarks>
    [Function(nameof(GetPost))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "Of one's own post the version, for If-Match of an edit.")]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await reader.ReadAsync(id, viewer, Place.Post, cancellationToken) is not { } post)
        {
            return new Missing("post");
        }

        if (post.Author.Id == viewer.ProfileId && await documents.FindAsync<PostDocument>(post.Author.Id, id, cancellationToken) is { } own)
        {
            EntityTag.Set(http, own.Edition);
        }

        return TypedResults.Ok(post);
    }
}
