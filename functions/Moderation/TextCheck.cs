using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Moderation;

/// <summary>Examines what people write, wherever it is shown: the classifier's scores, and the rules that hold whatever classifier there is.</summary>
public sealed class TextCheck(IOptions<ModerationOptions> options, ModelBudget budget, ITextClassifier? classifier = null)
{
    /// <summary>Why something is held where no classifier is configured, for its author.</summary>
    public const string Unchecked = "No automatic check is set up here; a person will look at it.";

    /// <summary>Name of the classifier; null where there is none.</summary>
    public string? By => classifier?.Name;

    /// <summary>Whether there is a classifier.</summary>
    public bool IsConfigured => classifier is not null;

    /// <summary>Scores the description of a picture, for a person who was admitted to ask for one: what it takes is counted, and nothing refused.</summary>
    /// <exception cref="InvalidOperationException">No classifier is configured.</exception>
    public async Task<IReadOnlyList<HarmScore>> ScoresAsync(string personId, string text, string? language, CancellationToken cancellationToken) => classifier is null
        ? throw new InvalidOperationException("No model that examines texts is configured.")
        : WithRules(text, await budget.MeterAsync(personId, classifier, "image-description", text, language, cancellationToken));

    /// <summary>
    /// Decides on a text. A classifier that is out decides nothing and throws; without one a person decides, and so where it would not judge, or the
    /// person's model tokens of the day are used up.
    /// </summary>
    /// <param name="personId">Profile of whoever wrote it.</param>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language, if it is known.</param>
    /// <param name="mayWarn">Whether it can be shown with a warning; otherwise what would be is held.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ModerationDecision> DecideAsync(string personId, string text, string? language, bool mayWarn, CancellationToken cancellationToken) => classifier is null
        ? new ModerationDecision(ModerationStatus.Held, Unchecked, [])
        : ModerationPolicy.Decide(WithRules(text, await budget.ClassifyAsync(classifier, personId, text, language, cancellationToken)), options.Value.Thresholds, mayWarn);

    private static IReadOnlyList<HarmScore> WithRules(string text, IReadOnlyList<HarmScore> scores) =>
        SexualMinorRule.ScoreOf(text) is { } found && !scores.Any(score => score.Category == found.Category && !(score.Score < found.Score))
            ? [.. scores.Where(score => score.Category != found.Category), found]
            : scores;
}
