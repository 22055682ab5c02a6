using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;
using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Moderation;

/// <summary>Puts a decision on a profile on record, and keeps the names of those who are known here from others.</summary>
public sealed class RecordProfileDecision(IDocumentStore documents, Worker worker, DecisionRecords records, KnownNames names)
{
    /// <summary>Writes what follows from the profile's present state, then says on the profile that it is written.</summary>
    [Function(nameof(RecordProfileDecision))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ProfilePipeline.RecordQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ProfilePipeline, ProfileDocument>(ProfilePipeline.RecordQueue, message, profile => RecordAsync(profile, cancellationToken), cancellationToken);

    private async Task RecordAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        if (profile.NeedsRecord())
        {
            await records.WriteAsync(profile, cancellationToken);
        }

        var keptFor = await names.KeepAsync(profile, cancellationToken);
        var (recorded, inReview) = (profile.Moderation.CaseId, profile.NeedsReview);
        await documents.UpdateAsync<ProfileDocument>(
            profile.Id, profile.Id, now => now with { RecordedCaseId = recorded, InReview = inReview, KnownAs = keptFor }, cancellationToken);
    }
}
