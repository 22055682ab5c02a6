using System.Buffers;
using System.Globalization;
using System.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Guesses the language of a short text by its script and, for Latin script, by its commonest function words. It is a
/// guess: it serves as the default of a post's language and as a hint to models, never as a reason to refuse anything.
/// What the author declares always wins.
/// </summary>
public static class LanguageGuess
{
    /// <summary>Letters beyond this many do not change the guess; they are not read.</summary>
    private const int EnoughLetters = 2000;

    private static readonly SearchValues<char> Belarusian = SearchValues.Create("ўЎ");
    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("їєґіЇЄҐІ");
    private static readonly SearchValues<char> Serbian = SearchValues.Create("ђћџљњЂЋЏЉЊ");
    private static readonly SearchValues<char> Urdu = SearchValues.Create("ٹڈڑںے");
    private static readonly SearchValues<char> Persian = SearchValues.Create("پچژگ");

    private static readonly Dictionary<string, string[]> FunctionWords = new(StringComparer.Ordinal)
    {
        ["de"] = Words("der die das und ist nicht ich du wir ihr sie ein eine einen einem einer mit auf für von dem den des zu im am auch es heute aber wie was war sind haben habe hat kann noch nur schon sehr mein meine dein deine uns euch oder wenn weil dass mal jetzt immer wieder nach bei aus über alle gerade mich dich mir dir kein keine guten"),
        ["en"] = Words("the and is are you i to of in it that this for with on have was not my your we they be at but what how just so can will do me from or about if an there had has been our out up when who would their them some more today good"),
        ["fr"] = Words("le la les et est des une un je tu il nous vous ils que qui dans pour pas sur avec ce cette au aux du mais plus sont mon ma mes ne se en être avoir très bien aussi comme tout fait ça ai c j l d qu"),
        ["es"] = Words("el la los las y es una un yo tú que en de por para con no se del al lo su pero más como está están mi muy esto esta este hay son ser ha he nos qué también todo hoy cuando porque"),
        ["it"] = Words("il lo la gli le e è un una di che non per con sono del della nel nella al alla ma più come questo questa mi ti ci si ho hai ha abbiamo anche molto oggi io tu noi perché cosa dei delle"),
        ["pt"] = Words("o a os as e é um uma de que não em para com do da no na por se mais mas como eu você nós ele ela está são muito meu minha isso este esta foi tem também hoje ao dos das pelo"),
        ["nl"] = Words("de het een en is niet ik je jij wij zij van in op met voor dat dit die te maar ook aan er zijn was heb hebben heeft naar wat hoe nog wel goed mijn jouw ons bij om als deze vandaag geen uit"),
        ["pl"] = Words("i w na z się nie jest to że do jak ale co tak mi mnie ja ty my już są był była dla po od o za przez tylko bardzo dzisiaj czy ten ta te jestem mam"),
        ["sv"] = Words("och det att är en ett jag du vi inte på som för med av den har till om var men så kan från han hon de mig dig idag mycket bara när vad hur"),
        ["tr"] = Words("ve bir bu da de için çok ne ben sen biz siz o değil var yok ama gibi daha mi mı ile bugün olarak kadar şey her iyi nasıl"),
    };

    private static readonly Dictionary<string, string[]> LanguagesOf = Invert();

    /// <summary>
    /// The primary BCP 47 subtag of the language the text is probably written in, such as "de", "en" or "ja", or null
    /// when the text is too short, mixed or otherwise unclear. Addresses, mentions and hashtags are not considered.
    /// </summary>
    public static string? Of(string text)
    {
        var words = new List<string>();
        var scripts = new Dictionary<string, int>(StringComparer.Ordinal);
        var letters = Read(text, words, scripts);
        if (letters < 2)
        {
            return null;
        }

        var (script, count) = scripts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).First();

        // Japanese mixes Han with kana, and often most letters are Han.
        var kana = scripts.GetValueOrDefault("kana");
        if (kana > 0 && (script is "kana" or "han") && kana * 10 >= scripts.GetValueOrDefault("han"))
        {
            (script, count) = ("kana", kana + scripts.GetValueOrDefault("han"));
        }

        if (count * 10 < letters * 6)
        {
            return null;
        }

