using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Notifications;

public sealed class NotificationGroupTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Likes_of_one_post_collapse_although_others_lie_between()
    {
        var (groups, last) = Collect(10, Like("a", "p1", 0), Like("b", "p2", 1), Like("c", "p1", 2), Reply("d", "r1", 3), Like("e", "p1", 4));

        Assert.Equal(["a c e", "b", "d"], groups.Select(group => string.Join(' ', group.ActorIds)));
        Assert.NotNull(last);
    }

    [Fact]
    public void Likes_and_boosts_of_one_post_stay_apart()
    {
        var (groups, _) = Collect(10, Like("a", "p1", 0), Told(NotificationKind.Boost, "b", "p1", 1), Like("c", "p1", 2));

        Assert.Equal([NotificationKind.Like, NotificationKind.Boost], groups.Select(group => group.Newest.Kind));
    }

    [Fact]
    public void Followers_collapse_and_answers_never_do()
    {
        var (groups, _) = Collect(
            10, Told(NotificationKind.Follow, "a", null, 0), Told(NotificationKind.Follow, "b", null, 1), Reply("c", "r1", 2), Reply("c", "r1", 3));

        Assert.Equal(["a b", "c", "c"], groups.Select(group => string.Join(' ', group.ActorIds)));
    }

    [Fact]
    public void A_group_spans_at_most_a_day()
    {
        var (groups, _) = Collect(10, Like("a", "p1", 0), Like("b", "p1", 24 * 60), Like("c", "p1", (24 * 60) + 1), Like("d", "p1", 30 * 60));

        Assert.Equal(["a b", "c d"], groups.Select(group => string.Join(' ', group.ActorIds)));
    }

    [Fact]
    public void Pages_take_every_event_once_whatever_the_limit()
    {
        var random = new Random(7);
        NotificationDocument[] all = [.. Enumerable.Range(0, 200).Select(i => Like($"actor{i}", $"p{random.Next(9)}", i))];
        for (var limit = 1; limit <= 12; limit++)
        {
            var seen = new List<string>();
            for (var rest = all; rest.Length > 0;)
            {
                var (groups, last) = Collect(limit, rest);
                Assert.InRange(groups.Count, 1, limit);
                seen.AddRange(groups.SelectMany(group => group.Events).Select(told => told.Id));
                rest = [.. rest.SkipWhile(told => told.Id != last).Skip(1)];
            }

            Assert.Equal(all.Select(told => told.Id).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Hidden_events_are_passed_over_and_do_not_stop_the_page()
    {
        NotificationDocument[] window = [Like("a", "p1", 0), Like("blocked", "p2", 1), Like("blocked", "p3", 2)];

        var (groups, last) = NotificationGroup.Collect(window, 1, told => told.ActorId != "blocked");

        Assert.Single(groups);
        Assert.Equal(window[2].Id, last);
    }

    [Theory]
    [InlineData(1, "Anna liked your post.")]
    [InlineData(2, "Anna and Ben liked your post.")]
    [InlineData(4, "Anna and 3 others liked your post.")]
    public void The_sentence_names_the_newest_and_counts_the_others(int count, string expected)
    {
        ProfileCard[] actors = [new("1", "anna", "Anna", ProfileKind.Human, null), new("2", "ben", "Ben", ProfileKind.Human, null)];

        Assert.Equal(expected, NotificationText.Of(NotificationKind.Like, actors[..Math.Min(count, 2)], count, null));
    }

    private static (IReadOnlyList<NotificationGroup> Groups, string? Last) Collect(int limit, params NotificationDocument[] window) =>
        NotificationGroup.Collect(window, limit, _ => true);

    private static NotificationDocument Like(string actor, string post, int minutesAgo) => Told(NotificationKind.Like, actor, post, minutesAgo);

    private static NotificationDocument Reply(string actor, string post, int minutesAgo) => Told(NotificationKind.Reply, actor, post, minutesAgo);

    private static NotificationDocument Told(NotificationKind kind, string actor, string? post, int minutesAgo)
    {
        var at = Noon.AddMinutes(-minutesAgo);
        return new() { Id = NotificationDocument.IdOf(Ids.New(at), kind), OwnerId = "owner", Kind = kind, ActorId = actor, PostId = post, CreatedAt = at };
    }
}
