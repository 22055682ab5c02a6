using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Notifications;

/// <summary>What is done over and over is told once, and what many do stands on one page.</summary>
public sealed class NotifyOnceTests
{
    [Theory]
    [InlineData("like", true)]
    [InlineData("like", false)]
    [InlineData("boost", true)]
    [InlineData("follow", true)]
    [InlineData("follow", false)]
    public async Task Doing_it_again_does_not_tell_again(string what, bool settled)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var path = what == "follow" ? "profiles/anna/follow" : $"posts/{await host.PostAsync(anna, "Good morning!")}/{what}";
        await host.DoAsync(ben, HttpMethod.Put, path);
        var first = Assert.Single(await anna.ItemsAsync("notifications"));
        using (await anna.Client.PostAsync("notifications/read", null))
        {
        }

        for (var i = 0; i < 3; i++)
        {
            await ben.Client.DeleteAsync(path);
            if (settled)
            {
                await host.SettleAsync();
                Assert.Empty(await anna.ItemsAsync("notifications"));
            }

            await ben.Client.PutAsync(path, null);
            if (settled)
            {
                await host.SettleAsync();
            }
        }

        await host.SettleAsync();
        var again = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(1, again.GetProperty("count").GetInt32());
        Assert.True(again.GetProperty("read").GetBoolean());
        Assert.Equal(0, (await anna.GetAsync("notifications/unread")).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Whatever_comes_of_random_changes_of_mind_the_list_says_how_things_stand()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var post = await host.PostAsync(anna, "Good morning!");
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => host.SignUpAsync($"person{i}")));
        string[] paths = [$"posts/{post}/like", "profiles/anna/follow"];
        var random = new Random(11);
        for (var round = 0; round < 8; round++)
        {
            var changes = Enumerable.Range(0, 30).Select(_ => (Who: random.Next(people.Length), Path: random.Next(2), Give: random.Next(2) == 0)).ToList();
            await Task.WhenAll(changes.GroupBy(change => change.Who).Select(async mine =>
            {
                foreach (var (who, path, give) in mine)
                {
                    using var done = await (give ? people[who].Client.PutAsync(paths[path], null) : people[who].Client.DeleteAsync(paths[path]));
                }
            }));
            await host.SettleAsync();

            var liked = (await Task.WhenAll(people.Select(async person =>
                ((await person.GetAsync($"posts/{post}")).GetProperty("viewer").GetProperty("liked").GetBoolean(),
                 (await person.GetAsync("profiles/anna")).GetProperty("viewer").GetProperty("following").GetBoolean())))).ToList();
            var items = await anna.ItemsAsync("notifications");
            Assert.Equal(liked.Count(person => person.Item1), CountOf(items, "like"));
            Assert.Equal(liked.Count(person => person.Item2), CountOf(items, "follow"));
        }
    }

    [Fact]
    public async Task Five_thousand_likes_are_one_item_and_paging_goes_on_behind_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Good morning!");
        for (var i = 0; i < 3; i++)
        {
            await host.PostAsync(ben, $"Number {i} for @anna");
        }

        var notifier = host.Services.GetRequiredService<Notifier>();
        foreach (var some in Enumerable.Range(0, 5000).Select(_ => ben.Id).Chunk(500))
        {
            await notifier.TellAsync(some.Select((_, i) => LikeOf(anna.Id, i % 2 == 0 ? ben.Id : Ids.New(DateTimeOffset.UtcNow), post)), default);
        }

        await host.DoAsync(ben, HttpMethod.Put, $"posts/{post}/like");
        var kinds = new List<string>();
        for (var path = "notifications?limit=1"; ;)
        {
            var page = await anna.GetAsync(path);
            kinds.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!));
            if (!page.TryGetProperty("next", out var next))
            {
                break;
            }

            path = $"notifications?limit=1&cursor={next.GetString()}";
        }

        Assert.Equal(["like", "mention", "mention", "mention"], kinds);
        Assert.InRange(CountOf(await anna.ItemsAsync("notifications"), "like"), 2400, 2600);
    }

    private static NotificationDocument LikeOf(string ownerId, string actorId, string postId)
    {
        var id = Ids.New(DateTimeOffset.UtcNow);
        return new() { Id = NotificationDocument.IdOf(id, NotificationKind.Like), OwnerId = ownerId, Kind = NotificationKind.Like, ActorId = actorId, PostId = postId, CreatedAt = Ids.TimeOf(id) };
    }

    private static int CountOf(IEnumerable<JsonElement> items, string kind) =>
        items.Where(item => item.GetProperty("kind").GetString() == kind).Select(item => item.GetProperty("count").GetInt32()).SingleOrDefault();
}
