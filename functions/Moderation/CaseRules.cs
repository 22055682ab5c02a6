using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Why moderators have to look at something: the lists they have.</summary>
public enum CaseKind
{
    /// <summary>It waits for a person before others see it.</summary>
    Held,

    /// <summary>Somebody reported it.</summary>
    Reported,

    /// <summary>Its owner appealed a decision, or somebody who reported it contests the answer.</summary>
    Appealed,
}

/// <summary>What may happen in a case. Pure.</summary>
public static class CaseRules
{
    /// <summary>How long a claim keeps others away.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>The lists it belongs to.</summary>
    public static IEnumerable<CaseKind> KindsOf(CaseFileDocument file)
    {
        if (file.Gone)
        {
            yield break;
        }

        if (file.HeldSince is not null)
        {
            yield return CaseKind.Held;
        }

        if (IsReported(file))
        {
            yield return CaseKind.Reported;
        }

        if (file.Appeal is not null || IsContested(file))
        {
            yield return CaseKind.Appealed;
        }
    }

    /// <summary>Whether moderators have something to decide.</summary>
    public static bool IsOpen(CaseFileDocument file) => KindsOf(file).Any();

    /// <summary>Whether somebody who reported it waits for an answer, or for another one.</summary>
    public static bool IsReportWaiting(CaseFileDocument file) => IsReported(file) || IsContested(file);

    /// <summary>Since when it waits in a list.</summary>
    public static DateTimeOffset SinceOf(CaseFileDocument file, CaseKind kind) => kind switch
    {
        CaseKind.Held => file.HeldSince,
        CaseKind.Reported => file.ReportedSince,
        CaseKind.Appealed => file.Appeal?.At ?? file.ContestedSince,
        _ => null,
    } ?? file.WorkSince;

    /// <summary>Its places in the lists: for each, the list's name and behind it where in the list it stands.</summary>
    public static IReadOnlyList<string> PlacesOf(CaseFileDocument file) =>
        [.. KindsOf(file).Select(kind => $"{ReviewDocument.NameOf(kind)}/{Urgency.KeyOf(file, kind)}")];

    /// <summary>Why a moderator may not work on it; null if nothing speaks against it.</summary>
    /// <param name="file">The case.</param>
    /// <param name="moderator">The moderator.</param>
    /// <param name="now">The present.</param>
    /// <param name="decision">What they want to decide; null for whatever it might be.</param>
    public static Error? Refusal(CaseFileDocument file, CaseModerator moderator, DateTimeOffset now, CaseDecision? decision = null) =>
        file.OwnerId == moderator.ProfileId ? new OwnCase()
        : file.ReporterAccounts.Contains(moderator.Account) ? new OwnReport()
        : KindsOf(file).Contains(CaseKind.Appealed) && HasDecided(file, moderator) && !(decision is not null && HearsNoAppeal(file, moderator, decision)) ? new HeardBefore()
        : file.Claim is { } claim && claim.ModeratorId != moderator.ProfileId && claim.Until > now ? new CaseTaken(claim.Until)
        : null;

    /// <summary>Whether a moderator has decided in it before, with this profile or another one.</summary>
    public static bool HasDecided(CaseFileDocument file, CaseModerator moderator) =>
        file.Deciders.Contains(moderator.ProfileId) || file.DeciderAccounts.Contains(moderator.Account);

    /// <summary>Whether a decision is a sanction for something else than what an appeal is about: the appeal waits for its answer still.</summary>
    public static bool IsSanction(CaseFileDocument file, CaseDecision decision) =>
        file.SubjectType == SubjectType.Account && decision.Act is ModerationAct.Warn or ModerationAct.Limit or ModerationAct.Suspend;

    /// <summary>
    /// Whether a moderator's decision was made milder by whoever heard the appeal, and they are about to hold back the same thing again. An account is not the
    /// same thing for ever: what it does next is another matter.
    /// </summary>
    public static bool IsOverturned(CaseFileDocument file, CaseModerator moderator, CaseDecision decision) =>
        file.SubjectType != SubjectType.Account
        && SeverityOf(decision.Act) > 0
        && file.Overturned.Any(by => by.Edition == decision.Edition && (by.ModeratorId == moderator.ProfileId || by.Account == moderator.Account));

    /// <summary>What whoever decided before may do while an appeal waits: lay a sanction for something else, and take back what they decided last themselves.</summary>
    private static bool HearsNoAppeal(CaseFileDocument file, CaseModerator moderator, CaseDecision decision) =>
        IsSanction(file, decision)
        || (decision.Act == ModerationAct.Restore && file.Appeal is not null && !IsContested(file) && file.Decision is { } last && IsOf(last, moderator));

    private static bool IsReported(CaseFileDocument file) => file.Reports > file.ReportsAnswered;

    private static bool IsContested(CaseFileDocument file) => file.Contests > file.ContestsAnswered;

    private static bool IsOf(CaseDecision decision, CaseModerator moderator) => decision.ModeratorId == moderator.ProfileId || decision.Account == moderator.Account;

    private static int SeverityOf(ModerationAct act) => act switch
    {
        ModerationAct.Remove or ModerationAct.Suspend => 2,
        ModerationAct.Limit or ModerationAct.Warn => 1,
        _ => 0,
    };

