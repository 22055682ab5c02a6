using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Filters;

/// <summary>A filter as its owner sees it.</summary>
/// <param name="Id">Filter id.</param>
/// <param name="Phrase">What it looks for.</param>
/// <param name="Scope">Where it holds.</param>
/// <param name="Action">What becomes of a post that it matches: <c>warn</c> names the filter in its <c>filtered</c>, <c>hide</c> leaves it out of lists.</param>
/// <param name="WholeWord">Whether it matches whole words only.</param>
/// <param name="ExpiresAt">When it ends by itself; left out when it does not. It is kept then, and can be given another end.</param>
/// <param name="CreatedAt">When it was made.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "phrase": "spoiler", "scope": ["home", "public"], "action": "warn", "wholeWord": true, "expiresAt": "2026-12-24T18:00:00.000Z", "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record Filter(
    string Id, string Phrase, IReadOnlyList<FilterScope> Scope, FilterAction Action, bool WholeWord, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt)
{
    internal static Filter Of(StoredFilter filter) =>
        new(filter.Id, filter.Phrase, filter.Scope, filter.Action, filter.WholeWord, filter.ExpiresAt, Ids.TimeOf(filter.Id));
}

/// <summary>A filter that matches a post.</summary>
/// <param name="Id">Filter id.</param>
/// <param name="Phrase">What it looks for.</param>
/// <param name="Action">What it asks for; <c>hide</c> comes where nothing is left out: on a post by its own address, and among one's own likes and bookmarks.</param>
public sealed record FilterMatch(string Id, string Phrase, FilterAction Action);

/// <summary>A filter to be made.</summary>
/// <param name="Phrase">
/// What to look for: 1 to 100 characters in a single line. Case, compatible forms and, unless the phrase has them itself, accents make no difference. One that
/// is a hashtag with its sign looks for that tag alone.
/// </param>
/// <param name="Scope">Where it is to hold; left out, everywhere.</param>
/// <param name="Action"><c>warn</c>, unless said otherwise.</param>
/// <param name="WholeWord">Whether whole words alone count, as they do unless said otherwise; in scripts without spaces between words it makes no difference.</param>
/// <param name="ExpiresAt">When it ends by itself: in the future, at most a year ahead; left out, it does not.</param>
[Example("""{ "phrase": "spoiler", "scope": ["home", "public"], "action": "warn", "wholeWord": true, "expiresAt": null }""")]
public sealed record NewFilter(
    [property: Required, MaxGraphemes(FilterRules.MaxPhrase)] string? Phrase = null,
    IReadOnlyList<FilterScope>? Scope = null,
    FilterAction? Action = null,
    bool? WholeWord = null,
    DateTimeOffset? ExpiresAt = null);

/// <summary>What to change about a filter (in the manner of JSON Merge Patch, RFC 7396): what is left out stays as it is.</summary>
[Example("""{ "action": "hide", "expiresAt": null }""")]
public sealed record FilterChanges
{
    private readonly bool endGiven;

    /// <summary>What to look for: 1 to 100 characters in a single line.</summary>
    [MaxGraphemes(FilterRules.MaxPhrase)]
    public string? Phrase { get; init; }

    /// <summary>Where it is to hold.</summary>
    public IReadOnlyList<FilterScope>? Scope { get; init; }

    /// <summary>What becomes of a post that it matches.</summary>
    public FilterAction? Action { get; init; }

    /// <summary>Whether whole words alone count.</summary>
    public bool? WholeWord { get; init; }

    /// <summary>When it ends by itself: in the future, at most a year ahead; null for not at all.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get;
        init => (field, endGiven) = (value, true);
    }

    /// <summary>The filter with the changes made, which must have no problems: the next edition, or the same one if nothing changes.</summary>
    internal StoredFilter ApplyTo(StoredFilter filter)
    {
        var changed = filter with
        {
            Phrase = Phrase is null ? filter.Phrase : FilterRules.Clean(Phrase),
            Scope = Scope is null || FilterRules.Clean(Scope).SequenceEqual(filter.Scope) ? filter.Scope : FilterRules.Clean(Scope),
            Action = Action ?? filter.Action,
            WholeWord = WholeWord ?? filter.WholeWord,
            ExpiresAt = endGiven ? ExpiresAt?.ToUniversalTime() : filter.ExpiresAt,
        };
        return changed == filter ? filter : changed with { Edition = filter.Edition + 1 };
    }
}
