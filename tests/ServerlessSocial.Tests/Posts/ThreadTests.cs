using System.Net;

namespace ServerlessSocial.Tests.Posts;

public sealed class ThreadTests
{
    [Fact]
    public async Task A_thread_reads_from_its_first_post_on_from_whichever_post_and_page_size()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var root = await anna.PostAsync("Who comes along to the lake on Sunday?");
        await host.SettleAsync();
        var expected = new List<string> { root.Id() };
        var last = root;
        for (var i = 0; i < 7; i++)
        {
            last = await (i % 2 == 0 ? ben : anna).PostAsync(new { text = $"Answer number {i}", replyTo = i < 4 ? root.Id() : last.Id() });
            Assert.Equal(root.Id(), last.Text("rootId"));
            await host.SettleAsync();
            expected.Add(last.Id());
        }

        Assert.Equal(expected, await host.Anonymous.ListAsync($"posts/{root.Id()}/thread"));
        Assert.Equal(expected, await host.Anonymous.ListAsync($"posts/{last.Id()}/thread", limit: 1));
        Assert.Equal(expected, await ben.Client.ListAsync($"posts/{last.Id()}/thread", limit: 3));
        Assert.Equal(4, (await host.Anonymous.ReadAsync($"posts/{root.Id()}")).Count("replies"));
    }

    [Fact]
    public async Task Hidden_replies_are_left_out_and_the_pages_filled_from_behind_them()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var cleo = await host.SignUpAsync("cleo");
        var root = await anna.PostAsync("What do you read at the moment?");
        await host.SettleAsync();
        for (var i = 0; i < 6; i++)
        {
            await ben.PostAsync(new { text = $"For my followers {i}", replyTo = root.Id(), visibility = "followers" });
        }

        var open = await cleo.PostAsync(new { text = "A book about rivers", replyTo = root.Id() });
        await host.SettleAsync();

        var page = await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread?limit=2");

        Assert.Equal([root.Id(), open.Id()], page.GetProperty("items").EnumerateArray().Select(post => post.Id()));
        Assert.False(page.TryGetProperty("next", out _));
        Assert.Equal(8, (await anna.Client.ListAsync($"posts/{root.Id()}/thread")).Count);
    }

    [Fact]
    public async Task Cursors_of_another_thread_are_refused()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var one = await anna.PostAsync("One");
        var two = await anna.PostAsync("Two");

        var next = (await anna.Client.ReadAsync($"posts/{one.Id()}/thread?limit=1")).Text("next");

        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync($"posts/{one.Id()}/thread?cursor={next}"));
        Assert.Equal(HttpStatusCode.BadRequest, await anna.Client.StatusAsync($"posts/{two.Id()}/thread?cursor={next}"));
        Assert.Equal(HttpStatusCode.BadRequest, await anna.Client.StatusAsync($"posts/{one.Id()}/thread?limit=0"));
    }

    [Fact]
    public async Task A_post_nobody_has_approved_yet_cannot_be_answered_by_others()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var friends = await anna.PostAsync(new { text = "Among friends", visibility = "followers" });
        await host.SettleAsync();

        Assert.Equal(["replyTo"], await ben.InvalidFieldsAsync(new { text = "I see you", replyTo = friends.Id() }));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"posts/{friends.Id()}/thread"));
    }
}
