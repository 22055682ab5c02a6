using System.Text.Json.Serialization;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Reports;

/// <summary>What somebody says against the answer to their report.</summary>
/// <param name="Text">Their words.</param>
/// <param name="Against">The decision that they contest.</param>
/// <param name="At">When.</param>
public sealed record ReportContest(string Text, string Against, DateTimeOffset At);

/// <summary>The answer to a report.</summary>
/// <param name="DecisionId">The decision in the case, or its closing.</param>
/// <param name="Act">What was decided; null when the thing was gone before anybody did.</param>
/// <param name="Reason">Why; null when the moderator said nothing.</param>
/// <param name="At">When.</param>
public sealed record ReportAnswer(string DecisionId, ModerationAct? Act, string? Reason, DateTimeOffset At);

/// <summary>
/// One person's report of one thing, in the partition of that thing's case: whoever reports it again finds their own report, until that is answered and
/// there is something new to say. Its owner never learns of it, and moderators not by whom.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseReports))]
public sealed record ReportDocument : PipelineDocument, IDocument<ReportDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("reports", "/caseId") { ChangeFeed = true };

    /// <summary>Case of the thing. The document's id is the profile of whoever reports it.</summary>
    public required string CaseId { get; init; }

    /// <summary>Time-ordered id that the person knows the report by.</summary>
    public required string ReportId { get; init; }

    /// <summary>Pseudonym of the account, where a moderator reports it: they do not decide in its case. Null for everybody else.</summary>
    public string? ModeratorAccount { get; init; }

    /// <summary>The rule they name.</summary>
    public required Clause Clause { get; init; }

    /// <summary>Their words; null for none.</summary>
    public string? Details { get; init; }

    /// <summary>Posts they point to.</summary>
    public IReadOnlyList<string> Posts { get; init; } = [];

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The rules that earlier reports of theirs named, which this one replaced once they were answered; the oldest first.</summary>
    public IReadOnlyList<Clause> Earlier { get; init; } = [];

    /// <summary>The decision that answered the report before this one; null for a first report. It answers this one not, however often it is carried out.</summary>
    public string? After { get; init; }

    /// <summary>The case counts it, and it stands in its author's list.</summary>
    public bool Filed { get; init; }

    /// <summary>The answer; null before there is one.</summary>
    public ReportAnswer? Answer { get; init; }

    /// <summary>What they say against the answer; once.</summary>
    public ReportContest? Contest { get; init; }

    /// <summary>The case counts the contest.</summary>
    public bool ContestFiled { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => CaseId;

    /// <summary>Whether the contest was answered, too, or there is nothing left to contest.</summary>
    [JsonIgnore]
    public bool IsFinal => Answer is { } answer && (answer.Act is null || (Contest is { } contest && answer.DecisionId != contest.Against));

    /// <summary>Whether an answer is still to come: to it, or to its contest.</summary>
    [JsonIgnore]
    public bool IsWaiting => Answer is null || (Contest is not null && !IsFinal);

    /// <summary>Whether a later decision turns the outcome that it was answered with, and nothing of it waits: what stands now is told anew.</summary>
    public bool IsTurnedBy(CaseDecision decision) =>
        Answer is { Act: { } act } && !IsWaiting && string.CompareOrdinal(Answer.DecisionId, decision.Id) < 0
        && decision.Act is not ModerationAct.Keep && OutcomeOf(act) != OutcomeOf(decision.Act);

    private static ModerationAct OutcomeOf(ModerationAct act) => act is ModerationAct.Restore ? ModerationAct.Keep : act;

    /// <summary>
    /// Whether a decision answers it: it had no answer and was there, or its contest was. Its case may not have counted it yet, and then is
    /// opened again, once too often rather than never. A contest is answered by somebody who had no part in the answer.
    /// </summary>
    public bool IsAnsweredBy(CaseDecision decision) =>
        string.CompareOrdinal(After, decision.Id) >= 0 ? false
        : Answer is null ? Filed || At <= decision.At
        : Contest is { } contest && !decision.Again && string.CompareOrdinal(Answer.DecisionId, decision.Id) < 0 && !IsFinal && (ContestFiled || contest.At <= decision.At);
}

/// <summary>A report in the list of whoever made it.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseReports))]
public sealed record OwnReportDocument : Document, IDocument<OwnReportDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("own-reports", "/reporterId");

    /// <summary>Who made it. The document's id is the report's.</summary>
    public required string ReporterId { get; init; }

    /// <summary>The case it is in.</summary>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => ReporterId;

    /// <summary>The entry of a report.</summary>
    public static OwnReportDocument Of(ReportDocument report) => new() { Id = report.ReportId, ReporterId = report.Id, CaseId = report.CaseId };
}

/// <summary>What reports still need: to be counted in their case.</summary>
public sealed class ReportPipeline : IPipeline<ReportDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "reports";

    private ReportPipeline()
    {
    }

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ReportDocument document) =>
        !document.Filed || (document.Contest is not null && !document.ContestFiled) ? Queues : [];
}
