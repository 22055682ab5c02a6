using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Tests.Moderation;

public sealed class UrgencyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    private static readonly ModerationOptions Options = new();

    [Fact]
    public void Somebody_in_danger_comes_before_everything_then_what_is_worse_then_what_waits_longest()
    {
        var cry = Of(HarmCategory.SelfHarm, 0.8, minutes: 0);
        var threat = Of(HarmCategory.Violence, 0.7, minutes: 1);
        var hate = Of(HarmCategory.Hate, 0.95, minutes: 3);
        var oldGoods = Of(HarmCategory.IllegalGoods, 0.7, minutes: 50);
        var unknown = Urgency.Of(null, Now.AddMinutes(-30), Options);
        var newGoods = Of(HarmCategory.IllegalGoods, 0.9, minutes: 20);
        var limited = Of(HarmCategory.Spam, 0.6, minutes: 90);
        Urgency[] expected = [threat, cry, hate, oldGoods, unknown, newGoods, limited];

        Assert.Equal(expected, expected.Reverse().OrderBy(urgency => urgency.SortKey("id"), StringComparer.Ordinal));
        Assert.Equal([true, true, false, false, false, false, false], expected.Select(urgency => urgency.InDanger));
    }

    [Theory]
    [InlineData(HarmCategory.SelfHarm, 0.65)] // It is limited, with an offer of help, and waits for nobody.
    [InlineData(HarmCategory.Harassment, 0.99)]
    [InlineData(HarmCategory.Violence, double.NaN)]
    public void Not_everything_is_an_emergency(HarmCategory category, double score) => Assert.False(Of(category, score, 0).InDanger);

    [Fact]
    public void Everybody_has_one_place_where_their_most_urgent_matter_puts_it()
    {
        var waiting = Enumerable.Range(0, 500).Select(i => (Owner: "flood", Id: $"f{i:000}", Urgency: Of(HarmCategory.IllegalGoods, 0.9, 1_000 - i)))
            .Append((Owner: "anna", Id: "a1", Urgency: Of(HarmCategory.IllegalGoods, 0.9, 5)))
            .Append((Owner: "anna", Id: "a2", Urgency: Of(HarmCategory.SelfHarm, 0.9, 1)))
            .Append((Owner: "ben", Id: "b1", Urgency: Of(HarmCategory.Hate, 0.7, 2)))
            .ToList();

        var places = UrgentList.Arrange(waiting, item => item.Owner, item => item.Urgency.SortKey(item.Id));

        Assert.Equal([("a2", 2), ("f000", 500), ("b1", 1)], places.Select(place => (place.First.Id, place.Count)));
        Assert.Equal(places.Select(place => place.SortKey).Order(StringComparer.Ordinal), places.Select(place => place.SortKey));
    }

    private static Urgency Of(HarmCategory category, double score, int minutes) =>
        Urgency.Of([new HarmScore(category, score, "said so")], Now.AddMinutes(-minutes), Options);
}
