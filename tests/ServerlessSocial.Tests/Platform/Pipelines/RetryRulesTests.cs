using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Tests.Platform.Pipelines;

public sealed class RetryRulesTests
{
    private static readonly RetryOptions Defaults = new();

    [Theory]
    [InlineData(FaultKind.Outage, 45, 60)]
    [InlineData(FaultKind.Early, 45, 60)]
    [InlineData(FaultKind.Unknown, 0.4, 1)]
    public void Trying_again_is_over_within_a_bounded_time(FaultKind kind, double atLeastMinutes, double atMostMinutes)
    {
        Assert.InRange(Total(kind, 0.5).TotalMinutes, atLeastMinutes, atMostMinutes);
        Assert.InRange(Total(kind, 1).TotalMinutes, atLeastMinutes, atMostMinutes);
    }

    [Fact]
    public void Pauses_double_until_the_longest_and_differ_by_a_fifth_at_most()
    {
        var pauses = Pauses(new(FaultKind.Outage), 0.5).ToList();

        Assert.Equal(TimeSpan.FromSeconds(2), pauses[0]);
        Assert.All(pauses.Zip(pauses.Skip(1)), pair => Assert.True(pair.Second == pair.First * 2 || pair.Second == Defaults.LongestPause));
        Assert.Equal(Defaults.Tries - 1, pauses.Count);
        Assert.Equal(pauses[3] * 0.8, Pauses(new(FaultKind.Outage), 0).ElementAt(3));
        Assert.Equal(pauses[3] * 1.2, Pauses(new(FaultKind.Outage), 1).ElementAt(3));
    }

    [Fact]
    public void Who_came_too_early_comes_again_in_a_moment() =>
        Assert.True(RetryRules.PauseAfter(new(FaultKind.Early), 1, Defaults, 1) < TimeSpan.FromMilliseconds(200));

    [Fact]
    public void A_wait_that_is_asked_for_is_kept_within_reason()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), RetryRules.PauseAfter(new(FaultKind.Outage, TimeSpan.FromMinutes(20)), 1, Defaults, 0));
        Assert.Equal(Defaults.LongestRetryAfter, RetryRules.PauseAfter(new(FaultKind.Outage, TimeSpan.FromDays(1)), 1, Defaults, 0));
        Assert.Equal(Defaults.LongestPause, RetryRules.PauseAfter(new(FaultKind.Outage, TimeSpan.FromSeconds(1)), 12, Defaults, 0.5));
    }

    private static TimeSpan Total(FaultKind kind, double chance) =>
        Pauses(new(kind), chance).Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);

    private static IEnumerable<TimeSpan> Pauses(Fault fault, double chance)
    {
        for (var failures = 1; RetryRules.PauseAfter(fault, failures, Defaults, chance) is { } pause; failures++)
        {
            yield return pause;
        }
    }
}
