using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Moderation;

/// <summary>Carries out what was decided in a case, answers those who reported it, and keeps its places in the moderators' lists.</summary>
public sealed class SettleCase(IDocumentStore documents, Worker worker, Subjects subjects, ReportAnswers reports, IOptions<ModerationOptions> options)
{
    /// <summary>Runs for a case whose effects differ from its state.</summary>
    [Function(nameof(SettleCase))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(CasePipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<CasePipeline, CaseFileDocument>(CasePipeline.Queue, message, file => SettleAsync(file, cancellationToken), cancellationToken);

    private async Task SettleAsync(CaseFileDocument file, CancellationToken cancellationToken)
    {
        if (file.Decision is { } decision && decision.Id != file.AppliedId)
        {
            await subjects.Of(file.SubjectType).ApplyAsync(file, cancellationToken);
            await reports.AnswerAsync(file, decision, cancellationToken);
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
        await documents.UpdateReadAsync(file, now => now with { AppliedId = file.Decision?.Id ?? now.AppliedId, Listed = places }, cancellationToken);
    }
}
