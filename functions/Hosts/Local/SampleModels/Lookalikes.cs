using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// Undoes the disguises of single characters: letters of other scripts that look Latin (a selection from the Unicode
/// confusables, UTS #39), digits and signs used as letters, and marks laid over letters.
/// </summary>
internal static class Lookalikes
{
    private static readonly FrozenDictionary<char, char> Letters = Pairs(
        "аaвbсcԁdеeёeғfɡgһhнhіiїiјjкkӏlмmпnоoрpԛqѕsтtуyүyѵvԝwхxɑaβbεeηnιiκkμuνvοoρpτtυuχxγyαaσoωwıiłløođdŧtƒfħhɪiʟlɴnʀrʏyոnսuօo");

    /// <summary>
    /// Letters without their marks, for the alphabets that disguises are made of: looked up once for all, because to decompose each word of a text takes
    /// longer than everything else that is done with it.
    /// </summary>
    private static readonly char[] Bare = [.. Enumerable.Range(0, 0x2000).Select(c => WithoutMarks((char)c))];

    private static readonly FrozenDictionary<char, char> Signs = Pairs("0o3e4a5s7t$s@a€e");

    internal static bool IsSign(char c) => c is '$' or '@' or '!' or '|' or '€' or '*';

    internal static bool IsForeignLookalike(char c) => c > '\u007F' && Letters.ContainsKey(c);

    internal static string ReplaceLetters(string word) => Replace(word, Letters);

    /// <summary>Reads digits and signs as letters; a 1 may stand for i or l.</summary>
    internal static string ReplaceSigns(string word, char one) =>
        Replace(word.Replace('1', one).Replace('!', one).Replace('|', one), Signs);

    /// <summary>Spells German umlauts with two letters, as they are written without the keys for them.</summary>
    internal static string ExpandUmlauts(string word) => word.AsSpan().IndexOfAny("äöüß") < 0
        ? word
        : word.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal);

    internal static bool HasOnlyGermanLetters(string word)
    {
        foreach (var c in word)
        {
            if (c > '\u007F' && c is not ('ä' or 'ö' or 'ü' or 'ß'))
            {
                return false;
            }
        }

        return true;
    }

    internal static string WithoutMarks(string word)
    {
        if (Ascii.IsValid(word))
        {
            return word;
        }

        var kept = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (!IsMark(c))
            {
                kept.Append(c < Bare.Length ? Bare[c] : c);
            }
        }

        return kept.ToString();
    }

    private static bool IsMark(char c) =>
        c > '\u007F' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>The letter that a character is composed of with marks; the character itself where it is none such.</summary>
    private static char WithoutMarks(char c)
    {
        if (c < '\u0080')
        {
            return c;
        }

        var letters = NormalForms.Of(c.ToString(), NormalizationForm.FormD).Where(part => !IsMark(part)).Take(2).ToList();
        return letters.Count == 1 ? letters[0] : c;
    }

    /// <summary>Shortens what is drawn out: three or more of the same letter become <paramref name="keep"/>.</summary>
    internal static string ShortenRuns(string word, int keep)
    {
        if (!HasRun(word))
        {
            return word;
        }

        var kept = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var end = i + 1;
            while (end < word.Length && word[end] == word[i])
            {
                end++;
            }

            kept.Append(word[i], end - i >= 3 ? keep : end - i);
            i = end;
        }

        return kept.ToString();
    }

    private static bool HasRun(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Leaves one of each letter that stands there several times in a row.</summary>
    internal static string Squeeze(string word)
    {
        var kept = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (kept.Length == 0 || kept[^1] != c)
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static string Replace(string word, FrozenDictionary<char, char> map)
    {
        var chars = word.ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = map.GetValueOrDefault(chars[i], chars[i]);
        }

        return new(chars);
    }

    private static FrozenDictionary<char, char> Pairs(string pairs) =>
        pairs.Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
}