        return script switch
        {
            "latin" => Latin(words),
            "cyrillic" => letters < 4 ? null : Cyrillic(text),
            "arabic" => letters < 3 ? null : Arabic(text),
            "kana" => "ja",
            "han" => "zh",
            "other" => null,
            _ => script,
        };
    }

    private static int Read(string text, List<string> words, Dictionary<string, int> scripts)
    {
        var letters = 0;
        foreach (var range in text.AsSpan().SplitAny(" \t\r\n\u00A0\u3000"))
        {
            var token = text.AsSpan(range);
            if (token.IsEmpty || token[0] is '#' or '@' or '＃' or '＠' || token.Contains("://", StringComparison.Ordinal)
                || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || (token.Contains('@') && token.Contains('.')))
            {
                continue;
            }

            var word = new StringBuilder();
            foreach (var rune in token.EnumerateRunes())
            {
                if (Rune.IsLetter(rune))
                {
                    letters++;
                    var script = Script(rune.Value);
                    scripts[script] = scripts.GetValueOrDefault(script) + 1;
                    word.Append(Rune.ToLowerInvariant(rune).ToString());
                }
                else if (word.Length > 0 && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
            }

            if (word.Length > 0)
            {
                words.Add(word.ToString());
            }

            if (letters >= EnoughLetters)
            {
                break;
            }
        }

        return letters;
    }

    private static string? Latin(List<string> words)
    {
        var scores = FunctionWords.Keys.ToDictionary(language => language, _ => 0.0, StringComparer.Ordinal);
        foreach (var word in words)
        {
            // A word that several languages share says less about each of them.
            var languages = LanguagesOf.GetValueOrDefault(word, []);
            foreach (var language in languages)
            {
                scores[language] += 1.0 / languages.Length;
            }

            if (Spelling(word) is { } spelled)
            {
                scores[spelled] += 0.75;
            }
        }

        var ranked = scores.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(2).ToList();
        var sure = ranked[0].Value >= 1.5 && ranked[0].Value >= ranked[1].Value * 1.3 && ranked[0].Value >= words.Count * 0.12;
        return sure ? ranked[0].Key : null;
    }

    /// <summary>Letters that, among the languages known here, one language alone uses.</summary>
    private static string? Spelling(string word)
    {
        foreach (var c in word)
        {
            switch (c)
            {
                case 'ß':
                    return "de";
                case 'ñ':
                    return "es";
                case 'ã' or 'õ':
                    return "pt";
                case 'ł' or 'ę' or 'ą' or 'ś' or 'ż' or 'ź' or 'ń':
                    return "pl";
                case 'å':
                    return "sv";
                case 'ğ' or 'ı' or 'ş':
                    return "tr";
                case 'œ':
                    return "fr";
            }
        }

        return null;
    }

    private static string Cyrillic(ReadOnlySpan<char> text) =>
        text.ContainsAny(Belarusian) ? "be"
        : text.ContainsAny(Ukrainian) ? "uk"
        : text.ContainsAny(Serbian) ? "sr"
        : "ru";

    private static string Arabic(ReadOnlySpan<char> text) =>
        text.ContainsAny(Urdu) ? "ur"
        : text.ContainsAny(Persian) ? "fa"
        : "ar";

    private static string Script(int value) => value switch
    {
        < 0x0250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0xFF21 and <= 0xFF5A) => "latin",
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => "el",
        >= 0x0400 and <= 0x052F => "cyrillic",
        >= 0x0531 and <= 0x058F => "hy",
        >= 0x0590 and <= 0x05FF => "he",
        (>= 0x0600 and <= 0x077F) or (>= 0x08A0 and <= 0x08FF) or (>= 0xFB50 and <= 0xFEFC) => "arabic",
        >= 0x0900 and <= 0x097F => "hi",
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
        (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) => "kana",
        (>= 0x2E80 and <= 0x303B) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or >= 0x20000 => "han",
        _ => "other",
    };

    private static string[] Words(string list) => list.Split(' ');

    private static Dictionary<string, string[]> Invert() => FunctionWords
        .SelectMany(entry => entry.Value.Distinct(StringComparer.Ordinal).Select(word => (word, entry.Key)))
        .GroupBy(pair => pair.word, pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
}
