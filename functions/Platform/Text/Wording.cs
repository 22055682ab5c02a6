using System.Globalization;

namespace ServerlessSocial.Platform.Text;

/// <summary>What the service says, as it is told to somebody.</summary>
/// <param name="Code">Names the sentence, for clients that say it in their own words: <c>held.hate</c>, <c>image.failed</c>; null for what a person wrote.</param>
/// <param name="Words">The sentence, in the language of whoever asks where the service said it; null for none.</param>
public readonly record struct Wording(string? Code, string? Words)
{
    /// <summary>Every sentence that the service says, by its English words.</summary>
    private static readonly Lazy<Dictionary<string, Sentence>> Sentences = new(() => Read(Lines()));

    /// <summary>
    /// Tells a text in the language of the present request (<see cref="CultureInfo.CurrentUICulture"/>, see <see cref="Http.CallerLanguage"/>). Sentences of the service are
    /// stored in English, several perhaps behind one another, and what a person wrote behind them: that stays as it is.
    /// </summary>
    public static Wording Of(string? text)
    {
        if (text is null)
        {
            return default;
        }

        var german = Http.CallerLanguage.IsGerman;
        var (code, told, rest) = ((string?)null, new List<string>(), text);
        while (rest.Length > 0 && Longest(rest) is var (sentence, length))
        {
            code ??= sentence.Code[0] == '+' ? null : sentence.Code;
            told.Add(german ? sentence.German : sentence.English);
            rest = rest[length..].TrimStart(' ');
        }

        return new(code, rest.Length == text.Length ? text : string.Join(' ', rest.Length > 0 ? told.Append(rest) : told));
    }

    /// <summary>The longest sentence that a text begins with.</summary>
    private static (Sentence Sentence, int Length)? Longest(string text)
    {
        for (var end = text.Length; end > 0; end = text.LastIndexOf(' ', end - 1))
        {
            if (Sentences.Value.TryGetValue(text[..end], out var sentence))
            {
                return (sentence, end);
            }
        }

        return null;
    }

    private static string[] Lines()
    {
        using var stream = typeof(Wording).Assembly.GetManifestResourceStream("ServerlessSocial.Platform.Text.sentences.tsv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static Dictionary<string, Sentence> Read(string[] lines)
    {
        var rows = lines.Where(line => line[0] != '#').Select(line => line.Split('\t')).ToList();
        var values = rows.Where(row => row.Length == 4).ToLookup(row => row[0], row => new Sentence(row[1], row[2], row[3]), StringComparer.Ordinal);
        var found = new Dictionary<string, Sentence>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Length == 3))
        {
            var name = values.Select(value => value.Key).FirstOrDefault(name => row[1].Contains(name, StringComparison.Ordinal));
            foreach (var value in name is null ? [new(string.Empty, string.Empty, string.Empty)] : values[name])
            {
                var sentence = name is null ? new Sentence(row[0], row[1], row[2]) : new(
                    row[0].Replace(name, value.Code, StringComparison.Ordinal), row[1].Replace(name, value.English, StringComparison.Ordinal), row[2].Replace(name, value.German, StringComparison.Ordinal));
                found.Add(sentence.English, sentence);
            }
        }

        return found;
    }
}

/// <summary>A sentence that the service says.</summary>
/// <param name="Code">Its name.</param>
/// <param name="English">In English, as it is stored.</param>
/// <param name="German">In German.</param>
internal sealed record Sentence(string Code, string English, string German);
