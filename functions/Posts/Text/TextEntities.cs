using System.Globalization;
using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>What a text refers to.</summary>
/// <param name="Tags">Hashtags without their sign, in the order of first appearance, each once, as <see cref="TextEntities.NormalizeTag"/> has them.</param>
/// <param name="Mentions">Handles without their sign, in lower case, likewise. Whether they exist is for the caller to find out.</param>
/// <param name="Entities">Every place where one of them or a link stands, in the order of the text. They do not overlap.</param>
public sealed record TextEntitiesFound(IReadOnlyList<string> Tags, IReadOnlyList<string> Mentions, IReadOnlyList<TextEntity> Entities);

/// <summary>
/// Finds hashtags, mentions and links in what people write, in any script, after twitter-text (github.com/twitter/twitter-text); tests run its
/// conformance suite and name what deliberately differs.
/// </summary>
public static class TextEntities
{
    /// <summary>Most distinct hashtags taken from one text; further ones stay plain text.</summary>
    public const int MaxTags = 30;

    /// <summary>Most distinct mentions taken from one text; further ones stay plain text.</summary>
    public const int MaxMentions = 50;

    /// <summary>Most links taken from one text; further ones stay plain text.</summary>
    public const int MaxLinks = 100;

    /// <summary>Longest hashtag, in extended grapheme clusters.</summary>
    public const int MaxTagClusters = 100;

    /// <summary>Most hashtags, and most mentions, that are looked at in one text, the same one again included: what follows stays plain text.</summary>
    public const int MaxCandidates = 500;

    private const int MinHandle = 3;
    private const int MaxHandle = 30;

    private static readonly TextEntitiesFound Nothing = new([], [], []);

    /// <summary>
    /// Finds what a text refers to. A hashtag is # or ＃ followed by letters, marks, digits, underscores, emoji (UAX #31 hashtags, without
    /// the hyphen) and signs within words, among them a letter or an emoji. A mention is @ or ＠ followed by 3 to 30 of a-z, 0-9 and _ in
    /// any case. A link begins with http:// or https://; domains without a scheme are none, because "README.md" and "Ende.Es" would be, too.
    /// Neither counts inside a word or an address. Total, and linear in the text.
    /// </summary>
    public static TextEntitiesFound Find(string text) =>
        text.AsSpan().IndexOfAny("#＃@＠") < 0 && !text.Contains("://", StringComparison.Ordinal) ? Nothing : new Scan(text).Run();

    /// <summary>
    /// The form in which hashtags are compared and stored: NFKC with full case folding, without variation selectors and without joiners
    /// outside emoji. Idempotent. Takes a tag with or without its sign.
    /// </summary>
    /// <returns>The normalised tag, or null when the whole of <paramref name="tag"/> is not one tag.</returns>
    public static string? NormalizeTag(string tag) => TagKey.Of(tag.Length > 0 && IsHash(tag[0]) ? tag[1..] : tag);

    private static bool IsHash(char c) => c is '#' or '＃';

    private static bool IsAt(char c) => c is '@' or '＠';

    /// <summary>One pass over a text. Each method looks at what begins at <c>at</c> and returns where to go on, which is further on.</summary>
    private sealed class Scan(string text)
    {
        private readonly List<TextEntity> entities = [];
        private readonly OrderedSet tags = new(MaxTags);
        private readonly Dictionary<string, string?> keys = new(StringComparer.Ordinal);
        private readonly OrderedSet mentions = new(MaxMentions);
        private int links;

        public TextEntitiesFound Run()
        {
            for (var at = 0; at < text.Length;)
            {
                at = IsHash(text[at]) ? Hash(at) : IsAt(text[at]) ? At(at) : Word(at);
            }

            return new(tags.Items, mentions.Items, entities);
        }

        private int Hash(int at)
        {
            if (FollowsWord(at) || (at > 0 && (IsHash(text[at - 1]) || text[at - 1] == '&')))
            {
                return at + 1;
            }

            var end = TagKey.End(text, at + 1);
            if (end > at + 1 && !IsScheme(end) && tags.MayTake() && KeyOf(text[(at + 1)..end]) is { } key && tags.Has(key))
            {
                entities.Add(new(TextEntityKind.Tag, at, end - at, key));
            }

            // In front of "://" it is an address after a sign, which Word passes over.
            return IsScheme(end) ? at + 1 : Math.Max(end, at + 1);
        }

        /// <summary>The key of a tag: each spelling is folded once, and none any more when there are as many tags as may be.</summary>
        private string? KeyOf(string body) =>
            keys.TryGetValue(body, out var known) ? known
            : tags.IsFull ? null
            : keys[body] = TagKey.Of(body);

