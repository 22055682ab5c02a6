using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Mutes a thread.</summary>
public sealed class MuteThread(ThreadMutes threads)
{
    /// <summary>Mute the thread of a post: be told no more of what happens in it.</summary>
    /// <remarks>
    /// Neither of replies, mentions and quotes in it, nor of likes and boosts of your posts in it, also of those still to come. What you were told before stays, and the
    /// posts are shown as ever. Any post of the thread stands for it; <c>viewer.muted</c> tells. Nobody learns of it. Of more than 500 muted threads
    /// the mute set first ends.
    /// </remarks>
    [Function(nameof(MuteThread))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "posts/{id}/mute")] HttpRequest http, string id, CancellationToken cancellationToken) =>
        await threads.SetAsync(http.Me(), id, muted: true, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
