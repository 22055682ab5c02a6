using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// One decision about a post and why it was taken: the statement of reasons the author can read, and what moderators need to judge it.
/// Never changed once written; a later decision is a case of its own.
/// </summary>
public sealed record CaseDocument : Document, IDocument<CaseDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("cases", "/subjectId");

    /// <summary>The post. The document's id is time-ordered and given out with the decision.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What was decided.</summary>
    public required ModerationStatus Decision { get; init; }

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

    /// <summary>The case of a post's present decision; null when there is none to be recorded.</summary>
    public static CaseDocument? Of(PostDocument post) =>
        post.Moderation is not { CaseId: { } id } moderation || id == post.RecordedCaseId
            ? null
            : new()
            {
                Id = id,
                SubjectId = post.Id,
                Decision = moderation.Status,
                Reason = moderation.Reason,
                Scores = moderation.Scores,
                By = moderation.By,
                ModeratorId = moderation.ModeratorId,
                Appeal = moderation.Answered?.Text,
                At = moderation.DecidedAt ?? Ids.TimeOf(id),
            };
}
