using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Graph;

public sealed class LockedProfileTests
{
    [Fact]
    public async Task A_locked_profile_is_asked_and_its_posts_for_followers_are_for_those_it_approved()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        await PostCalls.LockAsync(anna, true);
        var post = await anna.PostAsync(new { text = "Among friends", visibility = "followers" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await berta.PutAsync("follow", anna));
        Assert.Equal(HttpStatusCode.Accepted, await berta.PutAsync("follow", anna));
        Assert.Equal(HttpStatusCode.Accepted, await clara.PutAsync("follow", anna));
        await host.SettleAsync();

        Assert.True((await berta.SeeAsync(anna)).GetProperty("locked").GetBoolean());
        Assert.True((await berta.SeeAsync(anna)).Viewer("requested"));
        Assert.False((await berta.SeeAsync(anna)).Viewer("following"));
        Assert.Equal(HttpStatusCode.NotFound, await GraphWorld.StatusAsync(berta.Client, $"posts/{post.Id()}"));
        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal(["clara", "berta"], await RequestsAsync(anna));
        Assert.Empty(await RequestsAsync(berta));
        var asked = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.Equal("followRequest", asked.Text("kind"));
        Assert.Equal(2, asked.Count("count"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/berta"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/berta"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Delete, "me/follow-requests/clara"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Delete, "me/follow-requests/clara"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/clara"));
        await host.SettleAsync();

        Assert.Empty(await RequestsAsync(anna));
        Assert.Empty(await anna.ItemsAsync("notifications"));
        Assert.Equal((1, 0), await anna.CountsAsync());
        Assert.Equal(["berta"], await anna.Client.ListAsync("profiles/anna/followers", 20));
        Assert.True((await berta.SeeAsync(anna)).Viewer("following"));
        Assert.False((await berta.SeeAsync(anna)).Viewer("requested"));
        Assert.False((await clara.SeeAsync(anna)).Viewer("requested"));
        Assert.Equal(HttpStatusCode.OK, await GraphWorld.StatusAsync(berta.Client, $"posts/{post.Id()}"));
        Assert.Equal([post.Id()], (await berta.ItemsAsync("feed")).Select(item => item.GetProperty("post").Id()));
        Assert.Equal("followAccepted", Assert.Single(await berta.ItemsAsync("notifications")).Text("kind"));
        Assert.Empty(await clara.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task A_removed_follower_sees_no_more_and_has_to_ask_again()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await berta.PutAsync("follow", anna);
        await PostCalls.LockAsync(anna, true);
        var post = await anna.PostAsync(new { text = "Among friends", visibility = "followers" });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.OK, await GraphWorld.StatusAsync(berta.Client, $"posts/{post.Id()}"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Delete, "me/followers/berta"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.Client.DoAsync(HttpMethod.Delete, "me/followers/berta"));
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await GraphWorld.StatusAsync(berta.Client, $"posts/{post.Id()}"));
        Assert.Empty(await berta.ItemsAsync("feed"));
        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal((0, 0), await berta.CountsAsync());
        Assert.Equal(HttpStatusCode.Accepted, await berta.PutAsync("follow", anna));
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.DoAsync(HttpMethod.Delete, "me/followers/nobody_here"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await anna.Client.DoAsync(HttpMethod.Delete, "me/followers/anna"));
    }

    [Fact]
    public async Task Requests_go_when_they_are_taken_back_and_with_a_block_either_way_and_wait_through_an_unlocking()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (berta, clara, dora, emma) = (await host.SignUpAsync("berta"), await host.SignUpAsync("clara"), await host.SignUpAsync("dora"), await host.SignUpAsync("emma"));
        await PostCalls.LockAsync(anna, true);
        foreach (var asking in (TestUser[])[berta, clara, dora, emma])
        {
            Assert.Equal(HttpStatusCode.Accepted, await asking.PutAsync("follow", anna));
        }

        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await berta.DeleteAsync("follow", anna));
        await anna.PutAsync("block", clara);
        await dora.PutAsync("block", anna);
        await PostCalls.LockAsync(anna, false);
        await host.SettleAsync();

        Assert.Equal(["emma"], await RequestsAsync(anna));
        Assert.Equal(1, Assert.Single(await anna.ItemsAsync("notifications")).Count("count"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/clara"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/berta"));
        await anna.DeleteAsync("block", clara);
        await dora.DeleteAsync("block", anna);
        Assert.False((await clara.SeeAsync(anna)).Viewer("requested"));
        Assert.False((await dora.SeeAsync(anna)).Viewer("requested"));

        // Whoever still waits follows now by asking once more.
        Assert.Equal(HttpStatusCode.NoContent, await emma.PutAsync("follow", anna));
        await host.SettleAsync();
        Assert.Empty(await RequestsAsync(anna));
        Assert.Equal((1, 0), await anna.CountsAsync());
        Assert.Equal("follow", Assert.Single(await anna.ItemsAsync("notifications")).Text("kind"));
    }

    [Fact]
    public async Task Whatever_is_asked_answered_and_taken_back_at_once_the_counters_stay_exact()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await PostCalls.LockAsync(anna, true);

        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => new[]
        {
            berta.PutAsync("follow", anna),
            anna.Client.DoAsync(HttpMethod.Put, "me/follow-requests/berta"),
            berta.DeleteAsync("follow", anna),
            anna.Client.DoAsync(HttpMethod.Delete, "me/follow-requests/berta"),
            anna.Client.DoAsync(HttpMethod.Delete, "me/followers/berta"),
        }));
        await berta.DeleteAsync("follow", anna);
        await host.SettleAsync();

        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal((0, 0), await berta.CountsAsync());
        Assert.Empty(await RequestsAsync(anna));
        Assert.Empty(await anna.Client.ListAsync("profiles/anna/followers", 20));
        Assert.Empty(await anna.ItemsAsync("notifications"));
        Assert.Empty(await berta.ItemsAsync("notifications"));
    }

    private static Task<List<string>> RequestsAsync(TestUser user) => user.Client.ListAsync("me/follow-requests", 20);
}
