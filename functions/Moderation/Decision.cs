using ServerlessSocial.Platform.Ai;
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

/// <summary>A decision about a post with its statement of reasons.</summary>
/// <param name="Id">Case id.</param>
/// <param name="Status">What was decided.</param>
/// <param name="Reason">Why, in a sentence; left out when a moderator released the post without a word.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Appeal">The author's appeal that it answers.</param>
/// <param name="Classifier">The classifier that decided; for moderators.</param>
/// <param name="Scores">What it found; for moderators.</param>
public sealed record Decision(
    string Id, ModerationStatus Status, string? Reason, DecidedBy By, DateTimeOffset At, string? Appeal, string? Classifier, IReadOnlyList<HarmScore>? Scores)
{
    /// <summary>Shapes a case.</summary>
    /// <param name="document">The case.</param>
    /// <param name="forModerator">Whether to show what is for moderators.</param>
    public static Decision Of(CaseDocument document, bool forModerator)
    {
        var by = document.By is PostModeration.Moderator ? DecidedBy.Person : DecidedBy.Automatic;
        return new(
            document.Id,
            document.Decision,
            document.Reason,
            by,
            document.At,
            document.Appeal,
            forModerator && by is DecidedBy.Automatic ? document.By : null,
            forModerator ? document.Scores : null);
    }
}

/// <summary>A post that waits for a person's decision.</summary>
/// <param name="Post">The post.</param>
/// <param name="Scores">What the classifier found; empty when the check could not finish, or the last decision was a person's.</param>
/// <param name="Classifier">Who decided last; left out when the check could not finish.</param>
/// <param name="Appeal">What the author says against the decision; left out when nobody has decided yet.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="InDanger">Whether a person may be in danger.</param>
/// <param name="Waiting">How many posts of this author wait, this one included.</param>
public sealed record HeldPost(
    Post Post, IReadOnlyList<HarmScore> Scores, string? Classifier, string? Appeal, DateTimeOffset Since, bool InDanger, int Waiting);
