using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// One decision about a post, profile, picture or account and why it was taken: the statement of reasons its owner can read, and what moderators need to judge it.
/// Never changed once written; a later decision is a case of its own.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseCases))]
public sealed record CaseDocument : Document, IDocument<CaseDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("cases", "/subjectId");

    /// <summary>What it is about: the post or picture; for profiles and accounts, the profile. The document's id is time-ordered and given out with the decision.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What kind of thing that is.</summary>
    public SubjectType SubjectType { get; init; }

    /// <summary>What was decided.</summary>
    public required ModerationStatus Decision { get; init; }

    /// <summary>What a moderator did; null when a machine decided.</summary>
    public ModerationAct? Act { get; init; }

    /// <summary>The rule that a person named; null for none.</summary>
    public Clause? Clause { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, in a sentence for the author.</summary>
    public string? Reason { get; init; }

    /// <summary>What the classifier found; for moderators. Null when a person decided or the check could not finish.</summary>
    public IReadOnlyList<HarmScore>? Scores { get; init; }

    /// <summary>Name of the classifier, or <see cref="PostModeration.Moderator"/>; null when the check could not finish.</summary>
    public string? By { get; init; }

    /// <summary>Profile of the person who decided, for audits; shown to nobody.</summary>
    public string? ModeratorId { get; init; }

    /// <summary>The author's appeal that it answers; null if there was none.</summary>
    public string? Appeal { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => SubjectId;

    /// <summary>The case of the present decision on something; null when there is none to be recorded.</summary>
    public static CaseDocument? Of(IModerated subject) =>
        subject.Moderation is not { CaseId: { } id } moderation || id == subject.RecordedCaseId
            ? null
            : new()
            {
                Id = id,
                SubjectId = subject.Id,
                SubjectType = subject.SubjectType,
                Decision = moderation.Status,
                Act = moderation.Act,
                Clause = moderation.Clause,
                Reason = moderation.Reason,
                Scores = moderation.Scores,
                By = moderation.By,
                ModeratorId = moderation.ModeratorId,
                Appeal = moderation.Answered?.Text,
                At = moderation.DecidedAt ?? Ids.TimeOf(id),
            };
}