    /// <summary>Who is overturned by a decision on an appeal that is milder than the one before; null for nobody.</summary>
    private static OverturnedDecider? OverturnedBy(CaseFileDocument file, CaseDecision decision, CaseModerator moderator) =>
        file is { Appeal: not null, Decision: { } last } && decision.Act != ModerationAct.Keep && SeverityOf(decision.Act) < SeverityOf(last.Act)
        && last.Edition == decision.Edition && !IsOf(last, moderator)
            ? new(last.ModeratorId, last.Account, last.Edition)
            : null;

    /// <summary>Whether a moderator may look at what it is about: it is open and theirs.</summary>
    public static bool MayLook(CaseFileDocument file, CaseModerator moderator, DateTimeOffset now) =>
        file.Claim is { } claim && claim.ModeratorId == moderator.ProfileId && claim.Until > now && IsOpen(file) && Refusal(file, moderator, now) is null;

    /// <summary>The case with a decision: everything that waited is answered, except an appeal by a sanction for something else.</summary>
    public static CaseFileDocument Decided(CaseFileDocument file, CaseDecision decision, CaseModerator moderator) => file with
    {
        Decision = decision with
        {
            Answers = IsSanction(file, decision) ? null : file.Appeal?.Text,
            Account = moderator.Account,
            Again = HasDecided(file, moderator),

            // What people report, and what a moderator finds, is what is shown; what is held or appealed is what is not.
            All = file.SubjectType == SubjectType.Profile ? decision.All ?? (IsReported(file) || !IsOpen(file)) : null,
        },
        Deciders = file.Deciders.Contains(moderator.ProfileId) ? file.Deciders : [.. file.Deciders, moderator.ProfileId],
        DeciderAccounts = file.DeciderAccounts.Contains(moderator.Account) ? file.DeciderAccounts : [.. file.DeciderAccounts, moderator.Account],
        HeldSince = null,
        Appeal = IsSanction(file, decision) ? file.Appeal : null,
        SanctionedMeanwhile = IsSanction(file, decision) ? file.Appeal is not null : file.SanctionedMeanwhile && decision.Act == ModerationAct.Keep,
        Overturned = OverturnedBy(file, decision, moderator) is { } overturned && !file.Overturned.Contains(overturned) ? [.. file.Overturned, overturned] : file.Overturned,
        ReportsAnswered = file.Reports,
        ReportedSince = null,
        ContestsAnswered = file.Contests,
        ContestedSince = null,
        Claim = null,
        WorkSince = decision.At,
    };

    /// <summary>The case of what is gone once those who reported it were told: who reports it later waits anew.</summary>
    /// <param name="file">The case as it is now.</param>
    /// <param name="told">The case as it was when they were told.</param>
    public static CaseFileDocument Closed(CaseFileDocument file, CaseFileDocument told) => file with
    {
        ReportsAnswered = Math.Max(file.ReportsAnswered, told.Reports),
        ReportedSince = file.Reports > told.Reports ? file.ReportedSince : null,
        ContestsAnswered = Math.Max(file.ContestsAnswered, told.Contests),
        ContestedSince = file.Contests > told.Contests ? file.ContestedSince : null,
    };

    /// <summary>Whether a decision says what stands already, so that nothing is to be written.</summary>
    public static bool IsRepeated(CaseFileDocument file, CaseDecision decision) =>
        (!IsOpen(file) || IsSanction(file, decision))
        && file.Decision is { } last
        && last.Act == decision.Act
        && last.Until == decision.Until
        && last.Edition == decision.Edition
        && (decision.All is null || decision.All == last.All)
        && (decision.Reason is null || decision.Reason == last.Reason)
        && (decision.Clause is null || decision.Clause == last.Clause);

    /// <summary>
    /// The case as its subject stands: held, appealed, or gone. One that a decision of this case has yet to reach says nothing new.
    /// </summary>
    public static CaseFileDocument Synced(CaseFileDocument file, IModerated subject)
    {
        var moderation = subject.Moderation;
        if (file.Decision is { } decision && string.CompareOrdinal(subject.DecisionId, decision.Id) < 0)
        {
            return file.Gone == subject.IsGone ? file : file with { Gone = subject.IsGone };
        }

        var byMachine = moderation.By is not PostModeration.Moderator;
        return file with
        {
            HeldSince = moderation.Status is ModerationStatus.Held ? moderation.DecidedAt ?? file.WorkSince : null,
            Scores = byMachine ? moderation.Scores : file.Scores,
            Classifier = byMachine ? moderation.By : file.Classifier,
            Appeal = moderation.Appeal is { } appeal ? new(appeal.Text, appeal.At) : null,
            Gone = subject.IsGone,
        };
    }

    /// <summary>
    /// The case as it would be had its subject told it everything already: an appeal counts from the moment it is made, and not only once the
    /// pipeline has carried it here.
    /// </summary>
    public static CaseFileDocument AsOf(CaseFileDocument file, IModerated subject)
    {
        var synced = Synced(file, subject);
        return synced.Appeal is null && subject.Moderation.Appeal is { } appeal ? synced with { Appeal = new(appeal.Text, appeal.At) } : synced;
    }

    /// <summary>Why the owner cannot appeal; null if there is a decision against them that nobody has appealed.</summary>
    public static Error? AppealProblem(CaseFileDocument? file) =>
        file is { Appeal: not null } ? new AppealWaiting()
        : file?.Decision is not { } decision ? new NothingToAppeal()
        : file.SanctionedMeanwhile ? null
        : decision.Answers is not null ? new DecisionFinal()
        : decision.Act is ModerationAct.Keep or ModerationAct.Restore ? new NothingToAppeal()
        : null;
}
