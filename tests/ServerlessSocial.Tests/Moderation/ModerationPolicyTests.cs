using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Tests.Moderation;

public sealed class ModerationPolicyTests
{
    private static readonly HarmCategory[] Categories = Enum.GetValues<HarmCategory>();

    private static readonly Arbitrary<(HarmCategory Category, int Percent)[]> AnyScores =
        Gen.Elements(Categories).Zip(Gen.Choose(0, 100)).ArrayOf().Select(pairs => pairs.Select(pair => (pair.Item1, pair.Item2)).ToArray()).ToArbitrary();

    [Theory]
    [InlineData(HarmCategory.Hate, 0.39, ModerationStatus.Approved)]
    [InlineData(HarmCategory.Hate, 0.4, ModerationStatus.Limited)]
    [InlineData(HarmCategory.Hate, 0.6, ModerationStatus.Held)]
    [InlineData(HarmCategory.Hate, 0.9, ModerationStatus.Removed)]
    [InlineData(HarmCategory.Violence, 0.6, ModerationStatus.Held)]
    [InlineData(HarmCategory.Violence, 0.9, ModerationStatus.Removed)]
    [InlineData(HarmCategory.Spam, 0.5, ModerationStatus.Limited)]
    [InlineData(HarmCategory.Spam, 1, ModerationStatus.Held)]
    [InlineData(HarmCategory.Sexual, 0.79, ModerationStatus.Limited)]
    [InlineData(HarmCategory.Sexual, 1, ModerationStatus.Held)]
    [InlineData(HarmCategory.SelfHarm, 0.4, ModerationStatus.Limited)]
    [InlineData(HarmCategory.SelfHarm, 1, ModerationStatus.Held)]
    [InlineData(HarmCategory.Harassment, 0.75, ModerationStatus.Held)]
    [InlineData(HarmCategory.IllegalGoods, 0.97, ModerationStatus.Removed)]
    [InlineData(HarmCategory.Violence, double.NaN, ModerationStatus.Held)]
    [InlineData(HarmCategory.Violence, double.PositiveInfinity, ModerationStatus.Removed)]
    [InlineData(HarmCategory.Violence, -1, ModerationStatus.Approved)]
    public void Decide_one_score_is_measured_by_its_category(HarmCategory category, double score, ModerationStatus expected) =>
        Assert.Equal(expected, Decide((category, score)).Status);

    [Fact]
    public void Decide_nothing_found_is_approved_without_a_reason()
    {
        Assert.Equal(ModerationStatus.Approved, Decide().Status);
        Assert.Null(Decide().Reason);
        Assert.Null(Decide((HarmCategory.Spam, 0.1)).Reason);
    }

    [Fact]
    public void Decide_the_strictest_outcome_wins_and_names_its_rule()
    {
        var decision = Decide((HarmCategory.Spam, 0.99), (HarmCategory.Violence, 0.65), (HarmCategory.Sexual, 0.6));

        Assert.Equal(ModerationStatus.Held, decision.Status);
        Assert.Equal("Held for a person to review: it may contain spam or fraud.", decision.Reason);
        Assert.Equal(3, decision.Scores.Count);
    }

    [Fact]
    public void Decide_a_tie_does_not_depend_on_the_order_of_scores() =>
        Assert.Equal(
            Decide((HarmCategory.Violence, 0.7), (HarmCategory.Hate, 0.7)).Reason,
            Decide((HarmCategory.Hate, 0.7), (HarmCategory.Violence, 0.7)).Reason);

