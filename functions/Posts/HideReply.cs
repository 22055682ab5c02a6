using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Hides a reply in a thread of the caller's.</summary>
public sealed class HideReply(ThreadHiding threads)
{
    /// <summary>Hide a reply in a thread that you began.</summary>
    /// <remarks>
    /// Others find it folded there, and whole by its own address; it is not counted any more. Its author and you still see it. Doing it again
    /// changes nothing.
    /// </remarks>
    [Function(nameof(HideReply))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/hidden-replies/{replyId}")] HttpRequest http, string id, string replyId, CancellationToken cancellationToken) =>
        await threads.SetHiddenAsync(http.Me(), id, replyId, hidden: true, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
