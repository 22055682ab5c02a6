using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Exports;

/// <summary>Sees to it that a person has one archive made at a time, a few a day, and by one worker.</summary>
public sealed class ExportTurns(IDocumentStore documents, IOptions<PrivacyOptions> options, TimeProvider time)
{
    /// <summary>How long a run counts as alive without a sign of life.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);

    /// <summary>How long a turn is left to a request that took it and has not written its export yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Takes the turn for an export.</summary>
    /// <returns>Null, or why it cannot be made now.</returns>
    public async ValueTask<Error?> TakeAsync(string ownerId, string exportId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var present = await documents.FindAsync<ExportActivityDocument>(ownerId, ExportActivityDocument.ActivityId, cancellationToken);
        var holder = present?.Current is { } current ? await documents.FindAsync<ExportDocument>(ownerId, current, cancellationToken) : null;
        var taken = await documents.SetAsync<ExportActivityDocument>(
            ownerId, ExportActivityDocument.ActivityId, found => Take(found ?? Blank(ownerId), holder, exportId, now), cancellationToken);
        return taken!.Current == exportId ? null : Refusal(taken, now);
    }

    /// <summary>Takes an export out of the count: the person got nothing for it.</summary>
    public async ValueTask ReturnAsync(ExportDocument export, CancellationToken cancellationToken) =>
        await ChangeAsync(export.OwnerId, found => found with { Recent = [.. found.Recent.Where(id => id != export.Id)], Run = null }, cancellationToken);

    /// <summary>Begins a run. Another one may be alive.</summary>
    /// <returns>The token of the run, or null and when to look again.</returns>
    public async ValueTask<(string? Run, DateTimeOffset Until)> BeginAsync(ExportDocument export, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var run = Ids.New(now);
        var activity = await documents.SetAsync<ExportActivityDocument>(
            export.OwnerId,
            ExportActivityDocument.ActivityId,
            found => found is { Run: not null } && found.Until > now
                ? found
                : (found ?? Blank(export.OwnerId)) with { Current = export.Id, Run = run, Until = now + Alive, Part = null, Files = 0 },
            cancellationToken);
        return (activity!.Run == run ? run : null, activity.Until);
    }

    /// <summary>Gives a sign of life and says how far the run has come.</summary>
    /// <exception cref="RunLostException">Another run has taken over.</exception>
    public async Task NoteAsync(ExportDocument export, string run, string part, int files, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Alive;
        var now = await ChangeAsync(export.OwnerId, found => found.Run == run ? found with { Part = part, Files = files, Until = until } : null, cancellationToken);
        if (now?.Run != run)
        {
            throw new RunLostException();
        }
    }

    /// <summary>Ends a run, so that the next may begin at once.</summary>
    public async Task EndAsync(ExportDocument export, string run) =>
        await ChangeAsync(export.OwnerId, found => found.Run == run ? found with { Run = null } : null, CancellationToken.None);

    private ValueTask<ExportActivityDocument?> ChangeAsync(
        string ownerId, Func<ExportActivityDocument, ExportActivityDocument?> change, CancellationToken cancellationToken) =>
        documents.UpdateAsync(ownerId, ExportActivityDocument.ActivityId, change, cancellationToken);

    private ExportActivityDocument Take(ExportActivityDocument found, ExportDocument? holder, string exportId, DateTimeOffset now)
    {
        var recent = Counted(found, now);
        var busy = found.Current is { } current && current != exportId
            && (holder?.Id == current ? holder.State == ExportState.Queued : now - found.TakenAt < Patience);
        return busy || found.Current == exportId || recent.Count >= options.Value.ExportsPerDay
            ? found
            : found with { Current = exportId, TakenAt = now, Recent = [.. recent, exportId], Run = null, Part = null, Files = 0 };
    }

    private Error Refusal(ExportActivityDocument found, DateTimeOffset now)
    {
        var recent = Counted(found, now);
        return recent.Count >= options.Value.ExportsPerDay && found.Run is null
            ? new ExportQuotaExceeded(options.Value.ExportsPerDay, Ids.TimeOf(recent[0]) + Day, now)
            : new ExportUnderway(found.Current!);
    }

    private static List<string> Counted(ExportActivityDocument found, DateTimeOffset now) => [.. found.Recent.Where(id => Ids.TimeOf(id) + Day > now)];

    private static ExportActivityDocument Blank(string ownerId) => new() { Id = ExportActivityDocument.ActivityId, OwnerId = ownerId };
}