        private int At(int at)
        {
            if (!MayBeforeMention(at))
            {
                return at + 1;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (IsScheme(end))
            {
                return at + 1;
            }

            if (end - at - 1 is >= MinHandle and <= MaxHandle && mentions.MayTake() && EndsHandle(end))
            {
                var handle = text[(at + 1)..end].ToLowerInvariant();
                if (mentions.Has(handle))
                {
                    entities.Add(new(TextEntityKind.Mention, at, end - at, handle));
                }
            }

            return end;
        }

        /// <summary>A word, or an address, in which # and @ have their own meaning.</summary>
        private int Word(int at)
        {
            var first = RuneAt(at);
            var end = at + first.Utf16SequenceLength;
            if (!Rune.IsLetterOrDigit(first))
            {
                return end;
            }

            while (end < text.Length && RuneAt(end) is var rune && IsOfWord(rune))
            {
                end += rune.Utf16SequenceLength;
            }

            if (IsScheme(end))
            {
                return Address(at, end);
            }

            if (end < text.Length && text[end] == '@' && MailEnd(end) is var mail and > 0)
            {
                return mail;
            }

            var word = text.AsSpan(at, end - at);
            if (word.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                return Link.SkipFrom(text, end);
            }

            var port = end < text.Length && text[end] == ':' ? Link.Digits(text.AsSpan(end + 1)) + 1 : 0;
            return end + port < text.Length && text[end + port] is '/' or '?' && EndsInDomain(word) ? Link.SkipFrom(text, end + port) : end;
        }

        /// <summary>What has a scheme, whatever it is.</summary>
        private int Address(int word, int scheme)
        {
            var host = scheme + 3;
            var name = text.AsSpan(word, scheme - word);
            var start = name.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? scheme - 5 : name.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? scheme - 4 : -1;
            if (start < 0 || Link.End(text, host) is not (var end and > 0) || ++links > MaxLinks || Link.Target(text[start..end]) is not { } target)
            {
                return Math.Max(Link.SkipFrom(text, host), host);
            }

            if (start == 0 || !(char.IsAsciiLetterOrDigit(text[start - 1]) || IsAt(text[start - 1]) || IsHash(text[start - 1]) || text[start - 1] == '$'))
            {
                entities.Add(new(TextEntityKind.Link, start, end - start, target));
            }

            return end;
        }

        /// <summary>Where the domain behind the sign of a mail address ends; 0 if there is no mail address.</summary>
        private int MailEnd(int sign)
        {
            // Scripts without case write no spaces, or prefix their prepositions: what precedes the sign is a word of the sentence.
            if (Before(sign) is { } last && Rune.GetUnicodeCategory(last) == UnicodeCategory.OtherLetter)
            {
                return 0;
            }

            var (end, dots, at) = (0, 0, sign + 1);
            while (at < text.Length && RuneAt(at) is var rune)
            {
                if (Rune.IsLetterOrDigit(rune) || rune.Value == '-')
                {
                    at += rune.Utf16SequenceLength;
                    end = dots > 0 ? at : 0;
                }
                else if (rune.Value == '.' && at > sign + 1 && text[at - 1] != '.')
                {
                    at++;
                    dots++;
                }
                else
                {
                    break;
                }
            }

            return end;
        }

        private bool IsScheme(int at) => text.AsSpan(at).StartsWith("://", StringComparison.Ordinal);

        private bool FollowsWord(int at) => Before(at) is { } before && TagCharacters.IsWord(before);

        /// <summary>
        /// As in twitter-text, with cased letters of every script: no mention inside a word or behind one of !#$%&amp;*, but behind letters of scripts
        /// without case, whose words stand together or have prepositions for prefixes; and behind "RT".
        /// </summary>
        private bool MayBeforeMention(int at)
        {
            if (Before(at) is not { } before)
            {
                return true;
            }

            return Rune.GetUnicodeCategory(before) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
                ? text.AsSpan(0, at).EndsWith("RT", StringComparison.OrdinalIgnoreCase) && (at == 2 || (!FollowsWord(at - 2) && text[at - 3] is not ('+' or '~' or '.' or '-')))
                : !(before.IsAscii && "!#$%&*@".Contains((char)before.Value, StringComparison.Ordinal)) && before.Value != '＠';
        }

        /// <summary>
        /// A handle ends before anything that cannot belong to a longer word. Scripts written without spaces may follow
        /// at once ("@anna さん" is usually typed "@annaさん"); "@annaé" is somebody else, and "@anna@host" is on another network.
        /// </summary>
        private bool EndsHandle(int at)
        {
            if (at >= text.Length)
            {
                return true;
            }

            var next = RuneAt(at);
            return !IsAt(text[at]) && (!TagCharacters.IsWord(next) || TagCharacters.IsWrittenWithoutSpaces(next));
        }

        /// <summary>Whether a word ends in two labels: letters, digits or hyphens, a dot, and at least two letters.</summary>
        private static bool EndsInDomain(ReadOnlySpan<char> word)
        {
            var dot = word.LastIndexOf('.');
            if (dot < 1 || word.Length - dot < 3 || !(char.IsLetterOrDigit(word[dot - 1]) || char.IsSurrogate(word[dot - 1]) || word[dot - 1] == '-'))
            {
                return false;
            }

            foreach (var rune in word[(dot + 1)..].EnumerateRunes())
            {
                if (!Rune.IsLetter(rune))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '%' or '+' or '\'' or '-'
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

        private Rune? Before(int at) => Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) == System.Buffers.OperationStatus.Done ? before : null;

        /// <summary>The character that begins somewhere; a half of one counts as U+FFFD, which is as long.</summary>
        private Rune RuneAt(int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;
    }

    private sealed class OrderedSet(int capacity)
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private int candidates;

        internal List<string> Items { get; } = [];

        internal bool IsFull => Items.Count == capacity;

        /// <summary>Whether another one is worth looking at: to compare it takes longer than to find it.</summary>
        internal bool MayTake() => candidates++ < MaxCandidates;

        /// <summary>Whether an item is among those taken, after taking it if there is room.</summary>
        internal bool Has(string item)
        {
            if (Items.Count < capacity && seen.Add(item))
            {
                Items.Add(item);
            }

            return seen.Contains(item);
        }
    }
}
