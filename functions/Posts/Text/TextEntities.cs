using System.Text;
using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>What a text refers to, in the order of first appearance, each once.</summary>
/// <param name="Tags">Hashtags without their sign, normalised for comparison by <see cref="TextEntities.NormalizeTag"/>.</param>
/// <param name="Mentions">Handles without their sign, in lower case. Whether they exist is for the caller to find out.</param>
public sealed record TextEntitiesFound(IReadOnlyList<string> Tags, IReadOnlyList<string> Mentions);

/// <summary>Finds hashtags and mentions in what people write, in any script.</summary>
public static class TextEntities
{
    /// <summary>Most distinct hashtags taken from one text; further ones stay plain text.</summary>
    public const int MaxTags = 30;

    /// <summary>Most distinct mentions taken from one text; further ones stay plain text.</summary>
    public const int MaxMentions = 50;

    /// <summary>Longest hashtag, in extended grapheme clusters.</summary>
    public const int MaxTagClusters = 100;

    /// <summary>Most hashtags and mentions that are looked at in one text, the same one again included: what follows stays plain text.</summary>
    public const int MaxCandidates = 500;

    private const int MinHandle = 3;
    private const int MaxHandle = 30;

    private static readonly int MaxTagUnits = TextLength.MaxUnits(MaxTagClusters);

    /// <summary>Web and mail addresses, in which # and @ have their own meaning. Non-backtracking, so linear in the text.</summary>
    private static readonly Regex Address = new(
        """
        (?: [a-z][a-z0-9+.-]{0,20}:// | \bwww\. | (?:[\p{L}\p{N}-]+\.)+ \p{L}{2,} (?::[0-9]+)? [/?] ) [^\s<>"„“”«»。、」』）]*
        | [\p{L}\p{N}] [\p{L}\p{N}._%+'-]* @ [\p{L}\p{N}-]+ (?: \. [\p{L}\p{N}-]+ )+
        """,
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant);

    /// <summary>
    /// Finds the hashtags and mentions of a text. A hashtag is # or ＃ followed by letters, marks, digits, underscores
    /// and emoji (UAX #31 hashtags, without the hyphen), among them a letter or an emoji. A mention is @ or ＠ followed
    /// by 3 to 30 of a-z, 0-9 and _ in any case. Neither counts inside a word or an address. Total and linear.
    /// </summary>
    public static TextEntitiesFound Find(string text)
    {
        var tags = new OrderedSet(MaxTags);
        var mentions = new OrderedSet(MaxMentions);
        if (text.AsSpan().IndexOfAny("#＃@＠") < 0)
        {
            return new([], []);
        }

        var plainFrom = 0;
        foreach (var address in Address.EnumerateMatches(text))
        {
            Scan(text, plainFrom, address.Index, tags, mentions);
            plainFrom = address.Index + address.Length;
        }

        Scan(text, plainFrom, text.Length, tags, mentions);
        return new(tags.Items, mentions.Items);
    }

    /// <summary>
    /// The form in which hashtags are compared and stored: NFKC, lower case, final sigma as sigma, without variation
    /// selectors and without joiners outside emoji. Idempotent. Takes a tag with or without its sign.
    /// </summary>
    /// <returns>The normalised tag, or null when the whole of <paramref name="tag"/> is not one tag.</returns>
    public static string? NormalizeTag(string tag)
    {
        var body = tag.Length > 0 && IsHash(tag[0]) ? tag[1..] : tag;
        return body.Length > 0 && body.Length <= MaxTagUnits && TagEnd(body, 0, body.Length) == body.Length ? Key(body) : null;
    }

    private static void Scan(string text, int from, int end, OrderedSet tags, OrderedSet mentions)
    {
        for (var at = from; at < end; at++)
        {
            if (IsHash(text[at]) && !FollowsWord(text, at) && (at == 0 || !(IsHash(text[at - 1]) || text[at - 1] == '&')))
            {
                var tagEnd = TagEnd(text, at + 1, end);
                if (tagEnd > at + 1 && tags.MayTake() && Key(text[(at + 1)..tagEnd]) is { } key)
                {
                    tags.Add(key);
                }

                at = Math.Max(at, tagEnd - 1);
            }
            else if (IsAt(text[at]) && !FollowsWord(text, at) && (at == 0 || !IsAt(text[at - 1])))
            {
                var handleEnd = at + 1;
                while (handleEnd < end && (char.IsAsciiLetterOrDigit(text[handleEnd]) || text[handleEnd] == '_'))
                {
                    handleEnd++;
                }

                if (handleEnd - at - 1 is >= MinHandle and <= MaxHandle && mentions.MayTake() && EndsHandle(text, handleEnd))
                {
                    mentions.Add(text[(at + 1)..handleEnd].ToLowerInvariant());
                }

                at = handleEnd - 1;
            }
        }
    }

