using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Profiles;

/// <summary>
/// How profiles are read for somebody: skeleton (handle or ids) -> hydration (one batched load) -> rules (<see cref="ProfileRules"/>) ->
/// presentation.
/// </summary>
public sealed class ProfileReader(IDocumentStore documents, ProfileFinder profiles, TimeProvider time)
{
    /// <summary>The profile of a handle as a viewer sees it; null if there is none or it is hidden from the viewer.</summary>
    /// <param name="handle">The handle, in any case.</param>
    /// <param name="viewerId">Profile of the viewer; null for nobody in particular.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Profile?> ReadAsync(string handle, string? viewerId, CancellationToken cancellationToken) =>
        await profiles.LoadAsync(handle, id => Keys(id, viewerId), cancellationToken) is var (profile, loaded)
            ? Present(profile, viewerId, loaded, evenHidden: false)
            : null;

    /// <summary>The viewer's own profile, as they want it to be seen.</summary>
    public async ValueTask<Profile> ReadOwnAsync(ProfileDocument profile, CancellationToken cancellationToken) => ProfilePresenter.Own(
        profile, await documents.FindAsync<StatsDocument>(profile.Id, StatsDocument.CountersId, cancellationToken));

    /// <summary>Profiles for a list: for each id, in order, the profile, or null where a block stands between it and the viewer.</summary>
    /// <param name="ids">Profile ids.</param>
    /// <param name="viewerId">Profile of the viewer; null for nobody in particular.</param>
    /// <param name="evenHidden">Whether those that a block separates from the viewer come too, in short.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<IReadOnlyList<Profile?>> ReadAsync(IReadOnlyList<string> ids, string? viewerId, bool evenHidden, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var loaded = await documents.ReadManyAsync(
            ids.SelectMany(id => Keys(id, viewerId).Prepend(DocumentKey.Of<ProfileDocument>(id, id))).ToHashSet(), cancellationToken);
        return
        [
            .. ids.Select(id =>
                loaded.Profile(id) is { } profile && (evenHidden || Relation(loaded, viewerId, id) is not { Blocked: true })
                    ? Present(profile, viewerId, loaded, evenHidden)
                    : null),
        ];
    }

    private Profile? Present(ProfileDocument profile, string? viewerId, DocumentSet loaded, bool evenHidden)
    {
        var toThem = Relation(loaded, viewerId, profile.Id);
        var viewer = viewerId is null || viewerId == profile.Id
            ? null
            : ProfilePresenter.Viewer(toThem, loaded.Get<RelationDocument>(profile.Id, viewerId));
        var standing = viewerId == profile.Id ? Standing.Good : loaded.StandingOf(profile.Id, time.GetUtcNow());
        return ProfileRules.ViewOf(toThem) switch
        {
            ProfileView.Hidden when !evenHidden => null,
            _ when standing == Standing.Suspended => ProfilePresenter.Suspended(profile, viewer),
            ProfileView.Hidden or ProfileView.Reduced => ProfilePresenter.Reduced(profile, viewer),
            _ => ProfilePresenter.Full(
                profile, loaded.Get<StatsDocument>(profile.Id, StatsDocument.CountersId), viewer, seesFollowersOnly: profile.Id == viewerId || viewer is { Following: true }),
        };
    }

    private static RelationDocument? Relation(DocumentSet loaded, string? viewerId, string profileId) =>
        viewerId is null ? null : loaded.Get<RelationDocument>(viewerId, profileId);

    private static IEnumerable<DocumentKey> Keys(string profileId, string? viewerId)
    {
        yield return DocumentKey.Of<StatsDocument>(profileId, StatsDocument.CountersId);
        yield return StandingDocument.KeyOf(profileId);
        if (viewerId is not null && viewerId != profileId)
        {
            yield return DocumentKey.Of<RelationDocument>(viewerId, profileId);
            yield return DocumentKey.Of<RelationDocument>(profileId, viewerId);
        }
    }
}
