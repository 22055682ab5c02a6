using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Moderation;

/// <summary>
/// Carries out what was decided in a case, answers those who reported it, also when it is gone before anybody decided, and keeps its places in the
/// moderators' lists.
/// </summary>
public sealed class SettleCase(
    IDocumentStore documents, Worker worker, Subjects subjects, ReportAnswers reports, IOptions<ModerationOptions> options, TimeProvider time)
{
    /// <summary>Runs for a case whose effects differ from its state.</summary>
    [Function(nameof(SettleCase))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(CasePipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<CasePipeline, CaseFileDocument>(CasePipeline.Queue, message, file => SettleAsync(file, cancellationToken), cancellationToken);

    private async Task SettleAsync(CaseFileDocument found, CancellationToken cancellationToken)
    {
        if (await ClosingAsync(found, cancellationToken) is not { } file)
        {
            return;
        }

        if (file.Decision is { } decision && decision.Id != file.AppliedId)
        {
            await subjects.Of(file.SubjectType).ApplyAsync(file, cancellationToken);
            await reports.AnswerAsync(file, decision, cancellationToken);
        }

        var closes = CaseRules.IsReportWaiting(file) ? file.ClosedId : null;
        if (closes is not null)
        {
            await reports.CloseAsync(file, closes, cancellationToken);
        }

        var places = CaseRules.PlacesOf(file);
        if (places.Count > 0)
        {
            await documents.UpsertManyAsync([.. places.Select(place => ReviewDocument.Of(place, file.OwnerId, options.Value.ReviewShards))], cancellationToken);
        }

        var left = file.Listed.Except(places).SelectMany(place => ReviewDocument.KeysOf(place, options.Value.ReviewShards)).ToList();
        if (left.Count > 0)
        {
            await documents.DeleteManyAsync(left, cancellationToken);
        }

        // A place that two workers at once leave behind is passed over by whoever reads the list: the case says where it stands.
        await documents.UpdateReadAsync(
            file,
            now => (closes is null ? now : CaseRules.Closed(now, file)) with { AppliedId = file.Decision?.Id ?? now.AppliedId, Listed = places },
            cancellationToken);
    }

    /// <summary>
    /// The case, closed if its subject is gone while somebody waits who reported it; null if the case is gone itself. Whoever deletes closes the case they
    /// find; of one that comes to be at the same moment they do not know.
    /// </summary>
    private async Task<CaseFileDocument?> ClosingAsync(CaseFileDocument file, CancellationToken cancellationToken)
    {
        if (!CaseRules.IsReportWaiting(file) || (!file.Gone && !await subjects.Of(file.SubjectType).IsGoneAsync(file.SubjectId, cancellationToken)))
        {
            return file;
        }

        // Written before it is told, so that whoever repeats this tells the same thing again.
        var closedId = Ids.New(time);
        return await documents.UpdateReadAsync(file, now => now with { Gone = true, ClosedId = now.ClosedId ?? closedId }, cancellationToken);
    }
}
