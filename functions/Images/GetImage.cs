using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Images;

/// <summary>Tells how far an image job has come.</summary>
public sealed class GetImage(IDocumentStore documents, ImageJobReader reader)
{
    /// <summary>How long a client waits between polls, in seconds.</summary>
    internal const string PollSeconds = "1";

    /// <summary>Read one of your image jobs; until it is finished, ask again after Retry-After seconds.</summary>
    [Function(nameof(GetImage))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("Retry-After", "Seconds to wait before asking again; left out when it is finished.")]
    public async Task<Results<Ok<ImageJob>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "images/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (!Ids.IsId(id) || await documents.FindAsync<ImageJobDocument>(http.Me(), id, cancellationToken) is not { } document)
        {
            return new Missing("image");
        }

        var job = (await reader.ShapeAsync([document], cancellationToken))[0];
        if (job.Status is ImageJobStatus.Queued or ImageJobStatus.Running)
        {
            http.HttpContext.Response.Headers.RetryAfter = PollSeconds;
        }

        return TypedResults.Ok(job);
    }
}
