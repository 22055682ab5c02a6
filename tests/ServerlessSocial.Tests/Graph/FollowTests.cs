using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Graph;

public sealed class FollowTests
{
    [Fact]
    public async Task Followers_and_followed_stand_in_the_order_in_which_they_were_followed_last()
    {
        await using var host = await TestHost.StartAsync();
        var star = await host.SignUpAsync("star");
        var people = new List<TestUser>();
        foreach (var name in new[] { "dora", "anna", "clara", "berta", "emil" })
        {
            people.Add(await host.SignUpAsync(name));
        }

        foreach (var i in new[] { 3, 0, 4, 1, 2 })
        {
            await people[i].PutAsync("follow", star);
            await star.PutAsync("follow", people[i]);
            await host.SettleAsync();
        }

        await people[3].DeleteAsync("follow", star);
        await star.DeleteAsync("follow", people[0]);
        await host.SettleAsync();
        Assert.Equal(["clara", "anna", "emil", "dora"], await host.Anonymous.ListAsync("profiles/star/followers", 20));
        Assert.Equal(["clara", "anna", "emil", "berta"], await host.Anonymous.ListAsync("profiles/star/following", 20));

        await people[3].PutAsync("follow", star);
        await star.PutAsync("follow", people[0]);
        await host.SettleAsync();
        Assert.Equal(["berta", "clara", "anna", "emil", "dora"], await host.Anonymous.ListAsync("profiles/star/followers", 2));
        Assert.Equal(["dora", "clara", "anna", "emil", "berta"], await host.Anonymous.ListAsync("profiles/star/following", 2));
    }

    [Fact]
    public async Task Whether_boosts_come_is_said_with_the_follow_and_shown_to_who_follows_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PutAsync("follow", berta);
        Assert.False((await anna.SeeAsync(berta)).Viewer("hidesBoosts"));

        using var hidden = await anna.Client.PutAsJsonAsync($"profiles/{berta.Handle}/follow", new { boosts = false });
        Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        await anna.PutAsync("follow", berta);

        Assert.True((await anna.SeeAsync(berta)).Viewer("hidesBoosts"));
        Assert.False((await berta.SeeAsync(anna)).Viewer("hidesBoosts"));

        using var shown = await anna.Client.PutAsJsonAsync($"profiles/{berta.Handle}/follow", new { boosts = true });
        Assert.False((await anna.SeeAsync(berta)).Viewer("hidesBoosts"));
    }

    [Fact]
    public async Task A_follow_shows_at_both_ends_counts_once_and_is_told_once()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("follow", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("follow", berta));
        await host.SettleAsync();

        Assert.True((await anna.SeeAsync(berta)).Viewer("following"));
        Assert.True((await berta.SeeAsync(anna)).Viewer("followedBy"));
        Assert.Equal((0, 1), await anna.CountsAsync());
        Assert.Equal((1, 0), await berta.CountsAsync());
        Assert.Equal(["anna"], await host.Anonymous.ListAsync("profiles/berta/followers", 20));
        Assert.Equal(["berta"], await host.Anonymous.ListAsync("profiles/anna/following", 20));
        Assert.Single(await FollowNoticesAsync(host, berta));
    }

    [Fact]
    public async Task An_ended_follow_leaves_nothing_behind()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PutAsync("follow", berta);
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("follow", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("follow", berta));
        Assert.Empty(await host.Anonymous.ListAsync("profiles/berta/followers", 20));
        await host.SettleAsync();

        Assert.False((await anna.SeeAsync(berta)).Viewer("following"));
        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal((0, 0), await berta.CountsAsync());
        Assert.Empty(await FollowNoticesAsync(host, berta));
    }

    [Fact]
    public async Task Counters_are_exact_after_many_changed_their_minds_at_the_same_time()
    {
        await using var host = await TestHost.StartAsync();
        var star = await host.SignUpAsync("star");
        var fans = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.SignUpAsync($"fan{i}")));

        await Task.WhenAll(fans.SelectMany((fan, i) => Enumerable.Range(0, 6).Select(async turn =>
        {
            await (turn % 2 == 0 ? fan.PutAsync("follow", star) : fan.DeleteAsync("follow", star));
        })));

        // The last word of each, whatever came before in whatever order: even ones follow.
        await Task.WhenAll(fans.Select(async (fan, i) => await (i % 2 == 0 ? fan.PutAsync("follow", star) : fan.DeleteAsync("follow", star))));
        await host.SettleAsync();

        var expected = fans.Where((_, i) => i % 2 == 0).Select(fan => fan.Handle).Order().ToList();
        Assert.Equal((expected.Count, 0), await star.CountsAsync());
        Assert.Equal(expected, (await host.Anonymous.ListAsync("profiles/star/followers", 5)).Order());
        Assert.Equal(expected.Count, (await FollowNoticesAsync(host, star)).Count);
        for (var i = 0; i < fans.Length; i++)
        {
            Assert.Equal((0, i % 2 == 0 ? 1 : 0), await fans[i].CountsAsync());
        }

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var bucket = await documents.QueryAsync<FollowerDocument>(new DocumentQuery(FollowerDocument.BucketOf(star.Id, 0), 100), default);
        Assert.Equal(expected.Count, bucket.Items.Count);
    }

    [Fact]
    public async Task Nobody_follows_blocks_or_mutes_themselves_or_nobody()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        foreach (var what in new[] { "follow", "block", "mute" })
        {
            using var missing = await anna.Client.PutAsync($"profiles/nobody/{what}", null);
            using var anonymous = await host.Anonymous.PutAsync($"profiles/anna/{what}", null);

            Assert.Equal(HttpStatusCode.UnprocessableEntity, await anna.PutAsync(what, anna));
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        }
    }

    [Fact]
    public async Task Lists_go_through_everyone_once_in_pages_of_any_size()
    {
        await using var host = await TestHost.StartAsync();
        var star = await host.SignUpAsync("star");
        var fans = await Task.WhenAll(Enumerable.Range(0, 23).Select(i => host.SignUpAsync($"fan{i:00}")));
        await Task.WhenAll(fans.SelectMany(fan => new[] { fan.PutAsync("follow", star), star.PutAsync("follow", fan) }));
        await host.SettleAsync();

        foreach (var list in new[] { "followers", "following" })
        {
            var whole = await host.Anonymous.ListAsync($"profiles/star/{list}", 100);
            Assert.Equal(fans.Select(fan => fan.Handle), whole.Order());
            foreach (var limit in new[] { 1, 5, 22, 23 })
            {
                Assert.Equal(whole, await host.Anonymous.ListAsync($"profiles/star/{list}", limit));
            }
        }

        var items = (await fans[0].Client.GetFromJsonAsync<JsonElement>("profiles/star/followers?limit=100")).GetProperty("items");
        Assert.All(items.EnumerateArray(), item => Assert.Equal(1, item.GetProperty("followers").GetInt64()));
        Assert.Single(items.EnumerateArray(), item => !item.TryGetProperty("viewer", out _));
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync("profiles/star/followers?limit=0"));
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync("profiles/star/followers?cursor=abc"));
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync("profiles/nobody/following"));
    }

    private static async Task<IReadOnlyList<string>> FollowNoticesAsync(TestHost host, TestUser user)
    {
        var page = await host.Services.GetRequiredService<IDocumentStore>().QueryAsync<NotificationDocument>(
            NotificationDocument.NewestFirst(user.Id, 100), default);
        return [.. page.Items.Where(notice => notice.Kind == NotificationKind.Follow).SelectMany(notice => notice.ActorIds)];
    }
}
