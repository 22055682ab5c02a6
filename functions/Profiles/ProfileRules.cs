using System.Buffers;
using System.Globalization;
using System.Text;
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

    /// <summary>Longest address of a link as it is kept, percent-encoded, in characters.</summary>
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

    /// <summary>Links as profiles keep them: each once, with addresses that say plainly where they lead. One whose address is none has an empty one, for <see cref="LinksProblem"/> to refuse.</summary>
    public static IReadOnlyList<ProfileLink> Clean(IEnumerable<ProfileLinkChange?>? links) =>
        [.. (links ?? []).Select(link => new ProfileLink(Clean(link?.Name), Address(link?.Url) ?? string.Empty)).Distinct()];

    /// <summary>Links from before addresses were brought into one form, as they are shown: without those that would be refused now.</summary>
    public static IReadOnlyList<ProfileLink> Shown(IReadOnlyList<ProfileLink> links) => links.All(link => Address(link.Url) == link.Url)
        ? links
        : [.. links.Select(link => link with { Url = Address(link.Url) ?? string.Empty }).Where(link => link.Url.Length > 0)];

    /// <summary>What is wrong with links, already cleaned; null if nothing is.</summary>
    public static string? LinksProblem(IReadOnlyList<ProfileLink> links) => links.Count > MaxLinks
        ? $"At most {MaxLinks} links."
        : links.Select(link => LineProblem(link.Name, MaxLinkName) ?? UrlProblem(link.Url)).FirstOrDefault(problem => problem is not null);

    /// <summary>The address as people can read it, for those who judge it: percent signs and punycode would hide words from them.</summary>
    public static string Readable(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed))
        {
            return address;
        }

        var host = parsed.Host;
        try
        {
            host = new IdnMapping().GetUnicode(host);
        }
        catch (ArgumentException)
        {
            // Looks like punycode and is none: it is judged as it is.
        }

        var readable = $"{parsed.Scheme}://{host}{Uri.UnescapeDataString(parsed.PathAndQuery + parsed.Fragment)}";
        return TextLength.Problem(readable, MaxLinkUrl) is null ? readable : string.Concat(readable.EnumerateRunes().Select(rune => Rune.IsLetterOrDigit(rune) ? rune.ToString() : " "));
    }

    /// <summary>
    /// An address as it is kept: absolute, percent-encoded, the host in ASCII, so that it can stand in a page as it is and shows where it leads. Null for
    /// one that is none, names a user ("https://bank.example@evil.example" leads to the latter), or is read differently by browsers (backslashes).
    /// </summary>
    private static string? Address(string? url)
    {
        var given = (url ?? string.Empty).Trim(' ');
        var web = given.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || given.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!web || given.Length > MaxLinkUrl || given.Any(c => c is ' ' or '\\' || char.IsControl(c)) || !TextLength.IsWellFormed(given))
        {
            return null;
        }

        var server = given.AsSpan(given.IndexOf("//", StringComparison.Ordinal) + 2);
        server = server.IndexOfAny('/', '?', '#') is >= 0 and var end ? server[..end] : server;
        if (server.Contains('@') || !Uri.TryCreate(given, UriKind.Absolute, out var parsed) || HostOf(parsed) is not { } host)
        {
            return null;
        }

        var port = parsed.IsDefaultPort ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{parsed.Port}");

        // Apostrophes may stand in an address, and end it where a page puts it between some.
        var address = $"{parsed.Scheme}://{host}{port}{parsed.PathAndQuery}{parsed.Fragment}".Replace("'", "%27", StringComparison.Ordinal);
        return address.Length <= MaxLinkUrl && Ascii.IsValid(address) ? address : null;
    }

    /// <summary>The host in ASCII; null for a name that is none.</summary>
    private static string? HostOf(Uri address)
    {
        try
        {
            return address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost is { Length: > 0 } name ? name : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static string? UrlProblem(string url) =>
        url.Length > 0 ? null : $"An address begins with https:// or http://, names no user, and has at most {MaxLinkUrl} characters, percent-encoded.";

    private static string? LineProblem(string text, int maxClusters) =>
        text.AsSpan().ContainsAny('\n', '\t') ? "It must be a single line." : TextLength.Problem(text, maxClusters);
}
