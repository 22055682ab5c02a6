using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Ends the mute of a thread.</summary>
public sealed class UnmuteThread(ThreadMutes threads)
{
    /// <summary>Unmute the thread of a post.</summary>
    /// <remarks>You are told of what happens from now on. Without a mute nothing happens.</remarks>
    [Function(nameof(UnmuteThread))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/mute")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await threads.SetAsync(http.Me(), id, muted: false, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
