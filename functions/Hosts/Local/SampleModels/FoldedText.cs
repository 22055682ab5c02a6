using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>One word as rules see it.</summary>
/// <param name="Text">The word in the lexicon's spelling.</param>
/// <param name="Alternative">Another reading of a word that looks disguised, or null.</param>
/// <param name="Sentence">Number of the sentence; a quotation does not end the sentence around it.</param>
/// <param name="Clause">Number of the part between commas, dashes and the like.</param>
/// <param name="Quoted">Whether it stands between quotation marks.</param>
/// <param name="Mention">Whether it is an @mention.</param>
internal readonly record struct Word(string Text, string? Alternative, int Sentence, int Clause, bool Quoted, bool Mention);

/// <summary>Splits a text into words, seeing through the ways of writing that hide words from filters.</summary>
internal static class FoldedText
{
    private const string OpeningQuotes = "\"„“”«»‚‘'`";
    private const int LongestQuotation = 500;
    private const int LongestDisguise = 40;

    /// <summary>Web addresses; their words are nobody's speech. Non-backtracking, so linear.</summary>
    private static readonly Regex Address = new(
        @"(?:[a-z][a-z0-9+.-]{0,20}://|\bwww\.)\S*",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly record struct Piece(string Raw, int Start, int End, int Sentence, int Clause, bool Quoted, bool Mention, (string Text, string? Alternative)? Known);

    internal static List<Word> Split(string text, WordFolder folder)
    {
        text = text.Length > NormalForms.MaxTogether ? text[..NormalForms.MaxTogether] : text;
        var clean = Clean(Address.Replace(text, " "));
        var amongLatin = clean.Any(char.IsAsciiLetter);
        var pieces = Pieces(clean, folder);
        var words = new List<Word>(pieces.Count);
        var seen = new Dictionary<string, (string Text, string? Alternative)>(StringComparer.Ordinal);
        for (var i = 0; i < pieces.Count;)
        {
            var run = SpelledOut(pieces, i, clean);
            var raw = pieces[i].Raw;
            if (run > 1)
            {
                raw = string.Concat(pieces.Skip(i).Take(run).Select(piece => piece.Raw));
                if (run < 4 && !folder.Knows(raw))
                {
                    (raw, run) = (pieces[i].Raw, 1);
                }
            }

            var piece = pieces[i];
            var (folded, alternative) = run == 1 && piece.Known is { } known ? known : Fold(raw);
            i += run;
            if (folded.Length > 0)
            {
                words.Add(new(folded, alternative, piece.Sentence, piece.Clause, piece.Quoted, piece.Mention));
            }
        }

        return words;

        (string Text, string? Alternative) Fold(string raw) => seen.TryGetValue(raw, out var before) ? before : seen[raw] = folder.Fold(raw, amongLatin);
    }

    /// <summary>
    /// NFKC in lower case, without anything invisible; total, unlike <see cref="string.Normalize()"/>: of marks beyond the bounds of
    /// <see cref="NormalForms"/> nothing is kept.
    /// </summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        var marks = default(MarkRun);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (Kept(rune) is { } keep && marks.Takes(keep))
            {
                kept.Append(units[..keep.EncodeToUtf16(units)]);
            }
        }