    [Fact]
    public void Decide_self_harm_brings_a_person_and_help_but_never_removes()
    {
        var decision = Decide((HarmCategory.SelfHarm, 1));

        Assert.Equal(ModerationStatus.Held, decision.Status);
        Assert.Contains("help", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_every_reason_is_a_sentence()
    {
        foreach (var category in Categories)
        {
            foreach (var score in (double[])[0.55, 0.8, 0.95, 0.99])
            {
                if (Decide((category, score)).Reason is { } reason)
                {
                    Assert.Matches("^[A-Z].*\\.$", reason);
                }
            }
        }
    }

    [Fact]
    public void Raising_or_adding_a_score_never_gives_a_milder_outcome() =>
        Prop.ForAll(AnyScores, AnyScores, (before, raises) =>
        {
            var raised = before.Select((score, i) => i < raises.Length ? (score.Category, Math.Max(score.Percent, raises[i].Percent)) : score);
            var milder = Decide(ToScores(before)).Status;
            return Decide(ToScores([.. raised])).Status >= milder && Decide(ToScores([.. before, .. raises])).Status >= milder;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_order_of_scores_does_not_change_the_decision() =>
        Prop.ForAll(AnyScores, scores =>
        {
            var forwards = Decide(ToScores(scores));
            var backwards = Decide(ToScores([.. scores.Reverse()]));
            return forwards.Status == backwards.Status && forwards.Reason == backwards.Reason;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Options_the_defaults_are_valid_and_cover_every_category()
    {
        var options = new ModerationOptions();

        Assert.Empty(options.Validate());
        Assert.All(Categories, category => Assert.Contains(category, options.PictureThresholds().Keys));
        Assert.Equal([HarmCategory.Nudity, HarmCategory.Gore, HarmCategory.ExtremistSymbols], Categories.Except(options.Thresholds.Keys));
    }

    [Theory]
    [InlineData(0.6, 0.5, 0.9, "Limit must not be above Hold")]
    [InlineData(0.6, null, 0.5, "Limit must not be above Remove")]
    [InlineData(-0.1, 0.5, 0.9, "from 0 to 1")]
    [InlineData(0.1, 0.5, 1.1, "from 0 to 1")]
    [InlineData(double.NaN, 0.5, 0.9, "from 0 to 1")]
    public void Options_thresholds_out_of_range_or_order_are_named(double? limit, double? hold, double? remove, string problem)
    {
        var options = new ModerationOptions();
        options.Thresholds[HarmCategory.Hate] = new() { Limit = limit, Hold = hold, Remove = remove };

        Assert.Contains(options.Validate(), found =>
            found.StartsWith("Moderation:Thresholds:Hate", StringComparison.Ordinal) && found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_bind_from_configuration_and_keep_what_is_not_named()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Moderation:Thresholds:Hate:Limit"] = "0.2",
            ["Moderation:Thresholds:Hate:Remove"] = "",
        }).Build();

        var options = new ModerationOptions();
        configuration.GetSection(ModerationOptions.Section).Bind(options);

        Assert.Equal(new Thresholds { Limit = 0.2, Hold = 0.6, Remove = null }, options.Thresholds[HarmCategory.Hate]);
        Assert.Equal(new ModerationOptions().Thresholds[HarmCategory.Spam], options.Thresholds[HarmCategory.Spam]);
    }

    [Fact]
    public void A_category_without_thresholds_is_never_acted_upon()
    {
        var options = new ModerationOptions();
        options.Thresholds.Remove(HarmCategory.Spam);

        Assert.Equal(ModerationStatus.Approved, ModerationPolicy.Decide([new(HarmCategory.Spam, 1, null)], options).Status);
    }

    [Fact]
    public void Categories_and_states_are_stored_by_camel_case_names()
    {
        Assert.Equal("\"selfHarm\"", JsonSerializer.Serialize(HarmCategory.SelfHarm));
        Assert.Equal("\"held\"", JsonSerializer.Serialize(ModerationStatus.Held));
        Assert.Equal(HarmCategory.IllegalGoods, JsonSerializer.Deserialize<HarmCategory>("\"illegalGoods\""));
    }

    private static (HarmCategory Category, double Score)[] ToScores((HarmCategory Category, int Percent)[] scores) =>
        [.. scores.Select(score => (score.Category, score.Percent / 100.0))];

    private static ModerationDecision Decide(params (HarmCategory Category, double Score)[] scores) =>
        ModerationPolicy.Decide([.. scores.Select(score => new HarmScore(score.Category, score.Score, null))], new ModerationOptions());
}
