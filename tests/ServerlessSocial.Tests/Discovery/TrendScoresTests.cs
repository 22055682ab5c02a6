using ServerlessSocial.Discovery;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Search;

namespace ServerlessSocial.Tests.Discovery;

/// <summary>Figures of Mastodon's formulae, worked out by hand.</summary>
public sealed class TrendScoresTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly TrendsOptions Options = new();

    [Fact]
    public void A_tag_scores_by_how_far_its_people_exceed_those_of_the_day_before()
    {
        List<TrendPost> posts =
        [
            .. Enumerable.Range(0, 8).Select(i => Post($"{i}", 1, "rising")),
            .. Enumerable.Range(0, 2).Select(i => Post($"{i}", 30, "rising")),
            .. Enumerable.Range(0, 8).Select(i => Post($"{i}", 2, "usual")),
            .. Enumerable.Range(0, 8).Select(i => Post($"{i}", 40, "usual")),
            .. Enumerable.Range(0, 30).Select(_ => Post("1", 3, "loud")),
            .. Enumerable.Range(0, 4).Select(i => Post($"{i}", 3, "small")),
        ];

        var tag = Assert.Single(TrendScores.Find("en", posts, null, Options, Now).Tags);
        Assert.Equal(("rising", 8, 2), (tag.Name, tag.People, tag.Before));
        Assert.Equal(18, tag.Score, 3);
    }

    [Fact]
    public void What_was_talked_about_fades_by_half_in_four_hours()
    {
        List<TrendPost> posts = [.. Enumerable.Range(0, 9).Select(i => Post($"{i}", 1, "rising"))];
        var first = TrendScores.Find("en", posts, null, Options, Now);
        Assert.Equal(64, first.Tags[0].Score, 3);
        var later = TrendScores.Find("en", [.. posts.Take(6)], first, Options, Now.AddHours(4));
        Assert.Equal(32, later.Tags[0].Score, 3);
        Assert.Equal(6, later.Tags[0].People);
        Assert.Empty(TrendScores.Find("en", posts, first, Options, Now.AddHours(40)).Tags);
    }

    [Fact]
    public void A_post_scores_by_reactions_and_loses_half_in_two_hours()
    {
        var found = TrendScores.Find("en", [Post("a", 0) with { Reactions = 11 }, Post("b", 2) with { Reactions = 21 }, Post("c", 0) with { Reactions = 4 }], null, Options, Now);
        Assert.Equal([200, 100], found.Posts.Select(post => Math.Round(post.Score, 3)));
    }

    [Fact]
    public void Of_an_author_there_is_one_post_and_of_those_who_do_not_want_it_none()
    {
        var found = TrendScores.Find(
            "en",
            [
                Post("a", 1) with { Reactions = 9 }, Post("a", 1) with { Reactions = 12 }, Post("b", 1) with { Reactions = 50, Discoverable = false },
                Reply("c") with { Reactions = 50 },
            ],
            null,
            Options,
            Now);
        Assert.Equal(12, Assert.Single(found.Posts).Reactions);
        Assert.Equal([50, 21], found.People.Select(author => author.Reactions));
    }

    private static TrendPost Post(string author, double hoursAgo, params string[] tags) => new(Entry(author, hoursAgo, [PostEntry.Findable, PostEntry.Beginning, .. tags.Select(PostEntry.MarkOfTag)]), 0, true);

    private static TrendPost Reply(string author) => new(Entry(author, 1, [PostEntry.Findable]), 0, true);

    private static PostEntry Entry(string author, double hoursAgo, IReadOnlyList<string> marks)
    {
        var (at, owner) = (Now.AddHours(-hoursAgo), author.PadLeft(Ids.Length, '0'));
        return new() { Id = OwnedIds.Make(Ids.New(at), owner), OwnerId = owner, Text = "", Marks = marks, At = at.ToUnixTimeMilliseconds() };
    }
}
