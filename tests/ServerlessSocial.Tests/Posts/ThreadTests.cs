using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class ThreadTests
{
    [Fact]
    public async Task A_conversation_is_a_tree_in_the_order_in_which_it_is_shown_and_any_post_leads_to_its_own()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var root = await anna.PostAsync("Who comes along to the lake on Sunday?");
        await host.SettleAsync();
        var first = await AnswerAsync(ben, root);
        var second = await AnswerAsync(cleo, root);
        var below = await AnswerAsync(cleo, first);
        var deeper = await AnswerAsync(anna, below);
        var deepest = await AnswerAsync(ben, deeper);
        var third = await AnswerAsync(cleo, root);

        string[] whole = [root.Id(), first.Id(), below.Id(), deeper.Id(), deepest.Id(), second.Id(), third.Id()];
        Assert.Equal(whole, await host.Anonymous.ThreadAsync(root.Id()));
        Assert.Equal(whole, await host.Anonymous.ThreadAsync(root.Id(), limit: 1));
        Assert.Equal([root.Id(), first.Id(), below.Id(), deeper.Id(), deepest.Id()], await host.Anonymous.ThreadAsync(below.Id()));
        Assert.Equal([root.Id(), second.Id()], await host.Anonymous.ThreadAsync(second.Id()));

        var page = await host.Anonymous.ReadAsync($"posts/{below.Id()}/thread");
        Assert.Equal([-2, -1], page.GetProperty("ancestors").EnumerateArray().Select(item => item.GetProperty("depth").GetInt32()));
        Assert.Equal(root.Id(), page.GetProperty("ancestors")[1].Text("parentId"));
        Assert.Equal(below.Id(), page.GetProperty("post").Id());
        var items = page.GetProperty("replies").GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([1, 2], items.Select(item => item.GetProperty("depth").GetInt32()));
        Assert.Equal([below.Id(), deeper.Id()], items.Select(item => item.Text("parentId")));

        async Task<System.Text.Json.JsonElement> AnswerAsync(TestUser user, System.Text.Json.JsonElement to)
        {
            var answer = await user.PostAsync(new { text = "Yes", replyTo = to.Id() });
            await host.SettleAsync();
            return answer;
        }
    }

    [Fact]
    public async Task The_authors_answers_come_first_then_those_of_people_the_reader_follows_and_long_branches_are_folded()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"));
        var root = await anna.PostAsync("Who comes along to the lake on Sunday?");
        await host.SettleAsync();
        var bens = await ben.PostAsync(new { text = "Me", replyTo = root.Id() });
        var cleos = await cleo.PostAsync(new { text = "And me", replyTo = root.Id() });
        var annas = await anna.PostAsync(new { text = "At ten", replyTo = root.Id() });
        await dora.PutAsync("profiles/cleo/follow");
        await host.SettleAsync();
        var below = new List<string>();
        foreach (var user in new[] { cleo, cleo, dora, ben, anna })
        {
            below.Add((await user.PostAsync(new { text = "Fine", replyTo = bens.Id() })).Id());
        }

        await host.SettleAsync();
        Assert.Equal([root.Id(), annas.Id(), bens.Id(), below[3], below[4], below[0], below[1], below[2], cleos.Id()], await host.Anonymous.ThreadAsync(root.Id()));
        Assert.Equal([root.Id(), annas.Id(), cleos.Id(), bens.Id(), below[2], below[3], below[4], below[0], below[1]], await dora.Client.ThreadAsync(root.Id(), limit: 2));

        var items = (await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread")).GetProperty("replies").GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(5, items.Count);
        Assert.True(items[1].TryGetProperty("branch", out var branch));
        Assert.False(items[0].TryGetProperty("branch", out _));
        var rest = await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread?limit=2&branch={Uri.EscapeDataString(branch.GetString()!)}");
        Assert.Equal([below[0], below[1]], rest.GetProperty("replies").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").Id()));
        Assert.Empty(rest.GetProperty("ancestors").EnumerateArray());
        Assert.True(rest.GetProperty("replies").TryGetProperty("next", out _));
        using var madeUp = await host.Anonymous.GetAsync($"posts/{root.Id()}/thread?branch=made-up");
        Assert.Equal(HttpStatusCode.BadRequest, madeUp.StatusCode);
        Assert.Contains("\"branch\"", await madeUp.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync($"posts/{annas.Id()}/thread?branch={Uri.EscapeDataString(branch.GetString()!)}"));
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync($"posts/{root.Id()}/thread?cursor={Uri.EscapeDataString(branch.GetString()!)}"));
    }

    [Fact]
    public async Task What_is_gone_in_between_keeps_its_place_and_tells_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var root = await anna.PostAsync("Who comes along to the lake on Sunday?");
        await host.SettleAsync();
        var gone = await ben.PostAsync(new { text = "Me", replyTo = root.Id() });
        var lone = await ben.PostAsync(new { text = "Or not", replyTo = root.Id() });
        await host.SettleAsync();
        var below = await cleo.PostAsync(new { text = "Nice", replyTo = gone.Id() });
        await host.SettleAsync();
        await ben.DeleteAsync($"posts/{gone.Id()}");
        await ben.DeleteAsync($"posts/{lone.Id()}");
        await host.SettleAsync();

        Assert.Equal([root.Id(), "-", below.Id()], await host.Anonymous.ThreadAsync(root.Id()));
        Assert.Equal([root.Id(), "-", below.Id()], await host.Anonymous.ThreadAsync(below.Id()));
        var top = await anna.PostAsync(new { text = "Another answer", replyTo = root.Id() });
        await host.SettleAsync();
        var middle = await ben.PostAsync(new { text = "Under it", replyTo = top.Id() });
        await host.SettleAsync();
        var bottom = await cleo.PostAsync(new { text = "And under that", replyTo = middle.Id() });
        await host.SettleAsync();
        await ben.DeleteAsync($"posts/{middle.Id()}");
        await host.SettleAsync();
        Assert.Equal([root.Id(), top.Id(), "-", bottom.Id(), "-", below.Id()], await host.Anonymous.ThreadAsync(root.Id()));
        await cleo.DeleteAsync($"posts/{bottom.Id()}");
        await anna.DeleteAsync($"posts/{top.Id()}");
        await host.SettleAsync();
        var item = (await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread")).GetProperty("replies").GetProperty("items");
        Assert.True(item[0].GetProperty("gone").GetBoolean());
        Assert.DoesNotContain(ben.Id, item.ToString(), StringComparison.Ordinal);
        Assert.False(item[1].TryGetProperty("parentId", out _));

        await cleo.DeleteAsync($"posts/{below.Id()}");
        await host.SettleAsync();
        Assert.Equal([root.Id()], await host.Anonymous.ThreadAsync(root.Id()));
        var places = await host.Services.GetRequiredService<IDocumentStore>().QueryAsync<ReplyDocument>(new(root.Id(), 10), default);
        Assert.Empty(places.Items);
    }

    [Fact]
    public async Task A_place_that_was_kept_does_not_name_whoever_left()
    {
        await using var host = await TestHost.StartAsync(["Privacy:Quiet=00:00:00.2"]);
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var root = await anna.PostAsync("Who comes along to the lake on Sunday?");
        await host.SettleAsync();
        var gone = await ben.PostAsync(new { text = "Me", replyTo = root.Id() });
        await host.SettleAsync();
        var below = await cleo.PostAsync(new { text = "Nice", replyTo = gone.Id() });
        await host.SettleAsync();
        await ben.DeleteAsync($"posts/{gone.Id()}");
        await host.SettleAsync();
        using (var request = new HttpRequestMessage(HttpMethod.Delete, "me") { Content = System.Net.Http.Json.JsonContent.Create(new { handle = "ben" }) })
        {
            using var left = await ben.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, left.StatusCode);
        }

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await Eventually.HoldsAsync(async () => await documents.FindAsync<ServerlessSocial.Profiles.ProfileDocument>(ben.Id, ben.Id, default) is null);
        await host.SettleAsync();
        Assert.Equal([root.Id(), "-", below.Id()], await host.Anonymous.ThreadAsync(root.Id()));
        var places = await documents.QueryAsync<ReplyDocument>(new(root.Id(), 10), default);
        Assert.Equal(2, places.Items.Count);
        Assert.DoesNotContain(places.Items, place => place.ToString().Contains(ben.Id, StringComparison.Ordinal));
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

        Assert.Equal([open.Id()], page.GetProperty("replies").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("post").Id()));
        Assert.False(page.GetProperty("replies").TryGetProperty("next", out _));
        Assert.Equal(8, (await anna.Client.ThreadAsync(root.Id())).Count);
    }

    [Fact]
    public async Task Cursors_of_another_thread_are_refused()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var one = await anna.PostAsync("One");
        var two = await anna.PostAsync("Two");
        await host.SettleAsync();
        await anna.PostAsync(new { text = "First", replyTo = one.Id() });
        await anna.PostAsync(new { text = "Second", replyTo = one.Id() });
        await host.SettleAsync();

        var next = (await anna.Client.ReadAsync($"posts/{one.Id()}/thread?limit=1")).GetProperty("replies").Text("next");

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
