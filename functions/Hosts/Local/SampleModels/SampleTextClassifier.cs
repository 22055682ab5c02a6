using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// Examines German and English text without any service: a weighted lexicon that minds negation, quotation, reporting,
/// criticism, fiction and idioms, sees through common disguises, and counts the signals of spam. Deterministic, in
/// linear time, without state. It serves development, tests and outages of a better model; it knows phrases, not
/// meaning, so its scores are meant to limit or to bring a person in rather than to be the last word.
/// Categories it finds no sign of are left out of the answer.
/// </summary>
public sealed class SampleTextClassifier : ITextClassifier
{
    private const int CountedHitsPerRule = 3;
    private const double RepeatedHit = 0.3;
    private const double Certain = 0.99;
    private const int NamedRules = 3;

    /// <inheritdoc />
    public string Name => "sample-lexicon-1";

    /// <inheritdoc />
    public Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken) =>
        ModelTelemetry.RunAsync(
            "classify",
            Name,
            () => cancellationToken.IsCancellationRequested
                ? Task.FromCanceled<IReadOnlyList<HarmScore>>(cancellationToken)
                : Task.FromResult(Classify(text)));

    private static IReadOnlyList<HarmScore> Classify(string text)
    {
        var words = FoldedText.Split(text, Lexicon.Folder);
        var evidence = SpamSignals.Of(text, words).Concat(ByRule(words));
        return [.. evidence
            .GroupBy(piece => piece.Category)
            .OrderBy(group => group.Key)
            .Select(group => Combine(group.Key, [.. group.OrderByDescending(piece => piece.Weight).ThenBy(piece => piece.Rule, StringComparer.Ordinal)]))];
    }

    /// <summary>One piece of evidence per rule that matched; a rule that matches again adds a little.</summary>
    private static IEnumerable<Evidence> ByRule(List<Word> words)
    {
        var harmless = new bool[words.Count];
        foreach (var idiom in Lexicon.Idioms.Find(words))
        {
            Array.Fill(harmless, true, idiom.Start, idiom.End - idiom.Start);
        }

        var sentences = ContextWeighing.BySentence(words);
        return Lexicon.Rules.Find(words)
            .Where(hit => hit.Rule is not null && Array.IndexOf(harmless, true, hit.Start, hit.End - hit.Start) < 0)
            .Select(hit => (Rule: hit.Rule!, Weight: hit.Rule!.Weight * ContextWeighing.Factor(words, hit, hit.Rule, ContextWeighing.Around(words, hit, sentences))))
            .GroupBy(hit => hit.Rule)
            .Select(hits => new Evidence(hits.Key.Category, hits.Key.Id, Repeated([.. hits.Select(hit => hit.Weight).OrderDescending()])));
    }

    private static double Repeated(double[] weights)
    {
        var spared = 1 - weights[0];
        foreach (var weight in weights.Skip(1).Take(CountedHitsPerRule - 1))
        {
            spared *= 1 - (weight * RepeatedHit);
        }

        return 1 - spared;
    }

    /// <summary>Noisy-or: pieces of evidence are taken as independent causes, 1 - ∏(1 - w).</summary>
    private static HarmScore Combine(HarmCategory category, List<Evidence> pieces)
    {
        var spared = pieces.Aggregate(1.0, (product, piece) => product * (1 - piece.Weight));
        return new(
            category,
            Math.Round(Math.Min(1 - spared, Certain), 4),
            string.Join(", ", pieces.Take(NamedRules).Select(piece => piece.Rule)));
    }
}
