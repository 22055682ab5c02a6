using System.Net;
using System.Text;
using ServerlessSocial.Tests.Graph;

namespace ServerlessSocial.Tests.Posts;

/// <summary>Numbers, cursors and ids that tell of nothing their reader may not see.</summary>
public sealed class CountsTests
{
    [Fact]
    public async Task Posts_for_followers_are_counted_for_followers_and_their_author_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await ben.PutAsync("follow", anna);
        await anna.PostAsync("For all");
        var friends = await anna.PostAsync(new { text = "For friends", visibility = "followers" });
        await host.SettleAsync();

        foreach (var (client, expected) in (IEnumerable<(HttpClient, int)>)[(host.Anonymous, 1), (cleo.Client, 1), (ben.Client, 2), (anna.Client, 2)])
        {
            Assert.Equal(expected, (await client.ReadAsync("profiles/anna")).Count("posts"));
            Assert.Equal(expected, (await client.ListAsync("profiles/anna/posts")).Count);
        }

        Assert.Equal(2, (await anna.Client.ReadAsync("me")).Count("posts"));
        await anna.DeleteAsync($"posts/{friends.Id()}");
        await host.SettleAsync();
        Assert.Equal(1, (await anna.Client.ReadAsync("me")).Count("posts"));
    }

    [Fact]
    public async Task Replies_for_followers_are_counted_for_whoever_is_answered_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var root = await anna.PostAsync("What is new?");
        await host.SettleAsync();
        await ben.PostAsync(new { text = "Nothing", replyTo = root.Id() });
        await ben.PostAsync(new { text = "Between us: much", replyTo = root.Id(), visibility = "followers" });
        await host.SettleAsync();

        foreach (var (client, expected) in (IEnumerable<(HttpClient, int)>)[(host.Anonymous, 1), (cleo.Client, 1), (anna.Client, 2)])
        {
            Assert.Equal(expected, (await client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
            Assert.Equal(expected + 1, (await client.ThreadAsync(root.Id())).Count);
        }
    }

    [Fact]
    public async Task What_a_post_answers_begins_under_or_quotes_is_named_to_those_alone_who_may_see_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var (root, other) = (await anna.PostAsync("A beginning"), await anna.PostAsync("Another thing"));
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "An answer", replyTo = root.Id(), quote = other.Id() });
        await host.SettleAsync();
        var before = await cleo.Client.ReadAsync($"posts/{reply.Id()}");
        Assert.Equal((root.Id(), root.Id(), other.Id()), (before.Text("replyTo"), before.Text("rootId"), before.Text("quote")));

        await anna.PutAsync("block", cleo);

        var hidden = await cleo.Client.ReadAsync($"posts/{reply.Id()}");
        Assert.False(hidden.TryGetProperty("replyTo", out _));
        Assert.False(hidden.TryGetProperty("quote", out _));
        Assert.Equal(reply.Id(), hidden.Text("rootId"));
        Assert.DoesNotContain(anna.Id, hidden.ToString(), StringComparison.Ordinal);

        // Deleted, hidden and never there are the same to whoever asks.
        await anna.DeleteAsync($"posts/{other.Id()}");
        var nothing = string.Concat(Guid.NewGuid().ToString("N"), ".", anna.Id);
        foreach (var id in (string[])[root.Id(), other.Id(), nothing])
        {
            Assert.Equal(HttpStatusCode.NotFound, await cleo.Client.StatusAsync($"posts/{id}"));
            Assert.Equal(HttpStatusCode.NotFound, await cleo.Client.StatusAsync($"posts/{id}/thread"));
            Assert.Equal(["replyTo"], await cleo.InvalidFieldsAsync(new { text = "Hm", replyTo = id }));
            Assert.Equal(["quote"], await cleo.InvalidFieldsAsync(new { text = "Hm", quote = id }));
        }
    }

    [Fact]
    public async Task A_cursor_shows_nothing_of_where_it_points_and_the_same_page_has_the_same_one()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var root = await anna.PostAsync("A beginning");
        await host.SettleAsync();
        for (var i = 0; i < 4; i++)
        {
            await ben.PostAsync(new { text = $"{i}", replyTo = root.Id() });
        }

        await host.SettleAsync();

        var page = (await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread?limit=2")).GetProperty("replies");
        var cursor = page.Text("next");

        Assert.DoesNotContain(ben.Id, Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)), StringComparison.Ordinal);
        Assert.Equal(cursor, (await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread?limit=2")).GetProperty("replies").Text("next"));
        Assert.Equal(2, (await host.Anonymous.ReadAsync($"posts/{root.Id()}/thread?cursor={cursor}")).GetProperty("replies").GetProperty("items").GetArrayLength());
        for (var i = 0; i < cursor.Length; i += 7)
        {
            var forged = $"{cursor[..i]}{(cursor[i] == 'A' ? 'B' : 'A')}{cursor[(i + 1)..]}";
            Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync($"posts/{root.Id()}/thread?cursor={forged}"));
        }
    }
}
