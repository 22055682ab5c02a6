using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>What moderators can do.</summary>
public enum ModerationAct
{
    /// <summary>Leaves the subject as it is; of a held one, releases it.</summary>
    [StandsForUnknown]
    Keep,

    /// <summary>Has it not spread.</summary>
    Limit,

    /// <summary>Takes it down.</summary>
    Remove,

    /// <summary>Takes a decision back: shows it again, lifts every sanction.</summary>
    Restore,

    /// <summary>Warns an account.</summary>
    Warn,

    /// <summary>Suspends an account.</summary>
    Suspend,
}

/// <summary>Who works on a case, and until when nobody else may.</summary>
/// <param name="ModeratorId">Profile of the moderator.</param>
/// <param name="Until">When the claim ends by itself.</param>
public sealed record CaseClaim(string ModeratorId, DateTimeOffset Until);

/// <summary>A moderator at work.</summary>
/// <param name="ProfileId">Their profile.</param>
/// <param name="Account">
/// Pseudonym of their account: the same for whoever deletes the profile and signs up again. Not the account's id, which a case must not keep of somebody
/// who left.
/// </param>
public readonly record struct CaseModerator(string ProfileId, string Account)
{
    /// <summary>The moderator that a caller is.</summary>
    /// <exception cref="InvalidOperationException">It is nobody who is signed in and has a profile.</exception>
    public static CaseModerator Of(Viewer viewer, ServiceKey secret) => viewer is { ProfileId: { } profileId, AccountId: { } accountId }
        ? new(profileId, secret.PseudonymOf(PseudonymUse.Case, accountId))
        : throw new InvalidOperationException("A moderator is signed in and has a profile.");
}

/// <summary>What the owner says against a decision.</summary>
/// <param name="Text">The owner's words.</param>
/// <param name="At">When.</param>
public sealed record CaseAppeal(string Text, DateTimeOffset At);

/// <summary>What a moderator decided in a case.</summary>
/// <param name="Id">Time-ordered id: that of the statement of reasons, too.</param>
/// <param name="Act">What is to be done.</param>
/// <param name="Clause">The rule it rests on; null where nothing is held against the subject.</param>
/// <param name="Reason">Why, for the owner and for those who reported it.</param>
/// <param name="Until">When a sanction ends by itself; null for never.</param>
/// <param name="ModeratorId">Who decided; empty where it was about a former profile of the account.</param>
/// <param name="At">When.</param>
/// <param name="Answers">The appeal that it answers; null for none.</param>
public sealed record CaseDecision(
    string Id, ModerationAct Act, Clause? Clause, string? Reason, DateTimeOffset? Until, string ModeratorId, DateTimeOffset At, string? Answers)
{
    /// <summary>Of a profile, the edition that the decision is about; null for other things.</summary>
    public long? Edition { get; init; }

    /// <summary>Of a profile that is removed, whether what it shows goes besides a change that waits; null for other things, and where the case is to tell.</summary>
    public bool? All { get; init; }

    /// <summary>Pseudonym of the moderator's account; null in decisions of earlier versions.</summary>
    public string? Account { get; init; }

    /// <summary>Whether the moderator had decided in the case before: then it answers nobody who contests what was decided.</summary>
    public bool Again { get; init; }
}

/// <summary>Whose decision did not stand on appeal: they hold back the same thing no more.</summary>
/// <param name="ModeratorId">Profile of the moderator.</param>
/// <param name="Account">Pseudonym of their account; null where the decision does not tell.</param>
/// <param name="Edition">Of a profile, the edition that it was about.</param>
public sealed record OverturnedDecider(string ModeratorId, string? Account, long? Edition);

/// <summary>
/// The one case of a post, profile, picture or account: why moderators have to look at it (held, reported, appealed), who does, and what was
/// decided last. A decision is written here; carrying it out, telling of it and the moderators' lists follow from this document.
/// </summary>
[PersonalData(
    Belongs.Elsewhere,
    ErasedBy = typeof(EraseCases),
    Because = "Goes with its subject's owner. Of moderators who left it keeps the profile's id and a pseudonym of the account, so that nobody hears an appeal of their own decision by beginning anew.")]