    /// <summary>Where the tag that starts at <paramref name="from"/> ends, or <paramref name="from"/> when none does.</summary>
    private static int TagEnd(string text, int from, int end)
    {
        var at = from;
        var meaningful = false;
        while (at < end && Rune.TryGetRuneAt(text, at, out var rune)
            && (at == from ? TagCharacters.IsFirst(rune) : TagCharacters.IsContinue(rune)))
        {
            meaningful |= TagCharacters.IsMeaningful(rune);
            at += rune.Utf16SequenceLength;
        }

        return meaningful ? at : from;
    }

    private static string? Key(string body)
    {
        // A tag without a normal form cannot be reached (TagEnd takes whole scalar values of assigned categories only),
        // but the length limit also bounds the work below.
        if (body.Length > MaxTagUnits || NormalForms.Clusters(body) > MaxTagClusters)
        {
            return null;
        }

        // Lower case can undo composition, and composition can follow lower case; the second pass makes it a fixed point.
        return Compatible(body) is { } form && Compatible(Lower(form)) is { } folded && Compatible(WithoutIgnorables(folded)) is { } key
            && TagEnd(key, 0, key.Length) == key.Length && NormalForms.Clusters(key) <= MaxTagClusters
                ? key
                : null;
    }

    /// <summary>NFKC, which of ASCII is the text itself; null where too many marks stand in a row, as some characters become two or more of them.</summary>
    private static string? Compatible(string text) =>
        Ascii.IsValid(text) ? text : NormalForms.IsStreamSafe(text) ? NormalForms.Of(text, NormalizationForm.FormKC) : null;

    private static string Lower(string text) => text.ToLowerInvariant().Replace('ς', 'σ');

    private static string WithoutIgnorables(string text)
    {
        var kept = new StringBuilder(text.Length);
        var afterEmoji = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (TagCharacters.IsVariationSelector(rune) || rune.Value == TagCharacters.ZeroWidthNonJoiner
                || (rune.Value == TagCharacters.ZeroWidthJoiner && !afterEmoji))
            {
                continue;
            }

            kept.Append(rune.ToString());
            afterEmoji = rune.Value != TagCharacters.ZeroWidthJoiner
                && (TagCharacters.IsPictographic(rune) || rune.Value is >= 0x1F3FB and <= 0x1F3FF);
        }

        return kept.ToString();
    }

    private static bool FollowsWord(string text, int at) =>
        at > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) == System.Buffers.OperationStatus.Done
        && TagCharacters.IsWord(before);

    /// <summary>
    /// A handle ends before anything that cannot belong to a longer word. Scripts written without spaces may follow
    /// at once ("@anna さん" is usually typed "@annaさん"); "@annaé" is somebody else, and "@anna@host" is on another network.
    /// </summary>
    private static bool EndsHandle(string text, int at)
    {
        if (at >= text.Length || !Rune.TryGetRuneAt(text, at, out var next))
        {
            return true;
        }

        return !IsAt(text[at]) && (!TagCharacters.IsWord(next) || IsWrittenWithoutSpaces(next.Value));
    }

    private static bool IsWrittenWithoutSpaces(int value) =>
        value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x2E80 and <= 0x9FFF)
            or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or >= 0x20000;

    private static bool IsHash(char c) => c is '#' or '＃';

    private static bool IsAt(char c) => c is '@' or '＠';

    private sealed class OrderedSet(int capacity)
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private int candidates;

        internal List<string> Items { get; } = [];

        /// <summary>Whether another one is worth looking at: to compare it takes longer than to find it.</summary>
        internal bool MayTake() => Items.Count < capacity && candidates++ < MaxCandidates;

        internal void Add(string item)
        {
            if (Items.Count < capacity && seen.Add(item))
            {
                Items.Add(item);
            }
        }
    }
}
