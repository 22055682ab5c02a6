using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>Tells in which script a text is written, and which languages have a script or letters of their own.</summary>
internal static class WritingSystem
{
    /// <summary>Scripts of several languages, which need more than a look at the letters.</summary>
    public const string Latin = "latin", Cyrillic = "cyrillic", Arabic = "arabic", Devanagari = "devanagari";

    private const string Kana = "kana", Han = "han", Other = "other";

    /// <summary>
    /// The script of most letters of a folded text: a language where one language alone uses it, else one of the constants; null when there
    /// are fewer than two letters or no script has three of five.
    /// </summary>
    public static string? Of(ReadOnlySpan<char> folded)
    {
        var (letters, scripts) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                letters++;
                var script = Of(rune.Value);
                scripts[script] = scripts.GetValueOrDefault(script) + 1;
            }
        }

        if (letters < 2)
        {
            return null;
        }

        var (most, count) = scripts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).First();

        // Japanese mixes Han with kana, and often most letters are Han.
        var (kana, han) = (scripts.GetValueOrDefault(Kana), scripts.GetValueOrDefault(Han));
        if (kana > 0 && most is Kana or Han && kana * 10 >= han)
        {
            (most, count) = ("ja", kana + han);
        }

        return count * 5 < letters * 3 || most is Other ? null : most is Han ? "zh" : most is Kana ? "ja" : most;
    }

    private static string Of(int value) => value switch
    {
        < 0x0250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0xFF21 and <= 0xFF5A) => Latin,
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => "el",
        >= 0x0400 and <= 0x052F => Cyrillic,
        >= 0x0531 and <= 0x058F => "hy",
        >= 0x0590 and <= 0x05FF => "he",
        (>= 0x0600 and <= 0x077F) or (>= 0x08A0 and <= 0x08FF) or (>= 0xFB50 and <= 0xFEFC) => Arabic,
        >= 0x0900 and <= 0x097F => Devanagari,
        >= 0x0980 and <= 0x09FF => "bn",
        >= 0x0A00 and <= 0x0A7F => "pa",
        >= 0x0A80 and <= 0x0AFF => "gu",
        >= 0x0B80 and <= 0x0BFF => "ta",
        >= 0x0C00 and <= 0x0C7F => "te",
        >= 0x0C80 and <= 0x0CFF => "kn",
        >= 0x0D00 and <= 0x0D7F => "ml",
        >= 0x0D80 and <= 0x0DFF => "si",
        >= 0x0E00 and <= 0x0E7F => "th",
        >= 0x0E80 and <= 0x0EFF => "lo",
        >= 0x1000 and <= 0x109F => "my",
        (>= 0x10A0 and <= 0x10FF) or (>= 0x1C90 and <= 0x1CBF) => "ka",
        >= 0x1200 and <= 0x139F => "am",
        >= 0x1780 and <= 0x17FF => "km",
        (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xAC00 and <= 0xD7AF) => "ko",
        (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) => Kana,
        (>= 0x2E80 and <= 0x303B) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or >= 0x20000 => Han,
        _ => Other,
    };
}
