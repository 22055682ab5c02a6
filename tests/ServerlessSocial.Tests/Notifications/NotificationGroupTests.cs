using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Notifications;

public sealed class NotificationGroupTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_group_is_one_kind_about_one_thing_on_one_day()
    {
        var like = Told(NotificationKind.Like, "a", "p1", 0);

        Assert.Equal(NotificationGroup.IdOf(like), NotificationGroup.IdOf(Told(NotificationKind.Like, "b", "p1", 60)));
        Assert.NotEqual(NotificationGroup.IdOf(like), NotificationGroup.IdOf(Told(NotificationKind.Boost, "a", "p1", 0)));
        Assert.NotEqual(NotificationGroup.IdOf(like), NotificationGroup.IdOf(Told(NotificationKind.Like, "a", "p2", 0)));
        Assert.NotEqual(NotificationGroup.IdOf(like), NotificationGroup.IdOf(Told(NotificationKind.Like, "a", "p1", 13 * 60)));
    }

    /// <summary>Random histories of people who like and take it back, told in any order and any number of times, against a set.</summary>
    [Fact]
    public void Whatever_repeats_in_whatever_order_each_counts_once()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var likes = Enumerable.Range(0, random.Next(1, NotificationGroup.MostKept)).Select(i => Told(NotificationKind.Like, $"actor{i}", "p", random.Next(600))).ToList();
            var expected = new HashSet<NotificationDocument>();
            NotificationDocument? group = null;
            for (var step = 0; step < 60; step++)
            {
                var like = likes[random.Next(likes.Count)];
                if (random.Next(3) > 0)
                {
                    group = NotificationGroup.With(group, like);
                    expected.Add(like);
                }
                else if (group is not null)
                {
                    group = NotificationGroup.Without(group, like);
                    expected.Remove(like);
                }

                var order = expected.OrderByDescending(told => told.Id, StringComparer.Ordinal).ToList();
                Assert.Equal(order.Select(told => told.ActorId), group?.Acts.Select(act => act.ActorId) ?? []);
                Assert.Equal(order.FirstOrDefault()?.Id, group?.LatestId);
                Assert.Equal(0, group?.Earlier ?? 0);
            }
        }
    }

    [Fact]
    public void Thousands_are_one_group_that_stays_small_and_counts_them_all_however_often_they_are_told()
    {
        NotificationDocument? group = null;
        for (var i = 0; i < 5000; i++)
        {
            group = NotificationGroup.With(group, Told(NotificationKind.Like, $"actor{i}", "p", -i / 60.0 / 10));
            group = NotificationGroup.With(group, Told(NotificationKind.Like, $"actor{i / 2}", "p", -(i / 2) / 60.0 / 10));
        }

        Assert.Equal(NotificationGroup.MostKept, group!.Acts.Count);
        Assert.Equal("actor4999", group.ActorId);
        Assert.Equal(5000, group.Acts.Count + group.Earlier);
    }

    [Theory]
    [InlineData(1, "Anna liked your post.")]
    [InlineData(2, "Anna and Ben liked your post.")]
    [InlineData(4, "Anna and 3 others liked your post.")]
    public void The_sentence_names_the_newest_and_counts_the_others(int count, string expected)
    {
        ProfileCard[] actors = [new("1", "anna", "Anna", ProfileKind.Human, null), new("2", "ben", "Ben", ProfileKind.Human, null)];

        Assert.Equal(expected, NotificationText.Of(NotificationKind.Like, actors[..Math.Min(count, 2)], count));
    }

    /// <summary>The same act always has the same id, as in the service.</summary>
    private static NotificationDocument Told(NotificationKind kind, string actor, string? post, double minutesAgo)
    {
        var at = Noon.AddMinutes(-minutesAgo);
        var number = actor.Length > 5 ? int.Parse(actor.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture) : actor[0];
        var id = Ids.Lowest(at) + number.ToString("x20", System.Globalization.CultureInfo.InvariantCulture);
        return new() { Id = NotificationDocument.IdOf(id, kind), OwnerId = "owner", Kind = kind, ActorId = actor, PostId = post, CreatedAt = Ids.TimeOf(id) };
    }
}
