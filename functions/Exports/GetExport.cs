using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Exports;

/// <summary>Tells how far an export has come.</summary>
public sealed class GetExport(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a client waits between polls, in seconds.</summary>
    internal const string PollSeconds = "1";

    /// <summary>Read one of your exports; until it is finished, ask again after Retry-After seconds.</summary>
    [Function(nameof(GetExport))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    public async Task<Results<Ok<Export>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/exports/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (!Ids.IsId(id) || await documents.FindAsync<ExportDocument>(me, id, cancellationToken) is not { } document)
        {
            return new Missing("export");
        }

        var activity = document.State == ExportState.Queued
            ? await documents.FindAsync<ExportActivityDocument>(me, ExportActivityDocument.ActivityId, cancellationToken)
            : null;
        var export = Export.Of(document, activity, time.GetUtcNow());
        if (export.Status is ExportStatus.Queued or ExportStatus.Running)
        {
            http.HttpContext.Response.Headers.RetryAfter = PollSeconds;
        }

        return TypedResults.Ok(export);
    }
}
