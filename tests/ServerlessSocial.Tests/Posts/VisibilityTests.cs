using System.Net;

namespace ServerlessSocial.Tests.Posts;

public sealed class VisibilityTests
{
    [Fact]
    public async Task A_followers_only_post_is_for_followers()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        await ben.PutAsync("profiles/anna/follow");
        var post = await anna.PostAsync(new { text = "Among friends #lake", visibility = "followers" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.OK, await ben.Client.StatusAsync($"posts/{post.Id()}"));
        Assert.Equal([post.Id()], await ben.Client.ListAsync("profiles/anna/posts"));
        Assert.Equal(HttpStatusCode.NotFound, await cleo.Client.StatusAsync($"posts/{post.Id()}"));
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync($"posts/{post.Id()}"));
        Assert.Empty(await cleo.Client.ListAsync("profiles/anna/posts"));
        Assert.Empty(await ben.Client.ListAsync("tags/lake"));
        Assert.Equal(HttpStatusCode.NotFound, await cleo.PutAsync($"posts/{post.Id()}/like"));
        Assert.Equal(HttpStatusCode.NoContent, await ben.PutAsync($"posts/{post.Id()}/like"));
        Assert.Equal(HttpStatusCode.Conflict, await ben.PutAsync($"posts/{post.Id()}/boost"));
        Assert.Equal(HttpStatusCode.Conflict, (await ben.RefusedAsync(new { text = "Look", quote = post.Id() })).Status);
    }

    [Fact]
    public async Task A_reply_to_a_followers_only_post_stays_among_followers_and_reaches_whom_it_answers()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        await ben.PutAsync("profiles/anna/follow");
        var post = await anna.PostAsync(new { text = "Among friends", visibility = "followers" });
        await host.SettleAsync();

        var reply = await ben.PostAsync(new { text = "Glad to be one", replyTo = post.Id(), visibility = "public" });
        await host.SettleAsync();

        Assert.Equal("followers", reply.Text("visibility"));
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync($"posts/{reply.Id()}"));
        Assert.Equal([post.Id(), reply.Id()], await anna.Client.ListAsync($"posts/{post.Id()}/thread"));
    }

    [Fact]
    public async Task A_block_hides_both_ways()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        var post = await anna.PostAsync("Good morning #sun");
        await host.SettleAsync();
        await anna.PutAsync("profiles/ben/block");
        await cleo.PutAsync("profiles/anna/block");
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync("profiles/anna/posts"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"posts/{post.Id()}"));
        Assert.Empty(await cleo.Client.ListAsync("profiles/anna/posts"));
        Assert.Empty(await ben.Client.ListAsync("tags/sun"));
        Assert.Empty(await cleo.Client.ListAsync("tags/sun"));
        Assert.Equal(["replyTo"], await ben.InvalidFieldsAsync(new { text = "Hello?", replyTo = post.Id() }));
        Assert.Equal([post.Id()], await host.Anonymous.ListAsync("tags/sun"));
    }

    [Fact]
    public async Task A_quote_shows_the_quoted_post_as_long_as_one_may_see_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var post = await anna.PostAsync("The bridge is open again");
        await host.SettleAsync();
        var quote = await ben.PostAsync(new { text = "At last", quote = post.Id() });
        await host.SettleAsync();

        Assert.Equal("The bridge is open again", (await host.Anonymous.ReadAsync($"posts/{quote.Id()}")).GetProperty("quoted").Text("text"));

        await anna.DeleteAsync($"posts/{post.Id()}");
        var seen = await host.Anonymous.ReadAsync($"posts/{quote.Id()}");
        Assert.Equal(post.Id(), seen.Text("quote"));
        Assert.False(seen.TryGetProperty("quoted", out _));
    }
}