        return NormalForms.Of(kept.ToString(), NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>What is kept of a character: null for nothing, a blank for what only separates.</summary>
    private static Rune? Kept(Rune rune) => rune.Value switch
    {
        < 0x80 => rune.Value is < ' ' and not '\n' or 0x7F ? new Rune(' ') : rune,
        (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F => null,

        // Ligatures of whole words in Arabic and Japanese: NFKC makes them up to 18 times as long, and no rule knows them.
        (>= 0xFDF0 and <= 0xFDFB) or (>= 0x3300 and <= 0x3357) => new Rune(' '),
        var value when (value & 0xFFFE) == 0xFFFE => null,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format => null,
            UnicodeCategory.Control => new Rune(' '),
            _ => rune,
        },
    };

    private static List<Piece> Pieces(string text, WordFolder folder)
    {
        var pieces = new List<Piece>();
        var (sentence, clause, quoteEnd) = (0, 0, -1);
        var closing = default(ClosingQuotes);
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (IsWord(c) || (c == '$' && Follows(text, at, char.IsAsciiLetter)))
            {
                var end = WordEnd(text, at, out var masked);
                var raw = text[at..end];
                var known = masked ? folder.Unmask(raw) : null;
                if (masked && known is null)
                {
                    end = at + raw.AsSpan().IndexOfAny("!|*");
                    raw = text[at..end];
                }

                pieces.Add(new(WithoutApostrophes(raw), at, end, sentence, clause, at < quoteEnd, Mention: false, known));
                at = end;
                continue;
            }

            if (c == '@' && Follows(text, at, char.IsLetterOrDigit))
            {
                var end = WordEnd(text, at + 1, out _);
                pieces.Add(new("a" + WithoutApostrophes(text[(at + 1)..end]), at, end, sentence, clause, at < quoteEnd, Mention: true, null));
                at = end;
                continue;
            }

            if (at >= quoteEnd && OpeningQuotes.Contains(c, StringComparison.Ordinal))
            {
                quoteEnd = closing.EndOf(text, at);
            }

            // A stop with a letter right behind it belongs to an abbreviation, an address or a disguise ("k.i.l.l").
            var stops = c is '\n' or '!' or '?' || (c == '.' && !Follows(text, at, char.IsLetterOrDigit));
            sentence += stops && (at >= quoteEnd || c == '\n') ? 1 : 0;
            clause += stops || c is ',' or ';' or ':' or '–' or '—' or '(' or ')' || IsDash(text, at) ? 1 : 0;
            at++;
        }

        return pieces;
    }

    private static int WordEnd(string text, int at, out bool masked)
    {
        masked = false;
        var start = at;
        while (at < text.Length)
        {
            if (IsWord(text[at]) || (IsApostrophe(text[at]) && Follows(text, at, char.IsLetter)))
            {
                at++;
                continue;
            }

            var signs = at;
            while (signs < text.Length && signs - at < 6 && Lookalikes.IsSign(text[signs]))
            {
                signs++;
            }

            if (signs == at || at - start > LongestDisguise || signs >= text.Length || !IsWord(text[signs]))
            {
                // "$hit" starts with a sign, and only there nothing needs to stand before it.
                break;
            }

            masked |= text.AsSpan(at, signs - at).IndexOfAny("!|*") >= 0;
            at = signs;
        }

        return at;
    }

    /// <summary>Length of a run of single letters with one separator between each two ("f u c k", "k.i.l.l"); 1 for none.</summary>
    private static int SpelledOut(List<Piece> pieces, int from, string text)
    {
        var to = from;
        while (to < pieces.Count && pieces[to].Raw.Length == 1 && !pieces[to].Mention
            && (to == from || (pieces[to].Start - pieces[to - 1].End == 1 && " .-_*·/+~".Contains(text[pieces[to].Start - 1], StringComparison.Ordinal))))
        {
            to++;
        }

        return to - from >= 3 ? to - from : 1;
    }

    private static bool IsWord(char c) =>
        char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or '`' or 'ʼ';

    private static bool IsDash(string text, int at) =>
        text[at] == '-' && at > 0 && text[at - 1] == ' ' && at + 1 < text.Length && text[at + 1] == ' ';

    private static bool Follows(string text, int at, Func<char, bool> kind) => at + 1 < text.Length && kind(text[at + 1]);

    private static string WithoutApostrophes(string word) =>
        word.Any(IsApostrophe) ? string.Concat(word.Where(c => !IsApostrophe(c))) : word;

    /// <summary>Finds where quotations end, going through a text once: many opening marks do not each search for the same closing one.</summary>
    private struct ClosingQuotes
    {
        private int nextSingle;
        private int nextDouble;

        /// <summary>Where the quotation ends that opens at <paramref name="open"/>; -1 if it does not within its line and the longest quotation. Call it in the order of the text.</summary>
        internal int EndOf(string text, int open)
        {
            var single = IsApostrophe(text[open]) || text[open] == '‚';
            if (single && open > 0 && IsWord(text[open - 1]))
            {
                return -1;
            }

            ref var next = ref single ? ref nextSingle : ref nextDouble;
            for (next = Math.Max(next, open + 2); next < text.Length && !Closes(text, next, single); next++)
            {
            }

            return next < text.Length && next - open <= LongestQuotation && !text.AsSpan(open + 1, next - open - 1).Contains('\n') ? next : -1;
        }

        private static bool Closes(string text, int at, bool single) => single
            ? IsApostrophe(text[at]) && (at + 1 == text.Length || !IsWord(text[at + 1]))
            : text[at] is '"' or '“' or '”' or '«' or '»';
    }
}
