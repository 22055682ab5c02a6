using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>
/// Finds profiles by handle. A handle document alone does not make a profile: until the account has decided for it (see
/// <see cref="Registration"/>), nobody is there. Former handles lead to the profile as long as it answers to them.
/// </summary>
public sealed class ProfileFinder(IDocumentStore documents, TimeProvider time)
{
    /// <summary>The profile of that handle, in any case and whoever looks; null if there is none.</summary>
    public async ValueTask<ProfileDocument?> FindAsync(string handle, CancellationToken cancellationToken) =>
        (await LoadAsync(handle, _ => [], cancellationToken))?.Profile;

    /// <summary>The profile of that handle, in any case; null if there is none or it blocks the viewer.</summary>
    public async ValueTask<ProfileDocument?> FindAsync(string handle, Viewer viewer, CancellationToken cancellationToken) =>
        (await FindAndViewAsync(handle, viewer, cancellationToken)).Profile;

    /// <summary>The profile of that handle, and how much of it the viewer sees; null if there is none or it blocks the viewer.</summary>
    public async ValueTask<(ProfileDocument? Profile, ProfileView View)> FindAndViewAsync(string handle, Viewer viewer, CancellationToken cancellationToken)
    {
        if (await LoadAsync(handle, id => Relations(viewer, id), cancellationToken) is not var (profile, loaded))
        {
            return (null, ProfileView.Hidden);
        }

        var view = ProfileRules.ViewOf(viewer.ProfileId is { } me ? loaded.Get<RelationDocument>(me, profile.Id) : null);
        return (view == ProfileView.Hidden ? null : profile, view);
    }

    /// <summary>The profile of a handle together with other documents, in one batch.</summary>
    /// <param name="handle">The handle, in any case.</param>
    /// <param name="others">What else to load, by the profile's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal async ValueTask<(ProfileDocument Profile, DocumentSet Loaded)?> LoadAsync(
        string handle, Func<string, IEnumerable<DocumentKey>> others, CancellationToken cancellationToken)
    {
        if (Handles.Normalize(handle) is not { } name
            || await documents.FindAsync<HandleDocument>(name, name, cancellationToken) is not { IsReserved: false } claim)
        {
            return null;
        }

        var loaded = await documents.ReadManyAsync(
            [
                DocumentKey.Of<ProfileDocument>(claim.ProfileId, claim.ProfileId),
                DocumentKey.Of<AccountDocument>(claim.AccountId, claim.AccountId),
                .. others(claim.ProfileId),
            ],
            cancellationToken);
        return Handles.IsHeld(claim, loaded.Get<AccountDocument>(claim.AccountId, claim.AccountId))
            && loaded.Profile(claim.ProfileId) is { } profile
            && profile.Answers(name, time.GetUtcNow())
            ? (profile, loaded)
            : null;
    }

    private static IEnumerable<DocumentKey> Relations(Viewer viewer, string profileId) =>
        viewer.ProfileId is { } me ? [DocumentKey.Of<RelationDocument>(me, profileId)] : [];
}
