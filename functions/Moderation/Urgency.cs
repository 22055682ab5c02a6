using System.Globalization;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Moderation;

/// <summary>How urgently something waits for a person: first where somebody is in danger, then by what the scores reach, then by age.</summary>
/// <param name="InDanger">Whether a person's life or health may depend on it.</param>
/// <param name="Severity">The strictest outcome that speaks against it; <see cref="ModerationStatus.Held"/> where nothing is known.</param>
/// <param name="Since">Since when it waits.</param>
public readonly record struct Urgency(bool InDanger, ModerationStatus Severity, DateTimeOffset Since)
{
    /// <summary>The urgency of what a classifier scored.</summary>
    /// <param name="scores">The scores; null or empty when the check could not finish or the last decision was a person's.</param>
    /// <param name="since">Since when it waits.</param>
    /// <param name="options">From which scores on what happens: from the one that holds on, self-harm and violence put somebody in danger.</param>
    public static Urgency Of(IReadOnlyList<HarmScore>? scores, DateTimeOffset since, ModerationOptions options) => scores is null or []
        ? new(false, ModerationStatus.Held, since)
        : new(scores.Any(score => IsDanger(score, options)), ModerationPolicy.Decide(scores, options).Status, since);

    /// <summary>A key whose ordinal order is that of urgency, the most urgent first; equally urgent things by their ids.</summary>
    public string SortKey(string id) => string.Create(
        CultureInfo.InvariantCulture, $"{(InDanger ? 0 : 1)}{ModerationStatus.Removed - Severity}{Since.UtcTicks:x16}{id}");

    private static bool IsDanger(HarmScore score, ModerationOptions options) =>
        score.Category is HarmCategory.SelfHarm or HarmCategory.Violence
        && options.Thresholds.TryGetValue(score.Category, out var thresholds)
        && score.Score >= (thresholds.Hold ?? thresholds.Limit);
}

/// <summary>A place in a moderators' list.</summary>
/// <param name="First">The most urgent of what waits there.</param>
/// <param name="Count">How many wait there, the first one included.</param>
/// <param name="SortKey">Where the place stands, for cursors.</param>
public sealed record UrgentPlace<T>(T First, int Count, string SortKey);

/// <summary>Arranges what waits for a person, so that the most urgent comes first and nobody's flood hides what others wait for.</summary>
public static class UrgentList
{
    /// <summary>Gives everybody one place, where their most urgent matter puts it. Pure.</summary>
    /// <param name="waiting">What waits.</param>
    /// <param name="owner">Who shares a place; the id of the thing itself gives each its own.</param>
    /// <param name="sortKey">See <see cref="Urgency.SortKey"/>.</param>
    /// <returns>Places in order.</returns>
    public static IReadOnlyList<UrgentPlace<T>> Arrange<T>(IEnumerable<T> waiting, Func<T, string> owner, Func<T, string> sortKey) =>
        [.. waiting
            .Select(item => (Item: item, Key: sortKey(item)))
            .GroupBy(entry => owner(entry.Item), StringComparer.Ordinal)
            .Select(group => (First: group.MinBy(entry => entry.Key, StringComparer.Ordinal), Count: group.Count()))
            .OrderBy(place => place.First.Key, StringComparer.Ordinal)
            .Select(place => new UrgentPlace<T>(place.First.Item, place.Count, place.First.Key))];
}
