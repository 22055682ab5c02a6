using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests.Posts;

/// <summary>What a card shows beside the post itself, and what a reaction answers.</summary>
public sealed class PostCardTests
{
    [Fact]
    public async Task A_reply_shows_whom_it_answers_and_the_first_words_to_those_who_may_see_them()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var clara = await host.SignUpAsync("clara");
        var longText = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 120));
        var parent = await anna.PostAsync(longText);
        var warned = await anna.PostAsync(new { text = "The butler did it", contentWarning = "Spoiler" });
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "So many of them", replyTo = parent.Id() });
        var toWarned = await ben.PostAsync(new { text = "Did he?", replyTo = warned.Id() });
        await host.SettleAsync();

        var shown = await host.Anonymous.ReadAsync($"posts/{reply.Id()}");
        var answered = shown.GetProperty("inReplyTo");
        Assert.Equal(parent.Id(), answered.Id());
        Assert.Equal("anna", answered.GetProperty("author").Text("handle"));
        Assert.Equal(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 100)) + "…", answered.Text("excerpt"));
        Assert.Equal(parent.Id(), shown.Text("replyTo"));
        Assert.False((await host.Anonymous.ReadAsync($"posts/{toWarned.Id()}")).GetProperty("inReplyTo").TryGetProperty("excerpt", out _));
        Assert.False((await host.Anonymous.ReadAsync($"posts/{parent.Id()}")).TryGetProperty("inReplyTo", out _));
        Assert.True((await ben.Client.ReadAsync($"posts/{parent.Id()}")).GetProperty("viewer").GetProperty("replied").GetBoolean());
        Assert.False((await clara.Client.ReadAsync($"posts/{parent.Id()}")).GetProperty("viewer").GetProperty("replied").GetBoolean());

        await anna.PutAsync("profiles/clara/block");
        await host.SettleAsync();
        var hidden = await clara.Client.ReadAsync($"posts/{reply.Id()}");
        Assert.False(hidden.TryGetProperty("inReplyTo", out _));
        Assert.False(hidden.TryGetProperty("replyTo", out _));

        await ben.DeleteAsync($"posts/{reply.Id()}");
        await host.SettleAsync();
        Assert.False((await ben.Client.ReadAsync($"posts/{parent.Id()}")).GetProperty("viewer").GetProperty("replied").GetBoolean());
    }

    [Fact]
    public async Task Quotes_are_counted_and_listed_until_they_are_detached_or_gone()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var clara = await host.SignUpAsync("clara");
        var post = await anna.PostAsync("Bread in four steps");
        await host.SettleAsync();
        var first = await ben.PostAsync(new { text = "Try this", quote = post.Id() });
        var second = await clara.PostAsync(new { text = "And this", quote = post.Id() });
        var third = await ben.PostAsync(new { text = "Again", quote = post.Id() });
        var closed = await clara.PostAsync(new { text = "Among us", quote = post.Id(), visibility = "followers" });
        await ben.PutAsync("profiles/clara/follow");
        await host.SettleAsync();
        Assert.Equal(3, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("quotes"));
        Assert.Equal([third.Id(), second.Id(), first.Id()], await host.Anonymous.ListAsync($"posts/{post.Id()}/quotes"));
        Assert.Equal([closed.Id(), third.Id(), second.Id(), first.Id()], await ben.Client.ListAsync($"posts/{post.Id()}/quotes", limit: 1));

        await anna.DeleteAsync($"posts/{post.Id()}/quotes/{first.Id()}");
        await clara.DeleteAsync($"posts/{second.Id()}");
        await host.SettleAsync();
        Assert.Equal(1, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("quotes"));
        Assert.Equal([third.Id()], await host.Anonymous.ListAsync($"posts/{post.Id()}/quotes"));
        Assert.Equal([third.Id()], await anna.Client.ListAsync($"posts/{post.Id()}/quotes"));

        await ben.PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Empty(await anna.Client.ListAsync($"posts/{post.Id()}/quotes"));
    }

    [Fact]
    public async Task The_answer_to_a_reaction_counts_it_before_it_is_counted_and_after_and_only_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var post = await anna.PostAsync("The first strawberries of the year");
        await host.SettleAsync();
        await anna.PutAsync($"posts/{post.Id()}/like");
        await host.SettleAsync();

        foreach (var settle in new[] { false, true })
        {
            for (var round = 0; round < 5; round++)
            {
                foreach (var (kind, flag, counter, others) in new[] { ("like", "liked", "likes", 1), ("boost", "boosted", "boosts", 0) })
                {
                    Assert.Equal((others + 1, true), await ReactAsync(HttpMethod.Put, kind, flag, counter));
                    await SettleAsync();
                    Assert.Equal((others + 1, true), await ReactAsync(HttpMethod.Put, kind, flag, counter));
                    Assert.Equal((others, false), await ReactAsync(HttpMethod.Delete, kind, flag, counter));
                    await SettleAsync();
                    Assert.Equal((others, false), await ReactAsync(HttpMethod.Delete, kind, flag, counter));
                }
            }

            Task SettleAsync() => settle ? host.SettleAsync() : Task.CompletedTask;
        }

        using (var kept = await ben.Client.PutAsync($"posts/{post.Id()}/bookmark", null))
        {
            var shown = await kept.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(shown.GetProperty("viewer").GetProperty("bookmarked").GetBoolean());
            Assert.Equal(1, shown.Count("likes"));
        }

        await ben.PutAsync($"posts/{post.Id()}/like");
        await anna.DeleteAsync($"posts/{post.Id()}");
        Assert.Equal(HttpStatusCode.NoContent, await ben.DeleteAsync($"posts/{post.Id()}/like"));

        async Task<(long Count, bool Flag)> ReactAsync(HttpMethod method, string kind, string flag, string counter)
        {
            using var request = new HttpRequestMessage(method, $"posts/{post.Id()}/{kind}");
            using var response = await ben.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var shown = await response.Content.ReadFromJsonAsync<JsonElement>();
            return (shown.Count(counter), shown.GetProperty("viewer").GetProperty(flag).GetBoolean());
        }
    }

    [Fact]
    public async Task Who_likes_and_boosted_is_listed_in_the_order_of_the_act_for_those_who_may_see_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var fans = new List<TestUser>();
        foreach (var name in new[] { "zoe", "ben", "mia", "carl" })
        {
            fans.Add(await host.SignUpAsync(name));
        }

        var post = await anna.PostAsync("The first strawberries of the year");
        var closed = await anna.PostAsync(new { text = "For friends", visibility = "followers" });
        await fans[0].PutAsync("profiles/anna/follow");
        await host.SettleAsync();
        foreach (var i in new[] { 1, 3, 0, 2 })
        {
            await fans[i].PutAsync($"posts/{post.Id()}/like");
            await fans[i].PutAsync($"posts/{post.Id()}/boost");
        }

        await host.SettleAsync();
        await fans[3].DeleteAsync($"posts/{post.Id()}/like");
        Assert.Equal(["mia", "zoe", "ben"], await HandlesAsync(host.Anonymous, $"posts/{post.Id()}/likes?limit=100"));
        Assert.Equal(["mia", "zoe", "carl", "ben"], await HandlesAsync(host.Anonymous, $"posts/{post.Id()}/boosts?limit=100"));
        Assert.Equal(["mia"], await HandlesAsync(host.Anonymous, $"posts/{post.Id()}/likes?limit=1"));

        await fans[1].PutAsync("profiles/mia/block");
        await host.SettleAsync();
        Assert.Equal(["zoe", "ben"], await HandlesAsync(fans[1].Client, $"posts/{post.Id()}/likes?limit=100"));
        Assert.Equal(["mia", "zoe"], await HandlesAsync(fans[2].Client, $"posts/{post.Id()}/likes?limit=100"));
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync($"posts/{closed.Id()}/likes"));
        Assert.Equal(HttpStatusCode.NotFound, await fans[1].Client.StatusAsync($"posts/{closed.Id()}/quotes"));
        Assert.Equal(HttpStatusCode.OK, await fans[0].Client.StatusAsync($"posts/{closed.Id()}/boosts"));
    }

    private static async Task<string[]> HandlesAsync(HttpClient client, string path) =>
        [.. (await client.ReadAsync(path)).GetProperty("items").EnumerateArray().Select(item => item.Text("handle"))];
}
