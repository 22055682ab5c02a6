using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>A document that goes through moderation, by machines and by persons: it says what was decided, and how far that is on record.</summary>
public interface IModerated
{
    /// <summary>Id of the document, which its decisions are filed under.</summary>
    string Id { get; }

    /// <summary>What it is.</summary>
    SubjectType SubjectType { get; }

    /// <summary>Profile of whoever answers for it, and is told.</summary>
    string ResponsibleId { get; }

    /// <summary>It was deleted.</summary>
    bool IsGone { get; }

    /// <summary>What moderation thinks of it.</summary>
    PostModeration Moderation { get; }

    /// <summary>The decision whose statement was written last; behind the present one while that is still to be recorded and told.</summary>
    string? RecordedCaseId { get; }

    /// <summary>Its case says that it waits for a person.</summary>
    bool InReview { get; }

    /// <summary>The last decision of its case that has reached it; null before a person has decided anything.</summary>
    string? DecisionId { get; }

    /// <summary>Whether it waits for a person's decision: held, or appealed.</summary>
    bool NeedsReview { get; }
}

/// <summary>What follows from the state of what is moderated. Pure.</summary>
public static class ModeratedRules
{
    /// <summary>Whether something of it is still to be put on record.</summary>
    public static bool NeedsRecord(this IModerated subject) =>
        subject.Moderation.CaseId != subject.RecordedCaseId || subject.NeedsReview != subject.InReview;

    /// <summary>A machine's decision. What is approved needs no statement: nothing was decided against anyone.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="by">Name of the classifier; null if there was none, or it did not come to an end.</param>
    /// <param name="now">The time.</param>
    public static PostModeration Automatic(ModerationDecision decision, string? by, DateTimeOffset now) => new(decision.Status, decision.Reason, by, now)
    {
        CaseId = decision.Status is ModerationStatus.Approved && decision.Reason is null ? null : Ids.New(now),
        Scores = decision.Scores is [] ? null : decision.Scores,
    };

    /// <summary>
    /// A moderator's decision, which answers the appeal that it knows of. One that came while it was taken waits for somebody who hears it, unless it has got
    /// what it asks for. Null if the decision leaves everything as it is, and nobody need learn that somebody looked.
    /// </summary>
    public static PostModeration? Decided(PostModeration before, CaseDecision decision)
    {
        var status = StatusOf(decision.Act, before.Status);
        var heard = before.Appeal is { } appeal && appeal.Text == decision.Answers ? appeal : null;
        var reason = status != before.Status || (heard is not null && status is ModerationStatus.Removed) ? null : before.Reason;
        return decision.Act == ModerationAct.Keep && status == before.Status && heard is null
            ? null
            : new(status, decision.Reason ?? reason ?? UsualReason(status), PostModeration.Moderator, decision.At)
            {
                CaseId = decision.Id,
                Act = decision.Act,
                Clause = decision.Clause,
                ModeratorId = decision.ModeratorId,
                Appeal = heard is null && status is not ModerationStatus.Approved ? before.Appeal : null,

                // What is decided otherwise is a new decision, and can be appealed as the one before could.
                Answered = heard ?? (status == before.Status ? before.Answered : null),
            };
    }

    /// <summary>Why a decision cannot be appealed; null if nobody has appealed it, and there is something to appeal.</summary>
    public static Error? AppealProblem(PostModeration decision) => decision switch
    {
        { Appeal: not null } => new AppealWaiting(),
        { Answered: not null } => new DecisionFinal(),
        { Status: ModerationStatus.Limited or ModerationStatus.Removed } => null,
        _ => new NothingToAppeal(),
    };

    /// <summary>The decision with an appeal against it; null where there is nothing to appeal, or it has been appealed.</summary>
    public static PostModeration? Appealed(PostModeration decision, PostAppeal appeal) => AppealProblem(decision) is null ? decision with { Appeal = appeal } : null;

    private static ModerationStatus StatusOf(ModerationAct act, ModerationStatus before) => act switch
    {
        ModerationAct.Limit => ModerationStatus.Limited,
        ModerationAct.Remove => ModerationStatus.Removed,
        ModerationAct.Keep when before is not ModerationStatus.Held => before,
        _ => ModerationStatus.Approved,
    };

    /// <summary>What stands in place of a moderator's reason who gave none.</summary>
    internal static string? UsualReason(ModerationStatus status) => status switch
    {
        ModerationStatus.Limited => "Shown with a warning and not recommended: a person looked at it and decided so.",
        ModerationStatus.Removed => "A person looked at it and found that it breaks the rules.",
        _ => null,
    };
}
