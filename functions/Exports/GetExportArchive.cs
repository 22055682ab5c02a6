using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Exports;

/// <summary>Gives out an archive, to whose it is alone.</summary>
public sealed class GetExportArchive(IDocumentStore documents, IMediaStore store, TimeProvider time)
{
    /// <summary>Fetch the archive of one of your exports, whole or in ranges.</summary>
    /// <remarks>It wants your token, like everything of yours: no address leads to it by itself. After its time it is gone: 410.</remarks>
    [Function(nameof(GetExportArchive))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reads)]
    public async Task<Results<ArchiveContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/exports/{id}/archive")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!Ids.IsId(id) || await documents.FindAsync<ExportDocument>(http.Me(), id, cancellationToken) is not { State: ExportState.Done } export)
        {
            return new Missing("archive");
        }

        return export.ExpiresAt > time.GetUtcNow() && await store.OpenLargeAsync(export.BlobName, cancellationToken) is { } blob
            ? new ArchiveContent(export, blob)
            : new ArchiveExpired();
    }
}

/// <summary>The archive was there, and its time is over.</summary>
public sealed record ArchiveExpired() : Error(ErrorKind.Gone, "archive-expired", "The archive is not kept any longer. Ask for another: POST /api/me/export.");
