using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>What a case or a report is about.</summary>
/// <param name="Type">What kind of thing.</param>
/// <param name="Id">Its id; of profiles and accounts, the profile's.</param>
public sealed record CaseSubject(SubjectType Type, string Id);

/// <summary>What somebody said who reported it. Nobody learns who that was.</summary>
/// <param name="Clause">The rule they named.</param>
/// <param name="Details">Their words.</param>
/// <param name="Posts">Posts they pointed to.</param>
/// <param name="Contest">What they say against the answer they got.</param>
/// <param name="At">When they reported it.</param>
public sealed record ReportStatement(Clause Clause, string? Details, IReadOnlyList<string> Posts, string? Contest, DateTimeOffset At);

/// <summary>A moderator's hold on a case.</summary>
/// <param name="Mine">Whether it is the caller's.</param>
/// <param name="Until">When it ends by itself.</param>
public sealed record ClaimState(bool Mine, DateTimeOffset Until);

/// <summary>What was decided in a case last.</summary>
/// <param name="Id">Id of the decision.</param>
/// <param name="Act">What was decided.</param>
/// <param name="Clause">The rule it rests on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="At">When it was decided.</param>
public sealed record CaseVerdict(string Id, ModerationAct Act, Clause? Clause, string? Reason, DateTimeOffset? Until, DateTimeOffset At);

/// <summary>A case as moderators see it. What it is about, and what was said in it, is shown to whoever has claimed it.</summary>
/// <param name="Id">Case id: one for each thing.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Kinds">Why it waits; none when it does not.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Reports">How many people reported it.</param>
/// <param name="Clauses">The rules they named.</param>
/// <param name="Scores">What the classifier found; empty when the check could not finish, or a person decided.</param>
/// <param name="Classifier">Which classifier.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="MoreByOwner">How many further cases of the same owner stand behind it: they take one place in the list.</param>
/// <param name="Claim">Who works on it; left out for nobody.</param>
/// <param name="Decision">What was decided last; left out while no person has decided.</param>
/// <param name="Appeal">What the owner says against the decision.</param>
/// <param name="Statements">What those said who reported it, the first twenty.</param>
/// <param name="Post">The post.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Media">The picture.</param>
[Example("""{ "id": "profile.019a5c2e0000700080000000000000ab", "subject": { "type": "profile", "id": "019a5c2e0000700080000000000000ab" }, "kinds": ["reported"], "reports": 3, "clauses": ["impersonation"], "scores": [], "since": "2026-11-22T10:15:00.000Z", "moreByOwner": 0 }""")]
public sealed record ModerationCase(
    string Id,
    CaseSubject Subject,
    IReadOnlyList<CaseKind> Kinds,
    ProfileCard? Owner,
    long Reports,
    IReadOnlyList<Clause> Clauses,
    IReadOnlyList<HarmScore> Scores,
    string? Classifier,
    DateTimeOffset Since,
    int MoreByOwner,
    ClaimState? Claim,
    CaseVerdict? Decision,
    string? Appeal = null,
    IReadOnlyList<ReportStatement>? Statements = null,
    Post? Post = null,
    CaseProfile? Profile = null,
    Posts.Media? Media = null)
{
    /// <summary>A case without what it is about. Pure.</summary>
    /// <param name="file">The case.</param>
    /// <param name="kind">The list it is shown in; null outside of lists.</param>
    /// <param name="owner">Profile of its owner; null if it is gone.</param>
    /// <param name="more">Further cases of the owner in the list.</param>
    /// <param name="moderatorId">Who looks.</param>
    /// <param name="now">The present.</param>
    public static ModerationCase Of(CaseFileDocument file, CaseKind? kind, ProfileDocument? owner, int more, string moderatorId, DateTimeOffset now)
    {
        List<CaseKind> kinds = [.. CaseRules.KindsOf(file)];
        return new(
            file.Id,
            new(file.SubjectType, file.SubjectId),
            kinds,
            owner is null ? null : ProfilePresenter.Card(owner),
            file.Reports,
            file.Clauses,
            file.Scores ?? [],
            file.Classifier,
            CaseRules.SinceOf(file, kind ?? kinds.FirstOrDefault()),
            more,
            file.Claim is { } claim && claim.Until > now ? new(claim.ModeratorId == moderatorId, claim.Until) : null,
            file.Decision is { } last ? new(last.Id, last.Act, last.Clause, last.Reason, last.Until, last.At) : null);
    }
}
