using System.Buffers;
using ServerlessSocial.Platform.Learning;

namespace ServerlessSocial.Posts.Text;

/// <summary>
/// Guesses the language of a short text: by its script where one language alone uses it, and for Latin and Cyrillic by a model trained on
/// sentences in 31 languages (<c>Languages/*.txt</c>). It is a guess: it serves as the default of a post's language and as a hint to models,
/// never as a reason to refuse anything. What the author declares always wins.
/// </summary>
public static class LanguageGuess
{
    /// <summary>The label of examples that are of no language: names, laughter, code.</summary>
    public const string NoLanguage = "und";

    /// <summary>Name of the model among the assembly's resources.</summary>
    internal const string Resource = "ServerlessSocial.Posts.Text.Languages.model";

    /// <summary>
    /// How probable the likeliest language must be; chosen on sentences held out of the training, where it leaves 92 of 100 right and 3 wrong, most
    /// of these between sisters such as Croatian and Serbian.
    /// </summary>
    private const double Sure = 0.7;

    /// <summary>A word less probable than this, taken alone, is not of the language; two letters of five in such words make a text a mixed one.</summary>
    private const double Foreign = 0.01;

    private const int EnoughCharacters = 1_000;
    private const int EnoughToCompare = 60;

    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("їєґ");
    private static readonly SearchValues<char> Belarusian = SearchValues.Create("ў");
    private static readonly SearchValues<char> Urdu = SearchValues.Create("ٹڈڑںےہھ");
    private static readonly SearchValues<char> Persian = SearchValues.Create("پچژگکی");
    private static readonly SearchValues<string> Marathi = SearchValues.Create(["ळ", " आहे", " आणि ", " नाही ", " मला "], StringComparison.Ordinal);
    private static readonly SearchValues<string> Nepali = SearchValues.Create([" छ ", " छन् ", " हुन्छ ", " गर्छ", " मलाई ", " तपाईं"], StringComparison.Ordinal);

    private static readonly Lazy<LinearModel> Model = new(() =>
    {
        using var stream = typeof(LanguageGuess).Assembly.GetManifestResourceStream(Resource)!;
        return LinearModel.Read(stream);
    });

    /// <summary>
    /// The primary BCP 47 subtag of the language the text is probably written in, such as "de", "en" or "ja", or null
    /// when the text is too short, mixed or otherwise unclear. Addresses, mentions and hashtags are not considered.
    /// </summary>
    public static string? Of(string text)
    {
        Span<char> room = stackalloc char[EnoughCharacters];
        ReadOnlySpan<char> folded = room[..FoldedText.Fold(text, room)];
        return WritingSystem.Of(folded) switch
        {
            WritingSystem.Latin => Learned(folded, Model.Value),
            WritingSystem.Cyrillic => Learned(folded, Model.Value) ?? ByOwnLetters(folded),
            WritingSystem.Arabic => folded.ContainsAny(Urdu) ? "ur" : folded.ContainsAny(Persian) ? "fa" : "ar",
            WritingSystem.Devanagari => folded.ContainsAny(Marathi) ? "mr" : folded.ContainsAny(Nepali) ? "ne" : "hi",
            var language => language,
        };
    }

    /// <summary>Sisters that the model cannot tell apart in a short text, by letters that only one of them has. For texts of several words, too.</summary>
    private static string? ByOwnLetters(ReadOnlySpan<char> folded) =>
        (folded.Count(' ') > 2, folded.ContainsAny(Ukrainian), folded.ContainsAny(Belarusian)) switch
        {
            (true, true, false) => "uk",
            (true, false, true) => "be",
            _ => null,
        };

    /// <summary>The model's answer if it is sure enough. A single word is not guessed: too many are at home in several languages.</summary>
    internal static string? Learned(ReadOnlySpan<char> folded, LinearModel model)
    {
        if (folded.Count(' ') < 3)
        {
            return null;
        }

        Span<double> probabilities = stackalloc double[model.Labels.Count];
        model.Judge(folded, probabilities);
        var likeliest = 0;
        for (var label = 1; label < probabilities.Length; label++)
        {
            likeliest = probabilities[label] > probabilities[likeliest] ? label : likeliest;
        }

        return probabilities[likeliest] >= Sure && model.Labels[likeliest] != NoLanguage && !IsMixed(folded, likeliest, model)
            ? model.Labels[likeliest]
            : null;
    }

    /// <summary>Whether a good part of the words, each taken alone, cannot be of the language that the text as a whole looks like.</summary>
    private static bool IsMixed(ReadOnlySpan<char> folded, int likeliest, LinearModel model)
    {
        Span<double> probabilities = stackalloc double[model.Labels.Count];
        var (read, foreign) = (0, 0);
        for (var start = 0; start + 1 < folded.Length && read < EnoughToCompare;)
        {
            var length = folded[(start + 1)..].IndexOf(' ');
            model.Judge(folded.Slice(start, length + 2), probabilities);
            read += length;
            foreign += probabilities[likeliest] < Foreign ? length : 0;
            start += length + 1;
        }

        return foreign * 5 > read * 2;
    }
}
