using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Moderation;

/// <summary>Where a post stands with moderation, from mildest to strictest once decided.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModerationStatus>))]
public enum ModerationStatus
{
    /// <summary>Not examined yet; only the author sees it.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Nothing speaks against it.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>Shown behind a warning, not recommended.</summary>
    [JsonStringEnumMemberName("limited")]
    Limited,

    /// <summary>Waiting for a person's review; only the author sees it, and the moderator who has claimed its case.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>Taken down; the author may appeal.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,
}

/// <summary>What the policy says about a text.</summary>
/// <param name="Status">Never <see cref="ModerationStatus.Pending"/>.</param>
/// <param name="Reason">One sentence for the author that names the rule; null when approved.</param>
/// <param name="Scores">The scores the decision rests on, for the statement of reasons.</param>
public sealed record ModerationDecision(ModerationStatus Status, string? Reason, IReadOnlyList<HarmScore> Scores)
{
    /// <summary>The score that decided; null where none did.</summary>
    public HarmScore? Decisive { get; init; }
}

/// <summary>Turns scores into a decision. Pure: the same scores and options always give the same decision.</summary>
public static class ModerationPolicy
{
    /// <summary>
    /// Decides by the strictest outcome any score reaches. Among equally strict ones the highest score names the
    /// reason, then the order of <see cref="HarmCategory"/>. Total and monotone: raising or adding a score never gives
    /// a milder outcome. A score that is no number holds the post, because then nothing is known about it.
    /// </summary>
    public static ModerationDecision Decide(IReadOnlyList<HarmScore> scores, ModerationOptions options) => Decide(scores, options.Thresholds, mayWarn: true);

    /// <summary>Decides by other thresholds, or about something that nobody can be warned of: what would be limited is held then.</summary>
    public static ModerationDecision Decide(IReadOnlyList<HarmScore> scores, IReadOnlyDictionary<HarmCategory, Thresholds> thresholds, bool mayWarn)
    {
        var status = ModerationStatus.Approved;
        HarmScore? decisive = null;
        foreach (var score in scores)
        {
            var outcome = Outcome(score, thresholds) is var found && found == ModerationStatus.Limited && !mayWarn ? ModerationStatus.Held : found;
            var stricter = outcome > status;
            var tie = outcome == status && outcome != ModerationStatus.Approved && decisive is not null && Outranks(score, decisive);
            if (stricter || tie)
            {
                (status, decisive) = (outcome, score);
            }
        }

        // What is no number says that nothing is known, which stands in the reason, and JSON has no way to write it.
        return new(status, decisive is null ? null : Reason(status, decisive), [.. scores.Where(score => !double.IsNaN(score.Score))]) { Decisive = decisive };
    }

    /// <summary>One sentence on what a score found, for somebody whose wish is not fulfilled for it: nothing of theirs is held or removed, and nobody looks at it.</summary>
    public static string Finding(HarmScore score) =>
        double.IsNaN(score.Score) ? $"A person would have to look at it: {WhyUnjudged(score.Unjudged)}."
        : score.Category == HarmCategory.SelfHarm ? "It may be about suicide or self-harm. If it is about you, please talk to somebody; help lines are there at any hour."
        : $"It may contain {RuleOf(score.Category)}.";

    private static ModerationStatus Outcome(HarmScore score, IReadOnlyDictionary<HarmCategory, Thresholds> byCategory)
    {
        if (double.IsNaN(score.Score))
        {
            return ModerationStatus.Held;
        }

        if (!byCategory.TryGetValue(score.Category, out var thresholds))
        {
            return ModerationStatus.Approved;
        }

        return score.Score >= thresholds.Remove ? ModerationStatus.Removed
            : score.Score >= thresholds.Hold ? ModerationStatus.Held
            : score.Score >= thresholds.Limit ? ModerationStatus.Limited
            : ModerationStatus.Approved;
    }

    private static bool Outranks(HarmScore score, HarmScore other)
    {
        var order = score.Score.CompareTo(other.Score);
        return order > 0 || (order == 0 && score.Category < other.Category);
    }

    private static string Reason(ModerationStatus status, HarmScore score)
    {
        if (double.IsNaN(score.Score))
        {
            return $"Held for a person to review: {WhyUnjudged(score.Unjudged)}.";
        }

        if (score.Category == HarmCategory.SelfHarm)
        {
            return status == ModerationStatus.Limited
                ? "Shown with an offer of help: it may be about suicide or self-harm."
                : "Held so that a person looks at it soon and can offer help: it may be about suicide or self-harm.";
        }

        var rule = RuleOf(score.Category);
        return status switch
        {
            ModerationStatus.Limited => $"Shown with a warning and not recommended: it may contain {rule}.",
            ModerationStatus.Held => $"Held for a person to review: it may contain {rule}.",
            _ => $"Removed, and you can appeal: it was found to contain {rule}.",
        };
    }

    private static string RuleOf(HarmCategory category) => category switch
    {
        HarmCategory.Harassment => "an insult or harassment of a person",
        HarmCategory.Hate => "hatred against people for who they are",
        HarmCategory.Violence => "a threat of violence or a call for it",
        HarmCategory.Sexual => "sexually explicit content",
        HarmCategory.Spam => "spam or fraud",
        HarmCategory.IllegalGoods => "trade in illegal goods",
        HarmCategory.SexualMinors => "sexualisation of children or young people",
        HarmCategory.Nudity => "nudity",
        HarmCategory.Gore => "mutilation or other extreme violence shown in detail",
        HarmCategory.ExtremistSymbols => "symbols of extremist organisations",
        _ => "something the rules do not allow",
    };

    private static string WhyUnjudged(Unjudged? why) => why switch
    {
        Unjudged.Declined => "the model that checks texts would not judge it",
        Unjudged.Filtered => "a content filter stopped the automatic check",
        Unjudged.TooLong => "it is too long for the automatic check",
        Unjudged.InPart => "it is longer than the automatic check reads",
        Unjudged.Budget => "today's automatic checks of your texts are used up",
        _ => "it could not be checked automatically",
    };
}
