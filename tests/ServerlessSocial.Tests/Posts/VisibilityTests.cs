using System.Net;

namespace ServerlessSocial.Tests.Posts;

public sealed class VisibilityTests
{
    [Fact]
    public async Task A_page_has_no_next_one_for_what_the_viewer_may_not_see()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, stranger) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("stranger"));
        await ben.PutAsync("profiles/anna/follow");
        var oldest = (await anna.PostAsync("The oldest #sea")).Id();
        var hidden = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            hidden.Add((await anna.PostAsync(new { text = $"For some {i} #sea", visibility = "followers" })).Id());
            Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{(await anna.PostAsync("Not for long #sea")).Id()}"));
        }

        var newest = (await anna.PostAsync("The newest #sea")).Id();
        await ben.Client.ReadAsync("feed");
        await host.SettleAsync();

        // Something visible follows, however much hidden lies between.
        foreach (var list in new[] { "profiles/anna/posts", "tags/sea" })
        {
            Assert.True((await stranger.Client.ReadAsync($"{list}?limit=1")).TryGetProperty("next", out _), list);
            Assert.Equal([newest, oldest], await stranger.Client.ListAsync(list, limit: 1));
        }

        Assert.Equal(14, (await ben.Client.ListAsync("profiles/anna/posts", limit: 1)).Count);

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{oldest}"));
        await host.SettleAsync();
        foreach (var (caller, list) in new[] { (stranger, "profiles/anna/posts"), (stranger, "tags/sea"), (ben, "tags/sea") })
        {
            var page = await caller.Client.ReadAsync($"{list}?limit=1");
            Assert.Equal(newest, Assert.Single(page.GetProperty("items").EnumerateArray()).Id());
            Assert.False(page.TryGetProperty("next", out _), list);
        }

        // A feed where everything else is gone.
        foreach (var id in hidden)
        {
            await anna.DeleteAsync($"posts/{id}");
        }

        var feed = await ben.Client.ReadAsync("feed?limit=1");
        Assert.Single(feed.GetProperty("items").EnumerateArray());
        Assert.False(feed.TryGetProperty("next", out _));
    }

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
        Assert.Equal(HttpStatusCode.OK, await ben.PutAsync($"posts/{post.Id()}/like"));
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
        Assert.Equal([post.Id(), reply.Id()], await anna.Client.ThreadAsync(post.Id()));
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
        Assert.False(seen.TryGetProperty("quote", out _));
        Assert.False(seen.TryGetProperty("quoted", out _));
    }

    [Fact]
    public async Task A_mute_keeps_what_quotes_or_answers_the_muted_out_of_the_feed_and_nowhere_else()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"));
        await FeedAsync(anna);
        await anna.PutAsync("profiles/ben/follow");
        await anna.PutAsync("profiles/cleo/follow");
        await anna.PutAsync("profiles/dora/follow");
        var loud = await dora.PostAsync("LISTEN");
        await host.SettleAsync();
        var quote = await ben.PostAsync(new { text = "Listen to that", quote = loud.Id() });
        var reply = await ben.PostAsync(new { text = "Listening", replyTo = loud.Id() });
        var plain = await ben.PostAsync("Something else");
        await host.SettleAsync();
        await cleo.PutAsync($"posts/{loud.Id()}/boost");
        await host.SettleAsync();
        Assert.Equal(new[] { loud.Id(), quote.Id(), reply.Id(), plain.Id() }.Order(), (await FeedAsync(anna)).Order());

        await anna.PutAsync("profiles/dora/mute");

        Assert.Equal([plain.Id()], await FeedAsync(anna));
        Assert.Equal([plain.Id(), reply.Id(), quote.Id()], await anna.Client.ListAsync("profiles/ben/posts"));
        Assert.Equal([loud.Id(), reply.Id()], await anna.Client.ThreadAsync(loud.Id()));
        await anna.DeleteAsync("profiles/dora/mute");
        await anna.PutAsync("profiles/dora/block");
        Assert.Equal([plain.Id()], await FeedAsync(anna));

        static async Task<IEnumerable<string>> FeedAsync(TestUser user) =>
            (await user.Client.ReadAsync("feed")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").Id());
    }
}
