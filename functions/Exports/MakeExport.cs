using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports;

/// <summary>
/// Makes the archive of an export. It flows from the documents through the packer into the store, and no more of it is in memory than some
/// megabytes, however large it is. A run that dies leaves nothing, and the next one begins anew.
/// </summary>
public sealed class MakeExport(
    IDocumentStore documents,
    IMediaStore store,
    Worker worker,
    Dispatcher dispatcher,
    ExportTurns turns,
    ExportArchive archive,
    IOptions<PrivacyOptions> options,
    TimeProvider time)
{
    /// <summary>How long a finished export is remembered after its archive is gone.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>Runs for each export.</summary>
    [Function(nameof(MakeExport))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ExportPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ExportPipeline, ExportDocument>(ExportPipeline.Queue, message, export => MakeAsync(export, message, cancellationToken), cancellationToken);

    private async Task MakeAsync(ExportDocument export, WorkMessage message, CancellationToken cancellationToken)
    {
        var (run, until) = await turns.BeginAsync(export, cancellationToken);
        if (run is null)
        {
            // Another worker is at it, or died at it: look again when its run would have ended.
            await dispatcher.SendLaterAsync(ExportPipeline.Queue, message, until, cancellationToken);
            return;
        }

        try
        {
            await worker.FinishAsync(await MakeAsync(export, run, cancellationToken), cancellationToken);
        }
        finally
        {
            await turns.EndAsync(export, run);
        }
    }

    private async Task<ExportDocument> MakeAsync(ExportDocument export, string run, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ProfileDocument>(export.OwnerId, export.OwnerId, cancellationToken) is not { DeletedAt: null } profile)
        {
            return export with { State = ExportState.Failed, Reason = "The account was deleted.", FinishedAt = time.GetUtcNow() };
        }

        // The note that somebody must remove it, then the bytes, then the word that they are there.
        var retention = options.Value.ExportRetention;
        await documents.UpsertManyAsync([export.NoteOf(retention)], cancellationToken);
        if (await LengthAsync(export, cancellationToken) is not { } length)
        {
            await WriteAsync(export, profile, run, cancellationToken);
            length = await LengthAsync(export, cancellationToken) ?? throw new IOException($"The archive of export {export.Id} is not there.");
        }

        var now = time.GetUtcNow();
        return export with
        {
            State = ExportState.Done,
            Bytes = length,
            FinishedAt = now,
            ExpiresAt = now + retention,
            Ttl = (int)(retention + Memory).TotalSeconds,
        };
    }

    private async Task<long?> LengthAsync(ExportDocument export, CancellationToken cancellationToken)
    {
        await using var blob = await store.OpenLargeAsync(export.BlobName, cancellationToken);
        return blob?.Length;
    }

    private async Task WriteAsync(ExportDocument export, ProfileDocument profile, string run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
        var packing = PackAsync(export, profile, run, pipe.Writer, stop.Token);
        try
        {
            await using var content = pipe.Reader.AsStream();
            await store.WriteAsync(export.BlobName, content, ArchiveContent.ContentType, cancellationToken);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            // If the store stopped reading, nobody waits for room in the pipe any more.
            await pipe.Reader.CompleteAsync();
            await packing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await packing;
    }

    /// <summary>Whatever goes wrong here the store learns, and then it keeps nothing.</summary>
    private async Task PackAsync(ExportDocument export, ProfileDocument profile, string run, PipeWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await archive.WriteAsync(export, profile, writer.AsStream(leaveOpen: true), (part, files) => turns.NoteAsync(export, run, part, files, cancellationToken), cancellationToken);
            await writer.CompleteAsync();
        }
        catch (Exception exception)
        {
            await writer.CompleteAsync(exception);
            throw;
        }
    }
}
