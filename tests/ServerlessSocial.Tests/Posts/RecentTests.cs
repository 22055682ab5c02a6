using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Feeds;

namespace ServerlessSocial.Tests.Posts;

/// <summary>With a long memory: what may be shown late is, and what decides who sees what never.</summary>
public sealed class RecentTests
{
    [Fact]
    public void Only_cards_counters_directories_heads_of_feeds_trends_and_who_has_push_may_be_recent() =>
        Assert.Equal(
            ["FeedHead", "ProfileDocument", "PushSubscriptionsDocument", "StatsDocument", "TagSpansDocument", "TrendsDocument"],
            typeof(IMayBeRecent).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IMayBeRecent))).Select(type => type.Name).Order());

    [Fact]
    public async Task A_block_a_removal_and_an_unfollow_show_at_once()
    {
        await using var world = await FeedWorld.StartAsync("Recent:Seconds=60");
        var (anna, berta, carla, reader) = (await world.ReaderAsync("anna"), await world.ReaderAsync("berta"), await world.ReaderAsync("carla"), await world.ReaderAsync("reader"));
        foreach (var author in (TestUser[])[anna, berta, carla])
        {
            await world.FollowAsync(reader, author);
        }

        await world.PostAsync(anna, "From Anna");
        var removed = await world.PostAsync(berta, "From Berta");
        await world.PostAsync(carla, "From Carla");
        await world.SettleAsync();
        Assert.Equal(["From Carla", "From Berta", "From Anna"], await FeedWorld.TextsAsync(reader));

        await anna.Client.PutAsync("profiles/reader/block", null);
        Assert.Equal(["From Carla", "From Berta"], await FeedWorld.TextsAsync(reader));
        await world.ChangePostAsync(removed, post => post with { Moderation = post.Moderation with { Status = ModerationStatus.Removed } });
        Assert.Equal(["From Carla"], await FeedWorld.TextsAsync(reader));
        await reader.Client.DeleteAsync("profiles/carla/follow");
        Assert.Empty(await FeedWorld.TextsAsync(reader));
    }

    [Fact]
    public async Task Ones_own_like_and_ones_own_name_show_at_once_and_others_a_little_later()
    {
        await using var host = await TestHost.StartAsync(["Recent:Seconds=2"]);
        var (anna, ben, cora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cora"));
        var post = await anna.PostAsync("Hello");
        await host.SettleAsync();
        var path = $"posts/{post.Id()}";
        foreach (var reader in (TestUser[])[anna, ben, cora])
        {
            Assert.Equal(0, (await reader.Client.ReadAsync(path)).Count("likes"));
        }

        await ben.PutAsync($"{path}/like");
        await RenameAsync(anna, "Anna the Second");
        await host.SettleAsync();

        Assert.Equal(1, (await ben.Client.ReadAsync(path)).Count("likes"));
        Assert.Equal("Anna the Second", NameOf(await anna.Client.ReadAsync(path)));
        await ben.DeleteAsync($"{path}/like");
        await host.SettleAsync();
        Assert.Equal(0, (await ben.Client.ReadAsync(path)).Count("likes"));
        await Task.Delay(TimeSpan.FromSeconds(2.1));
        Assert.Equal("Anna the Second", NameOf(await cora.Client.ReadAsync(path)));
    }

    [Fact]
    public async Task What_is_remembered_is_not_asked_for_again_until_it_is_too_old()
    {
        await using var host = await TestHost.StartAsync(["Recent:Seconds=1"]);
        var anna = await host.SignUpAsync("anna");
        await host.SettleAsync();
        var recent = host.Services.GetRequiredService<RecentDocuments>();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        Assert.Equal("anna of the tests", (await recent.FindAsync<ProfileDocument>(anna.Id, anna.Id, default))!.DisplayName);

        await documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, found => found with { DisplayName = "Other" }, default);

        Assert.Equal("anna of the tests", (await recent.FindAsync<ProfileDocument>(anna.Id, anna.Id, default))!.DisplayName);
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.Equal("Other", (await recent.FindAsync<ProfileDocument>(anna.Id, anna.Id, default))!.DisplayName);
    }

    private static async Task RenameAsync(TestUser user, string name)
    {
        using var current = await user.Client.GetAsync("me");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { displayName = name }) };
        request.Headers.IfMatch.Add(current.Headers.ETag!);
        using var response = await user.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string? NameOf(JsonElement post) => post.GetProperty("author").GetProperty("displayName").GetString();
}
