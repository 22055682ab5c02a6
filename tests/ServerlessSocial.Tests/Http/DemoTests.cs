using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local.Demo;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Http;

/// <summary>The demonstration: what it shows, and that it is made by the same rules as anybody's network.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demonstration_shows_what_the_network_can_do_over_past_days()
    {
        var directory = Directory.CreateTempSubdirectory("serverless-social-demo-").FullName;
        try
        {
            var clock = DemoCommand.NewClock();
            await using var host = await TestHost.StartAsync(
                ["Moderation:NewAccountDays=3", "Limits:Factor=100"], builder => builder.Services.AddSingleton<TimeProvider>(clock), directory);
            using var demo = new DemoCommand(host.Root.ToString().TrimEnd('/'), clock);
            Assert.True(await demo.RunAsync(directory, default));
            Assert.False(DemoCommand.IsHalfMade(directory));

            using var lena = host.NewClient(await host.TokenAsync("lena"));
            var feed = (await lena.GetFromJsonAsync<JsonElement>("feed?limit=100")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post")).ToList();

            // Everything in it is there for others, the quoted picture above all.
            Assert.Contains(feed, post => post.TryGetProperty("quoted", out var quoted) && quoted.GetProperty("media").GetArrayLength() > 0);
            Assert.Contains(feed, post => post.GetProperty("likes").GetInt64() > 0);
            Assert.Contains(feed, post => post.GetProperty("author").TryGetProperty("avatarUrl", out _));
            Assert.True(feed.Select(post => post.GetProperty("createdAt").GetDateTimeOffset().Date).Distinct().Count() >= 5);
            Assert.InRange(clock.GetUtcNow(), DateTimeOffset.UtcNow.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));

            var hanna = await host.Anonymous.GetFromJsonAsync<JsonElement>("profiles/hanna/posts");
            Assert.Contains(hanna.GetProperty("items").EnumerateArray(), post => post.TryGetProperty("contentWarning", out _));

            var marcus = await host.Anonymous.GetFromJsonAsync<JsonElement>("profiles/marcus/posts");
            Assert.Contains(marcus.GetProperty("items").EnumerateArray(), post => post.TryGetProperty("poll", out var poll) && !poll.GetProperty("closed").GetBoolean());

            // What each moderated post is meant to show is what became of it.
            var network = DemoNetwork.Load();
            foreach (var expected in network.Posts.Where(post => post.Expect is not null))
            {
                using var author = host.NewClient(await host.TokenAsync(expected.By));
                var own = (await author.GetFromJsonAsync<JsonElement>($"profiles/{expected.By}/posts?limit=100")).GetProperty("items").EnumerateArray();
                Assert.Equal(expected.Expect, own.Single(post => post.GetProperty("text").GetString() == expected.Text).GetProperty("moderation").GetProperty("status").GetString());
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_second_demonstration_goes_on_with_the_first_and_leaves_another_network_alone()
    {
        await using var host = await TestHost.StartAsync();
        using var demo = new DemoCommand(host.Root.ToString().TrimEnd('/'), clock: null);
        await host.SignUpAsync("somebody_else");
        Assert.False(await demo.RunAsync(Path.GetTempPath(), default));

        foreach (var person in DemoNetwork.Load().People)
        {
            await host.SignUpAsync(person.Handle, person.Role);
        }

        Assert.True(await demo.RunAsync(Path.GetTempPath(), default));
    }

    [Fact]
    public void Posts_are_written_one_after_the_other_and_end_before_the_present()
    {
        var (from, to) = (new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 7, 0, 0, 0, TimeSpan.Zero));
        var times = DemoNetwork.Load().Timeline(from, to).Select(step => step.At).ToList();

        Assert.Equal(times.Order().Distinct(), times);
        Assert.InRange(times[0], from, to);
        Assert.InRange(times[^1], from, to);
    }
}