public sealed record CaseFileDocument : PipelineDocument, IDocument<CaseFileDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("case-files", "/id") { ChangeFeed = true };

    /// <summary>What kind of thing it is about.</summary>
    public required SubjectType SubjectType { get; init; }

    /// <summary>Id of that thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Since when it is held; null while it is not.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>What the classifier found; null when it found nothing or a person decided.</summary>
    public IReadOnlyList<HarmScore>? Scores { get; init; }

    /// <summary>Name of the classifier that decided last; null when none did.</summary>
    public string? Classifier { get; init; }

    /// <summary>What the owner says against the last decision and waits for an answer; null for nothing.</summary>
    public CaseAppeal? Appeal { get; init; }

    /// <summary>A sanction was laid on the account while an appeal waited: it can be appealed itself once that is heard.</summary>
    public bool SanctionedMeanwhile { get; init; }

    /// <summary>Those whose decision was made milder on appeal.</summary>
    public IReadOnlyList<OverturnedDecider> Overturned { get; init; } = [];

    /// <summary>How many reports there are of it: of each person one, and another for every time they had something new to say after an answer.</summary>
    public long Reports { get; init; }

    /// <summary>How many of them there were when it was decided last, or closed because its subject was gone.</summary>
    public long ReportsAnswered { get; init; }

    /// <summary>When the first report came that waits for an answer; null for none.</summary>
    public DateTimeOffset? ReportedSince { get; init; }

    /// <summary>Rules that reports named, each once.</summary>
    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>How many of those who reported it have contested the answer.</summary>
    public long Contests { get; init; }

    /// <summary>How many of them there were when it was decided last, or closed.</summary>
    public long ContestsAnswered { get; init; }

    /// <summary>When the first of them did that waits for an answer; null for none.</summary>
    public DateTimeOffset? ContestedSince { get; init; }

    /// <summary>Who works on it; null for nobody.</summary>
    public CaseClaim? Claim { get; init; }

    /// <summary>The last decision; null before a person has decided anything.</summary>
    public CaseDecision? Decision { get; init; }

    /// <summary>Everybody who has decided in it: they hear no appeal of it.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>Pseudonyms of the accounts of those who have decided in it, who are the same to it should they begin anew. Kept as long as the case.</summary>
    public IReadOnlyList<string> DeciderAccounts { get; init; } = [];

    /// <summary>Pseudonyms of the accounts of moderators who reported it: they do not decide in it. Kept as long as the case.</summary>
    public IReadOnlyList<string> ReporterAccounts { get; init; } = [];

    /// <summary>Its subject was deleted: there is nothing to decide any more.</summary>
    public bool Gone { get; init; }

    /// <summary>Time-ordered id of the answer that it is gone, for those who reported it and waited; null while nobody had to be told.</summary>
    public string? ClosedId { get; init; }

    /// <summary>The last decision that was carried out and told.</summary>
    public string? AppliedId { get; init; }

    /// <summary>Its places in the moderators' lists, as they were written last.</summary>
    public IReadOnlyList<string> Listed { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>What it is about.</summary>
    [JsonIgnore]
    public SubjectRef Subject => new(SubjectType, SubjectId);

    /// <summary>Profile that its subject belongs to.</summary>
    [JsonIgnore]
    public string OwnerId => Subject.OwnerId;

    /// <summary>The case of an account that begins under what was decided about a former profile of it; null for any other. Who decided is known by pseudonym alone.</summary>
    public static CaseFileDocument? OfCarried(StandingDocument? standing)
    {
        if (standing is not { Carried: { } carried } || (standing.Suspension ?? standing.Limit) is not { } restraint)
        {
            return null;
        }

        var act = standing.Suspension is null ? ModerationAct.Limit : ModerationAct.Suspend;
        var clause = Enum.TryParse<Clause>(restraint.Rule, ignoreCase: true, out var rule) ? rule : (Clause?)null;
        return Of(new(SubjectType.Account, standing.Id), restraint.Since) with
        {
            Decision = new(restraint.DecisionId, act, clause, restraint.Reason, restraint.Until, string.Empty, restraint.Since, carried.Heard ? string.Empty : null),
            AppliedId = restraint.DecisionId,
            DeciderAccounts = carried.Deciders,
        };
    }

    /// <summary>A case nothing has happened in.</summary>
    public static CaseFileDocument Of(SubjectRef subject, DateTimeOffset now) => new()
    {
        Id = subject.CaseId,
        SubjectType = subject.Type,
        SubjectId = subject.Id,
        WorkSince = now,
    };
}
