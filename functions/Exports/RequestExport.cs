using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Exports;

/// <summary>Takes a wish for an archive; a worker makes it.</summary>
public sealed class RequestExport(IDocumentStore documents, ExportTurns turns, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Ask for an archive of everything that is yours; poll the Location for it.</summary>
    /// <remarks>
    /// A ZIP file that can be read without this service: actor, outbox, likes and bookmarks in the manner of Mastodon's archive, your pictures,
    /// lists as CSV, and what those leave out: settings, moderation decisions, image jobs, notifications. One is made at a time, and a few a day.
    /// </remarks>
    [Function(nameof(RequestExport))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Changes)]
    [Idempotent]
    [Answers(ErrorKind.Conflict, ErrorKind.TooManyRequests)]
    public async Task<Results<Accepted<Export>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/export")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var origin = $"{http.Scheme}://{http.Host}";
        var (export, error) = await idempotency.OnceAsync<Export>(
            http, http.Caller()!, nameof(RequestExport), id => CreateAsync(id, me, origin, cancellationToken), id => ReadAsync(id, me, cancellationToken), cancellationToken);
        if (error is not null)
        {
            return error;
        }

        http.HttpContext.Response.Headers.RetryAfter = GetExport.PollSeconds;
        return TypedResults.Accepted($"/api/me/exports/{export!.Id}", export);
    }

    private async Task<Outcome<Export>> ReadAsync(string id, string ownerId, CancellationToken cancellationToken) =>
        await documents.FindAsync<ExportDocument>(ownerId, id, cancellationToken) is { } export ? Export.Of(export, null, time.GetUtcNow()) : new Missing("export");

    private async Task<Outcome<Export>> CreateAsync(string id, string ownerId, string origin, CancellationToken cancellationToken)
    {
        if (await turns.TakeAsync(ownerId, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var export = new ExportDocument { Id = id, OwnerId = ownerId, Origin = origin, WorkSince = now, TraceParent = Activity.Current?.Id };

        // A conflict is this very export, asked for before by a request that did not live to answer.
        (await documents.CreateAsync(export, cancellationToken)).NotThrottled();
        return Export.Of(export, null, now);
    }
}
