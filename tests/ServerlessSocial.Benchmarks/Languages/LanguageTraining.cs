using System.Globalization;
using System.Text;
using ServerlessSocial.Platform.Learning;

namespace ServerlessSocial.Benchmarks.Languages;

/// <summary>Trains the model that guesses languages from the sentences that stand beside it: a file for each language, a sentence on each line.</summary>
public static class LanguageTraining
{
    /// <summary>Folder of the sentences and the model, from the root of the repository.</summary>
    public const string Folder = "functions/Posts/Text/Languages";

    /// <summary>File of the model in that folder.</summary>
    public const string ModelFile = "languages.model";

    /// <summary>What people write on a phone without the letter at hand; marks that are characters of their own in Unicode are simply left out.</summary>
    private static readonly Dictionary<char, string> Plain = new() { ['ł'] = "l", ['ø'] = "o", ['đ'] = "dj", ['ı'] = "i", ['ß'] = "ss", ['æ'] = "ae" };

    private static readonly (string Latin, string Cyrillic)[] Serbian =
    [
        ("lj", "љ"), ("nj", "њ"), ("dž", "џ"), ("a", "а"), ("b", "б"), ("c", "ц"), ("č", "ч"), ("ć", "ћ"), ("d", "д"), ("đ", "ђ"), ("e", "е"),
        ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "ј"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"),
        ("r", "р"), ("s", "с"), ("š", "ш"), ("t", "т"), ("u", "у"), ("v", "в"), ("z", "з"), ("ž", "ж"),
    ];

    /// <summary>Trains the model from the sentences in a folder.</summary>
    /// <exception cref="InvalidOperationException">
    /// The runtime is in globalization-invariant mode, where accents cannot be taken off. With ICU they can, and alike with every version of it:
    /// Unicode does not change how a character decomposes.
    /// </exception>
    public static LinearModel Train(string folder)
    {
        if ("é".Normalize(NormalizationForm.FormD).Length != 2)
        {
            throw new InvalidOperationException("Training needs ICU: do not run it in globalization-invariant mode.");
        }

        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList();
        string[] labels = [.. files.Select(file => Path.GetFileNameWithoutExtension(file)!)];
        var examples = labels.Zip(files).SelectMany((pair, index) => Sentences(pair.Second)
            .SelectMany(sentence => Variants(pair.First, sentence))
            .Select(text => new Example(index, text)));
        return LogisticTrainer.Train(labels, [.. examples], new TextFeatures(1 << 15, 4), new Training(6, 0.5f));
    }

    /// <summary>The sentences of a file.</summary>
    public static IEnumerable<string> Sentences(string file) => File.ReadLines(file).Where(line => line.Length > 0);

    /// <summary>A sentence as it may be met: whole, in pieces of a few words, without accents; Serbian in both of its scripts.</summary>
    private static IEnumerable<string> Variants(string label, string sentence)
    {
        var folded = Fold(sentence);
        IEnumerable<string> whole = label == "sr" ? [folded, Cyrillic(folded)] : [folded];
        foreach (var text in whole)
        {
            yield return text;
            foreach (var piece in Pieces(text))
            {
                yield return piece;
            }

            if (WithoutMarks(text) is var plain && plain != text)
            {
                yield return plain;
            }
        }
    }

    private static string Fold(string text)
    {
        Span<char> room = new char[1_000];
        return new string(room[..FoldedText.Fold(text.Normalize(), room)]);
    }

    private static IEnumerable<string> Pieces(string folded)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (size, step) in ((int, int)[])[(2, 2), (3, 2), (5, 3)])
        {
            for (var start = 0; start + size <= words.Length && size < words.Length; start += step)
            {
                yield return $" {string.Join(' ', words.AsSpan(start, size)!)} ";
            }
        }
    }

    private static string WithoutMarks(string folded)
    {
        var plain = new StringBuilder();
        foreach (var c in folded.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(Plain.GetValueOrDefault(c, c.ToString()));
            }
        }

        return plain.ToString();
    }

    private static string Cyrillic(string folded) =>
        Serbian.Aggregate(folded, (text, pair) => text.Replace(pair.Latin, pair.Cyrillic, StringComparison.Ordinal));
}
