using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Graph;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Posts;

/// <summary>What whoever began a thread, or was quoted, may do about it.</summary>
public sealed class HiddenReplyTests
{
    [Fact]
    public async Task A_hidden_reply_is_folded_for_others_whole_on_request_and_not_counted_until_it_is_shown_again()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var moderator = await host.SignUpAsync("mona", "moderator");
        var root = await anna.PostAsync("A poll about bridges");
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "Off topic! #rant", contentWarning = "Loud", replyTo = root.Id() });
        await host.SettleAsync();
        var deep = await cleo.PostAsync(new { text = "Very much so", replyTo = reply.Id() });
        await host.SettleAsync();
        var path = $"posts/{root.Id()}/hidden-replies";

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"{path}/{reply.Id()}"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"{path}/{reply.Id()}"));
        await host.SettleAsync();

        foreach (var other in (HttpClient[])[cleo.Client, moderator.Client, host.Anonymous])
        {
            var folded = (await other.ReadAsync($"posts/{root.Id()}/thread")).GetProperty("replies").GetProperty("items")[0].GetProperty("post");
            Assert.Equal(reply.Id(), folded.Id());
            Assert.True(folded.GetProperty("hidden").GetBoolean());
            Assert.True(folded.GetProperty("folded").GetBoolean());
            Assert.Equal("", folded.Text("text"));
            Assert.Empty(folded.Texts("tags"));
            Assert.False(folded.TryGetProperty("contentWarning", out _));
            Assert.Equal("Off topic! #rant", (await other.ReadAsync($"posts/{reply.Id()}")).Text("text"));
        }

        foreach (var one in (TestUser[])[anna, ben])
        {
            var whole = (await one.Client.ReadAsync($"posts/{root.Id()}/thread")).GetProperty("replies").GetProperty("items")[0].GetProperty("post");
            Assert.Equal("Off topic! #rant", whole.Text("text"));
            Assert.True(whole.GetProperty("hidden").GetBoolean());
        }

        Assert.Equal([root.Id(), reply.Id(), deep.Id()], await cleo.Client.ThreadAsync(root.Id()));
        Assert.Equal(0, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(1, (await ben.Client.ReadAsync("me")).Count("posts"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"{path}/{reply.Id()}"));
        await host.SettleAsync();

        var shown = (await cleo.Client.ReadAsync($"posts/{root.Id()}/thread")).GetProperty("replies").GetProperty("items")[0].GetProperty("post");
        Assert.Equal("Off topic! #rant", shown.Text("text"));
        Assert.False(shown.TryGetProperty("hidden", out _));
        Assert.Equal(1, (await host.Anonymous.ReadAsync($"posts/{root.Id()}")).Count("replies"));
    }

    [Fact]
    public async Task Only_whoever_began_the_thread_hides_and_only_what_is_in_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var (root, elsewhere) = (await anna.PostAsync("One"), await cleo.PostAsync("Two"));
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "Yes", replyTo = root.Id() });
        var friends = await ben.PostAsync(new { text = "No", replyTo = elsewhere.Id(), visibility = "followers" });
        await host.SettleAsync();

        foreach (var (who, post, what) in (IEnumerable<(TestUser, string, string)>)
            [
                (ben, root.Id(), reply.Id()), (cleo, root.Id(), reply.Id()), (ben, reply.Id(), reply.Id()), (cleo, elsewhere.Id(), reply.Id()),
                (anna, root.Id(), root.Id()), (anna, root.Id(), friends.Id()), (anna, root.Id(), "nothing"), (anna, "nothing", reply.Id()),
            ])
        {
            Assert.Equal(HttpStatusCode.NotFound, await who.PutAsync($"posts/{post}/hidden-replies/{what}"));
            Assert.Equal(HttpStatusCode.NotFound, await who.DeleteAsync($"posts/{post}/hidden-replies/{what}"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.DoAsync(HttpMethod.Put, $"posts/{root.Id()}/hidden-replies/{reply.Id()}"));
        Assert.False((await host.Anonymous.ReadAsync($"posts/{reply.Id()}")).TryGetProperty("hidden", out _));
    }

    [Fact]
    public async Task Counts_stay_exact_whatever_is_hidden_and_shown_at_the_same_time()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var root = await anna.PostAsync("Count with me");
        await host.SettleAsync();
        var replies = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            replies.Add((await ben.PostAsync(new { text = $"{i}", replyTo = root.Id() })).Id());
        }

        await Task.WhenAll(replies.SelectMany(id => Enumerable.Range(0, 4).SelectMany(_ => new[]
        {
            anna.PutAsync($"posts/{root.Id()}/hidden-replies/{id}"), anna.DeleteAsync($"posts/{root.Id()}/hidden-replies/{id}"),
        })));
        await anna.PutAsync($"posts/{root.Id()}/hidden-replies/{replies[0]}");
        await Task.WhenAll(replies.Skip(1).Select(id => anna.DeleteAsync($"posts/{root.Id()}/hidden-replies/{id}")));
        await host.SettleAsync();

        Assert.Equal(3, (await host.Anonymous.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(4, (await host.Anonymous.ReadAsync("profiles/ben")).Count("posts"));
    }

    [Fact]
    public async Task A_reply_released_after_its_author_was_blocked_stands_hidden_in_the_thread()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, troll) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("troll"));
        var moderator = await host.SignUpAsync("mona", "moderator");
        var root = await host.PostAsync(anna, "A question");
        var between = await host.PostAsync(ben, "An answer", root);
        var held = await host.PostAsync(troll, "[Hate] that needs a look", between);
        await anna.PutAsync("block", troll);
        await host.DecideAsync(moderator, held, "restore");

        var item = (await ben.Client.ReadAsync($"posts/{root}/thread")).GetProperty("replies").GetProperty("items")[1].GetProperty("post");
        Assert.Equal(held, item.Id());
        Assert.True(item.GetProperty("folded").GetBoolean());
        Assert.Equal(0, (await host.Anonymous.ReadAsync($"posts/{between}")).Count("replies"));
    }

    [Fact]
    public async Task A_detached_quote_says_so_to_everybody_and_names_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var post = await anna.PostAsync("My garden");
        await host.SettleAsync();
        var quote = await ben.PostAsync(new { text = "Look at that", quote = post.Id() });
        await host.SettleAsync();
        var path = $"posts/{post.Id()}/quotes/{quote.Id()}";

        Assert.Equal(HttpStatusCode.NotFound, await ben.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await cleo.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"posts/{post.Id()}/quotes/{post.Id()}"));
        Assert.True((await host.Anonymous.ReadAsync($"posts/{quote.Id()}")).TryGetProperty("quoted", out var quoted));
        Assert.Equal("approved", quoted.Status());
        Assert.Equal("human", quoted.GetProperty("provenance").Text("text"));

        // Whoever is blocked is not kept from being left, either.
        await anna.PutAsync("block", ben);
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync(path));
        await host.SettleAsync();

        foreach (var client in (HttpClient[])[host.Anonymous, ben.Client, cleo.Client])
        {
            var seen = await client.ReadAsync($"posts/{quote.Id()}");
            Assert.True(seen.GetProperty("quoteDetached").GetBoolean());
            Assert.Equal("Look at that", seen.Text("text"));
            Assert.False(seen.TryGetProperty("quote", out _));
            Assert.False(seen.TryGetProperty("quoted", out _));
        }

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        Assert.True((await documents.FindAsync<RelationDocument>(anna.Id, ben.Id, default))!.Blocking);
    }

    [Fact]
    public async Task A_limited_post_cannot_be_quoted_and_is_folded_in_older_quotes_where_they_are_spread()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, cleo, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"));
        var moderator = await host.SignUpAsync("mona", "moderator");
        await cleo.GetAsync("feed");
        await host.DoAsync(cleo, HttpMethod.Put, "profiles/ben/follow");
        await dora.GetAsync("feed");
        await host.DoAsync(dora, HttpMethod.Put, "profiles/cleo/follow");
        var post = await host.PostAsync(anna, "Half true");
        var quote = (await ben.PostAsync(new { text = "True! #facts", quote = post })).Id();
        await host.SettleAsync();
        await host.DoAsync(cleo, HttpMethod.Put, $"posts/{quote}/boost");
        await host.DecideAsync(moderator, post, "limit", "Misleading.");

        foreach (var spread in (Func<Task<System.Text.Json.JsonElement>>[])
            [
                async () => (await cleo.ItemsAsync("feed"))[0].GetProperty("post"),
                async () => (await dora.ItemsAsync("feed"))[0].GetProperty("post"),
                async () => (await cleo.ItemsAsync("tags/facts"))[0],
            ])
        {
            var quoted = (await spread()).GetProperty("quoted");
            Assert.Equal(post, quoted.Id());
            Assert.True(quoted.GetProperty("folded").GetBoolean());
            Assert.False(quoted.TryGetProperty("text", out _));
            Assert.Equal("limited", quoted.Status());
        }

        var direct = (await cleo.GetAsync($"posts/{quote}")).GetProperty("quoted");
        Assert.Equal("Half true", direct.Text("text"));
        Assert.Equal("limited", direct.Status());
        Assert.Equal(HttpStatusCode.Conflict, (await cleo.RefusedAsync(new { text = "True!", quote = post })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await anna.RefusedAsync(new { text = "True!", quote = post })).Status);
        Assert.False((await cleo.GetAsync($"posts/{post}")).GetProperty("viewer").GetProperty("canQuote").GetBoolean());
    }
}
