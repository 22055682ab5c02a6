using System.Net;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Filters;

public sealed class ThreadMuteTests
{
    [Fact]
    public async Task Of_a_muted_thread_one_is_told_nothing_more_and_of_others_everything()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        var root = (await anna.PostAsync("My own thread")).Id();
        var elsewhere = (await anna.PostAsync("Another one of mine")).Id();
        var theirs = (await berta.PostAsync("Hello @anna and @clara")).Id();
        await host.SettleAsync();
        var reply = (await berta.PostAsync(new { text = "First answer", replyTo = root })).Id();
        await host.SettleAsync();
        Assert.Equal(2, (await anna.ItemsAsync("notifications")).Count);

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"posts/{reply}/mute"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"posts/{theirs}/mute"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"posts/{theirs}/mute"));
        foreach (var (post, muted) in new[] { (root, true), (reply, true), (theirs, true), (elsewhere, false) })
        {
            Assert.Equal(muted, (await anna.Client.ReadAsync($"posts/{post}")).GetProperty("viewer").GetProperty("muted").GetBoolean());
        }

        Assert.False((await berta.Client.ReadAsync($"posts/{root}")).GetProperty("viewer").GetProperty("muted").GetBoolean());
        await berta.PostAsync(new { text = "Second answer @anna", replyTo = reply });
        await clara.PostAsync(new { text = "Third answer", replyTo = root });
        await clara.PutAsync($"posts/{root}/like");
        await clara.PutAsync($"posts/{root}/boost");
        await clara.PostAsync(new { text = "And @anna here", replyTo = theirs });
        await host.SettleAsync();
        Assert.Equal(2, (await anna.ItemsAsync("notifications")).Count);
        Assert.NotEmpty(await berta.ItemsAsync("notifications"));

        await clara.PutAsync($"posts/{elsewhere}/like");
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{root}/mute"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{root}/mute"));
        await clara.PostAsync(new { text = "Fourth answer", replyTo = root });
        await host.SettleAsync();
        Assert.Equal(["reply", "like"], (await anna.ItemsAsync("notifications")).Take(2).Select(item => item.Text("kind")));
        Assert.Equal(4, (await anna.ItemsAsync("notifications")).Count);
    }

    [Fact]
    public async Task What_one_may_not_see_one_cannot_mute()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var veiled = (await berta.PostAsync(new { text = "For some", visibility = "followers" })).Id();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync($"posts/{veiled}/mute"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync("posts/nonsense/mute"));
        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"posts/{veiled}/mute"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.DoAsync(HttpMethod.Put, $"posts/{veiled}/mute"));
    }
}
