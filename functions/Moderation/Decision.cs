using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Who took a decision.</summary>
public enum DecidedBy
{
    /// <summary>A classifier, or the lack of its answer.</summary>
    Automatic,

    /// <summary>A moderator.</summary>
    Person,
}

/// <summary>A decision about a post, a profile, a picture or an account with its statement of reasons.</summary>
/// <param name="Id">Case id.</param>
/// <param name="Status">What was decided.</param>
/// <param name="Reason">Why, in a sentence; left out when a moderator released it without a word. In German or English, by Accept-Language; a person's words as they are.</param>
/// <param name="ReasonCode">Names that sentence; left out for a person's words.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Appeal">The author's appeal that it answers.</param>
/// <param name="Classifier">The classifier that decided; for moderators.</param>
/// <param name="Scores">What it found; for moderators.</param>
/// <param name="Subject">What kind of thing it is about.</param>
/// <param name="Act">What a moderator did.</param>
/// <param name="Clause">The rule that a person named.</param>
/// <param name="Until">When it ends by itself.</param>
public sealed record Decision(
    string Id,
    ModerationStatus Status,
    string? Reason,
    string? ReasonCode,
    DecidedBy By,
    DateTimeOffset At,
    string? Appeal,
    string? Classifier,
    IReadOnlyList<HarmScore>? Scores,
    SubjectType Subject,
    ModerationAct? Act,
    Clause? Clause,
    DateTimeOffset? Until)
{
    /// <summary>Shapes a case.</summary>
    /// <param name="document">The case.</param>
    /// <param name="forModerator">Whether to show what is for moderators.</param>
    public static Decision Of(CaseDocument document, bool forModerator)
    {
        var by = document.By is PostModeration.Moderator ? DecidedBy.Person : DecidedBy.Automatic;
        var told = Wording.Of(document.Reason);
        return new(
            document.Id,
            document.Decision,
            told.Words,
            told.Code,
            by,
            document.At,
            document.Appeal,
            forModerator && by is DecidedBy.Automatic ? document.By : null,
            forModerator ? document.Scores : null,
            document.SubjectType,
            document.Act,
            document.Clause,
            document.Until);
    }
}
