using System.Buffers;
using ServerlessSocial.Graph;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Profiles;

/// <summary>How much of a profile a viewer sees.</summary>
public enum ProfileView
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Who it is, and no more: the viewer blocks it, and must be able to unblock it.</summary>
    Reduced,

    /// <summary>Nothing: it blocks the viewer.</summary>
    Hidden,
}

/// <summary>What profiles may hold, and who sees how much of them. Pure.</summary>
public static class ProfileRules
{
    /// <summary>Longest display name, in grapheme clusters.</summary>
    public const int MaxDisplayName = 50;

    /// <summary>Longest bio, in grapheme clusters.</summary>
    public const int MaxBio = 500;

    /// <summary>Most interests.</summary>
    public const int MaxInterests = 20;

    /// <summary>Longest interest, in grapheme clusters.</summary>
    public const int MaxInterest = 50;

    /// <summary>Most links.</summary>
    public const int MaxLinks = 5;

    /// <summary>Longest name of a link, in grapheme clusters.</summary>
    public const int MaxLinkName = 50;

    /// <summary>Longest address of a link, in characters.</summary>
    public const int MaxLinkUrl = 500;

    /// <summary>Characters that turn what follows them around: in a line of text, when closed in order, they are welcome; in a name they only mislead.</summary>
    private static readonly SearchValues<char> Turning = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>How much a viewer sees.</summary>
    /// <param name="toThem">What the viewer holds towards the profile; null for nothing.</param>
    public static ProfileView ViewOf(RelationDocument? toThem) => toThem switch
    {
        { BlockedBy: true } => ProfileView.Hidden,
        { Blocking: true } => ProfileView.Reduced,
        _ => ProfileView.Full,
    };

    /// <summary>A text as profiles keep it.</summary>
    public static string Clean(string? text) => TextLength.Normalize(text ?? string.Empty);

    /// <summary>Interests as profiles keep them: each once. Too many stay as they came, for <see cref="InterestsProblem"/> to refuse.</summary>
    public static IReadOnlyList<string> Clean(IReadOnlyCollection<string?>? interests) => interests is { Count: > MaxInterests }
        ? [.. interests.Select(interest => interest ?? string.Empty)]
        : [.. (interests ?? []).Select(Clean).Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with a display name, already cleaned; null if nothing is.</summary>
    public static string? DisplayNameProblem(string displayName) => displayName.AsSpan().ContainsAny(Turning)
        ? "A name must not change the direction of writing; leave those characters out."
        : LineProblem(displayName, MaxDisplayName);

    /// <summary>What is wrong with a bio, already cleaned; null if nothing is.</summary>
    public static string? BioProblem(string bio) => TextLength.Problem(bio, MaxBio, required: false);

    /// <summary>What is wrong with interests, already cleaned; null if nothing is.</summary>
    public static string? InterestsProblem(IReadOnlyList<string> interests) => interests.Count > MaxInterests
        ? $"At most {MaxInterests} interests."
        : interests.Select(interest => LineProblem(interest, MaxInterest)).FirstOrDefault(problem => problem is not null);

    /// <summary>Links as profiles keep them: each once.</summary>
    public static IReadOnlyList<ProfileLink> Clean(IEnumerable<ProfileLinkChange?>? links) =>
        [.. (links ?? []).Select(link => new ProfileLink(Clean(link?.Name), (link?.Url ?? string.Empty).Trim())).Distinct()];

    /// <summary>What is wrong with links, already cleaned; null if nothing is.</summary>
    public static string? LinksProblem(IReadOnlyList<ProfileLink> links) => links.Count > MaxLinks
        ? $"At most {MaxLinks} links."
        : links.Select(link => LineProblem(link.Name, MaxLinkName) ?? UrlProblem(link.Url)).FirstOrDefault(problem => problem is not null);

    private static string? UrlProblem(string url) =>
        url.Length is > 0 and <= MaxLinkUrl && url.All(c => c is > ' ' and not '\u007F') && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp) && parsed.UserInfo.Length == 0 && TextLength.IsWellFormed(url)
            ? null
            : $"An address begins with https:// or http:// and has at most {MaxLinkUrl} characters.";

    private static string? LineProblem(string text, int maxClusters) =>
        text.AsSpan().ContainsAny('\n', '\t') ? "It must be a single line." : TextLength.Problem(text, maxClusters);
}
