using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Filters;

/// <summary>What filters may hold. Pure.</summary>
public static class FilterRules
{
    /// <summary>Longest phrase, in grapheme clusters.</summary>
    public const int MaxPhrase = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>A phrase as it is kept.</summary>
    public static string Clean(string? phrase) => TextLength.Normalize(phrase ?? string.Empty);

    /// <summary>Scopes as they are kept, each once in the order of their declaration; all of them when none are named.</summary>
    public static IReadOnlyList<FilterScope> Clean(IReadOnlyCollection<FilterScope>? scope) =>
        scope is null ? Enum.GetValues<FilterScope>() : [.. scope.Distinct().Order()];

    /// <summary>What is wrong with a filter; null if nothing is.</summary>
    /// <param name="phrase">The phrase, already cleaned; null where it is not changed.</param>
    /// <param name="scope">Where it is to hold; null for everywhere, or where that is not changed.</param>
    /// <param name="expiresAt">When it is to end; null for never, or where that is not changed.</param>
    /// <param name="now">The time.</param>
    public static Error? Problems(string? phrase, IReadOnlyCollection<FilterScope>? scope, DateTimeOffset? expiresAt, DateTimeOffset now) => new Validation()
        .Note("phrase", phrase is null ? null : PhraseProblem(phrase))
        .Require(scope is not { Count: 0 }, "scope", "At least one; leave it out for everywhere.")
        .Require(expiresAt is not { } end || (end > now && end <= now + Longest), "expiresAt", "A time in the future, at most a year ahead.")
        .Error;

    private static string? PhraseProblem(string phrase) =>
        phrase.AsSpan().ContainsAny('\n', '\t') ? "It must be a single line."
        : TextLength.Problem(phrase, MaxPhrase) is { } problem ? problem
        : PhraseMatcher.IsEmpty(phrase) ? "There is nothing in it to look for."
        : null;
}
