using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>What profiles show, and are to show, as moderation sees it.</summary>
public sealed class ProfileSubject(IDocumentStore documents, DecisionRecords records) : ModeratedSubject<ProfileDocument>(documents, records)
{
    private readonly IDocumentStore documents = documents;

    /// <inheritdoc/>
    public override SubjectType Type => SubjectType.Profile;

    /// <inheritdoc/>
    public override IReadOnlyCollection<ModerationAct> Acts { get; } = [ModerationAct.Keep, ModerationAct.Remove, ModerationAct.Restore];

    /// <inheritdoc/>
    public override async ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken) =>
        await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is { DeletedAt: null };

    /// <inheritdoc/>
    public override async ValueTask<long?> EditionAsync(string id, CancellationToken cancellationToken) =>
        (await documents.FindAsync<ProfileDocument>(id, id, cancellationToken))?.Edition;

    /// <summary>A profile changes: what was kept back is released only as the moderator looked at it.</summary>
    public override async ValueTask<Outcome<CaseDecision>> PrepareAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ProfileDocument>(file.SubjectId, file.SubjectId, cancellationToken) is not { DeletedAt: null } profile)
        {
            return new Missing("case");
        }

        var releases = profile.Pending is not null
            && (decision.Act == ModerationAct.Restore || (decision.Act == ModerationAct.Keep && profile.Moderation.Status == ModerationStatus.Held));
        return decision.Edition is { } edition && edition != profile.Edition ? new ProfileChanged()
            : releases && decision.Edition is null ? new InvalidFields("edition", "Say which edition of the profile you looked at.")
            : decision with { Edition = profile.Edition };
    }

    /// <inheritdoc/>
    public override async ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken) =>
        new(Profile: await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is { } profile ? CaseProfile.Of(profile) : null);

    /// <inheritdoc/>
    protected override ProfileDocument Decided(ProfileDocument subject, CaseDecision decision) => Under(subject, decision) with
    {
        DecisionId = decision.Id,
        WorkSince = decision.At,
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>What the owner changed meanwhile is a matter of its own, unless everything is to go.</summary>
    private static ProfileDocument Under(ProfileDocument profile, CaseDecision decision)
    {
        var clears = decision is { Act: ModerationAct.Remove, All: true };
        return (!clears && decision.Edition != profile.Edition) || ModeratedRules.Decided(profile.Moderation, decision) is not { } moderation ? profile
            : (clears && !profile.Shown.Equals(ProfileContent.Neutral(profile.Handle)) ? profile.Cleared() : profile).Under(moderation);
    }
}
