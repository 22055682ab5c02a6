using FsCheck;
using FsCheck.Fluent;
using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;
using Xunit.Abstractions;

namespace ServerlessSocial.Tests.Moderation;

/// <summary>What the sample classifier and the default policy together do to posts.</summary>
public sealed class SampleModerationTests(ITestOutputHelper output)
{
    private static readonly SampleTextClassifier Classifier = new();
    private static readonly ModerationOptions Options = new();

    public static TheoryData<string, ModerationStatus, HarmCategory?> Harmless => Rows(LabelledSentences.Harmless);

    public static TheoryData<string, ModerationStatus, HarmCategory?> Harmful => Rows([.. LabelledSentences.Harmful, .. LabelledSentences.Evasive]);

    [Theory]
    [MemberData(nameof(Harmless))]
    [MemberData(nameof(Harmful))]
    public async Task A_sentence_gets_the_decision_it_deserves(string text, ModerationStatus expected, HarmCategory? harm)
    {
        var decision = await Decide(text);

        Assert.True(expected == decision.Status, $"expected {expected}, was {decision.Status}: {Describe(decision)}");
        Assert.True(harm is null || decision.Scores.Any(score => score.Category == harm), Describe(decision));
    }

    [Fact]
    public async Task Unseen_harmless_sentences_are_approved()
    {
        foreach (var text in UnseenSentences.Harmless)
        {
            var decision = await Decide(text);
            Assert.True(decision.Status == ModerationStatus.Approved, $"{text}: {Describe(decision)}");
        }
    }

    [Fact]
    public async Task Unseen_harmful_sentences_do_not_spread_unhindered()
    {
        foreach (var text in UnseenSentences.Harmful)
        {
            var decision = await Decide(text);
            Assert.True(decision.Status >= ModerationStatus.Limited, text);
        }
    }

    [Fact]
    public async Task Precision_and_recall_over_all_sentences_are_high()
    {
        var (found, missed, wrong) = (0, 0, 0);
        foreach (var sentence in LabelledSentences.Harmless.Concat(LabelledSentences.Harmful).Concat(LabelledSentences.Evasive))
        {
            var acted = (await Decide(sentence.Text)).Status != ModerationStatus.Approved;
            found += acted && sentence.Harm is not null ? 1 : 0;
            missed += !acted && sentence.Harm is not null ? 1 : 0;
            wrong += acted && sentence.Harm is null ? 1 : 0;
        }

        var precision = (double)found / (found + wrong);
        var recall = (double)found / (found + missed);
        output.WriteLine($"precision {precision:P1}, recall {recall:P1} over {found + missed} harmful and {LabelledSentences.Harmless.Length} harmless sentences");
        Assert.True(precision >= 0.95 && recall >= 0.95);
    }

    [Theory]
    [InlineData("Du bist ein Idiot, du Hurensohn!", HarmCategory.Harassment)]
    [InlineData("Verkaufe Koks und Waffen, https://x.example", HarmCategory.IllegalGoods)]
    public async Task Evidence_names_rules_and_never_repeats_the_text(string text, HarmCategory category)
    {
        var score = Assert.Single(await Scores(text), score => score.Category == category);

        Assert.All(score.Evidence!.Split(", "), rule => Assert.Matches(@"^(de|en|spam)[.\w-]+$", rule));
    }

    [Fact]
    public async Task A_declared_language_does_not_hide_a_threat()
    {
        var german = await Classifier.ClassifyAsync("Ich bring dich um", "en", CancellationToken.None);
        var undeclared = await Classifier.ClassifyAsync("Ich bring dich um", null, CancellationToken.None);

        Assert.Equal(undeclared, german);
    }

    [Fact]
    public async Task Being_quoted_by_a_report_weighs_less_than_being_said()
    {
        var said = await Score("Ich bring dich um.", HarmCategory.Violence);
        var quoted = await Score("Er schrieb mir gestern: „Ich bring dich um.“", HarmCategory.Violence);

        Assert.True(quoted < said / 2);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Classifier.ClassifyAsync("Hallo", null, new CancellationToken(canceled: true)));

    [Fact]
    public void Any_string_gets_the_same_scores_twice_within_zero_and_one() =>
        Prop.ForAll(TroublesomeStrings.Any, text =>
        {
            var first = Classifier.ClassifyAsync(text, null, CancellationToken.None).GetAwaiter().GetResult();
            var second = Classifier.ClassifyAsync(text, "de", CancellationToken.None).GetAwaiter().GetResult();
            return first.SequenceEqual(second)
                && first.All(score => score.Score is > 0 and < 1 && score.Evidence is { Length: > 0 })
                && first.Select(score => score.Category).Distinct().Count() == first.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static async Task<double> Score(string text, HarmCategory category) =>
        (await Scores(text)).Where(score => score.Category == category).Select(score => score.Score).SingleOrDefault();

    private static Task<IReadOnlyList<HarmScore>> Scores(string text) => Classifier.ClassifyAsync(text, null, CancellationToken.None);

    private static async Task<ModerationDecision> Decide(string text) => ModerationPolicy.Decide(await Scores(text), Options);

    private static string Describe(ModerationDecision decision) =>
        string.Join("; ", decision.Scores.Select(score => $"{score.Category} {score.Score} ({score.Evidence})"));

    private static TheoryData<string, ModerationStatus, HarmCategory?> Rows(IEnumerable<LabelledSentence> sentences)
    {
        var rows = new TheoryData<string, ModerationStatus, HarmCategory?>();
        foreach (var sentence in sentences)
        {
            rows.Add(sentence.Text, sentence.Expected, sentence.Harm);
        }

        return rows;
    }
}
