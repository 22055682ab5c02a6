using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Shows a reply again that was hidden.</summary>
public sealed class UnhideReply(ThreadHiding threads)
{
    /// <summary>Show a reply again that you hid in your thread.</summary>
    /// <remarks>Doing it again changes nothing.</remarks>
    [Function(nameof(UnhideReply))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/hidden-replies/{replyId}")] HttpRequest http, string id, string replyId, CancellationToken cancellationToken) =>
        await threads.SetHiddenAsync(http.Me(), id, replyId, hidden: false, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
