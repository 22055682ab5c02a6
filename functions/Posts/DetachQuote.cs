using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>Detaches a post of the caller's from one that quotes it.</summary>
public sealed class DetachQuote(ThreadHiding threads)
{
    /// <summary>Detach your post from one that quotes it.</summary>
    /// <remarks>The quote stays without it and says so; it cannot be attached again. Doing it again changes nothing.</remarks>
    [Function(nameof(DetachQuote))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "posts/{id}/quotes/{quoteId}")] HttpRequest http, string id, string quoteId, CancellationToken cancellationToken) =>
        await threads.DetachAsync(http.Me(), id, quoteId, cancellationToken) is { } error ? error : TypedResults.NoContent();
}
