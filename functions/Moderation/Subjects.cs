using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>What a case is about, as its moderator is shown it; null for what it is not about, or what is gone.</summary>
/// <param name="Post">The post.</param>
/// <param name="Profile">The profile, or the one whose account it is.</param>
/// <param name="Media">The picture.</param>
public readonly record struct CaseContent(Post? Post = null, CaseProfile? Profile = null, Posts.Media? Media = null);

/// <summary>A profile as the moderator of its case, or of its account's, sees it.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Unique name.</param>
/// <param name="Edition">Which state of it this is: to be sent with a decision on it.</param>
/// <param name="Moderation">Where it stands.</param>
/// <param name="Shown">What others see.</param>
/// <param name="Wanted">What its owner wants to be seen, if that waits for a person; else what others see, since a report is about nothing more.</param>
public sealed record CaseProfile(string Id, string Handle, long Edition, ModerationState Moderation, ProfileContent Shown, ProfileContent Wanted)
{
    /// <summary>Shapes a profile.</summary>
    public static CaseProfile Of(ProfileDocument profile) => new(
        profile.Id, profile.Handle, profile.Edition, ModerationState.Of(profile.Moderation.Status, profile.Moderation.Reason), profile.Shown, profile.NeedsReview ? profile.Newest : profile.Shown);
}

/// <summary>What moderation needs to know of one kind of thing: who sees it, what can be decided about it, and how that is carried out.</summary>
public interface ISubject
{
    /// <summary>Which kind.</summary>
    SubjectType Type { get; }

    /// <summary>What can be decided about it.</summary>
    IReadOnlyCollection<ModerationAct> Acts { get; }

    /// <summary>
    /// Whether a viewer sees it as anybody does, whatever blocks stand between them: what people can report, and what moderators can act upon
    /// of their own accord. Whoever blocks a tormentor, or is blocked by one, can still report them.
    /// </summary>
    ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Whether it was deleted, so that there is nothing to decide about it any more.</summary>
    ValueTask<bool> IsGoneAsync(string id, CancellationToken cancellationToken);

    /// <summary>Which state of it this is, where it changes; null for what stays as it was made, and for what is gone.</summary>
    ValueTask<long?> EditionAsync(string id, CancellationToken cancellationToken) => new((long?)null);

    /// <summary>A case as its subject stands at this moment, which the case learns of a little later.</summary>
    ValueTask<CaseFileDocument> AsOfNowAsync(CaseFileDocument file, CancellationToken cancellationToken) => new(file);

    /// <summary>Whether nobody has looked at it yet although it is shown, so that a moderator can do so without a case.</summary>
    ValueTask<bool> IsInDoubtAsync(string id, CancellationToken cancellationToken) => new(false);

    /// <summary>Sees to it that a decision is about what the moderator looked at.</summary>
    /// <returns>The decision to be taken, or why it is not.</returns>
    ValueTask<Outcome<CaseDecision>> PrepareAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken) => new(decision);

    /// <summary>Carries out the case's decision and has its owner told of it. Any number of times; what a newer decision did stays.</summary>
    Task ApplyAsync(CaseFileDocument file, CancellationToken cancellationToken);

    /// <summary>What the case's moderator is shown of it.</summary>
    ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken);
}

/// <summary>The kinds of things there are.</summary>
public sealed class Subjects(IEnumerable<ISubject> all)
{
    private readonly Dictionary<SubjectType, ISubject> byType = all.ToDictionary(subject => subject.Type);

    /// <summary>What moderation needs to know of a kind.</summary>
    public ISubject Of(SubjectType type) => byType[type];
}
