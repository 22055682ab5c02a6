using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Plans;

/// <summary>Sets plans: of several words the newest holds, in whatever order and however often they come.</summary>
public sealed class PlanKeeper(IDocumentStore documents)
{
    /// <summary>Takes a word about somebody's plan.</summary>
    /// <returns>The plan as it stands then.</returns>
    public async ValueTask<PlanDocument> SetAsync(PlanWord word, CancellationToken cancellationToken) => (await documents.SetAsync<PlanDocument>(
        word.ProfileId, PlanDocument.PlanId, found => PlanDocument.After(found, word), cancellationToken))!;

    /// <summary>Whether there is such a profile.</summary>
    public async ValueTask<bool> HasProfileAsync(string profileId, CancellationToken cancellationToken) =>
        Ids.IsId(profileId) && await documents.FindAsync<ProfileDocument>(profileId, profileId, cancellationToken) is not null;
}
