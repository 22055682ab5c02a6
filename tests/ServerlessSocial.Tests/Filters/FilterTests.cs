using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Filters;

public sealed class FilterTests
{
    private static readonly string[] Everywhere = ["home", "notifications", "public", "thread", "account"];

    [Fact]
    public async Task A_filter_is_made_read_changed_and_deleted_by_its_owner_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var made = await anna.FilterAsync(new { phrase = "  Spoiler " });
        Assert.Equal("Spoiler", made.Text("phrase"));
        Assert.Equal("warn", made.Text("action"));
        Assert.Equal(Everywhere, made.Texts("scope"));
        Assert.True(made.GetProperty("wholeWord").GetBoolean());
        Assert.False(made.TryGetProperty("expiresAt", out _));
        var path = $"me/filters/{made.Id()}";

        using var read = await anna.Client.GetAsync(path);
        var tag = read.Headers.ETag!.Tag;
        await anna.FilterAsync(new { phrase = "another one" });
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await anna.PatchAsync(path, new { action = "hide" }, null)).Status);
        var (status, changed, next) = await anna.PatchAsync(path, new { action = "hide", scope = new[] { "thread", "home", "home" } }, tag);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Spoiler", changed.Text("phrase"));
        Assert.Equal("hide", changed.Text("action"));
        Assert.Equal(["home", "thread"], changed.Texts("scope"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await anna.PatchAsync(path, new { phrase = "late" }, tag)).Status);
        var end = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(2).ToUnixTimeSeconds());
        (_, changed, next) = await anna.PatchAsync(path, new { expiresAt = end }, next);
        Assert.Equal(end, changed.GetProperty("expiresAt").GetDateTimeOffset());
        (_, changed, _) = await anna.PatchAsync(path, new Dictionary<string, object?> { ["expiresAt"] = null }, next);
        Assert.False(changed.TryGetProperty("expiresAt", out _));

        Assert.Empty(await berta.ItemsAsync("me/filters"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await berta.PatchAsync(path, new { action = "warn" }, "*")).Status);
        Assert.Equal(HttpStatusCode.NotFound, await berta.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.StatusAsync("me/filters"));
        Assert.Equal(2, (await anna.Client.ListAsync("me/filters", limit: 1)).Count);
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync(path));
        Assert.Equal("another one", Assert.Single(await anna.ItemsAsync("me/filters")).Text("phrase"));
    }

    [Fact]
    public async Task A_repeated_request_makes_one_filter_and_there_are_at_most_a_hundred()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        anna.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await anna.FilterAsync(new { phrase = "once" })).Id()));
        Assert.Single(ids.Distinct());
        anna.Client.DefaultRequestHeaders.Remove("Idempotency-Key");

        for (var i = 0; i < 95; i++)
        {
            await anna.FilterAsync(new { phrase = $"word {i}" });
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var response = await anna.Client.PostAsJsonAsync("me/filters", new { phrase = $"late {i}" });
            return response.StatusCode;
        }));

        Assert.Equal(4, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(4, answers.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(100, (await anna.Client.ListAsync("me/filters", limit: 7)).Distinct().Count());
    }

    [Fact]
    public async Task What_cannot_be_a_filter_is_refused_and_nothing_written()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        object[] bad =
        [
            new { }, new { phrase = " " }, new { phrase = "\u200D" }, new { phrase = "two\nlines" }, new { phrase = new string('x', 101) },
            new { phrase = "x", scope = Array.Empty<string>() }, new { phrase = "x", scope = new[] { "everywhere" } }, new { phrase = "x", action = "blur" },
            new { phrase = "x", expiresAt = DateTimeOffset.UtcNow.AddDays(-1) }, new { phrase = "x", expiresAt = DateTimeOffset.UtcNow.AddDays(400) },
        ];
        foreach (var body in bad)
        {
            using var response = await anna.Client.PostAsJsonAsync("me/filters", body);
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, JsonSerializer.Serialize(body));
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Empty(await anna.ItemsAsync("me/filters"));
    }

    [Fact]
    public async Task A_warning_names_the_filter_and_hiding_leaves_the_post_out_of_every_list_of_its_scope()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        await anna.ItemsAsync("feed");
        await anna.PutAsync("profiles/berta/follow");
        await host.SettleAsync();
        var root = (await anna.PostAsync("What did you see?")).Id();
        await host.SettleAsync();
        var match = (await berta.PostAsync(new { text = "The goal in the last minute #football @anna", replyTo = root })).Id();
        var other = (await berta.PostAsync("Tea with the neighbours")).Id();
        await host.SettleAsync();
        await anna.PutAsync($"posts/{match}/bookmark");
        string[] lists = ["feed", "profiles/berta/posts", "tags/football", $"posts/{root}/thread", "notifications"];

        var filter = await anna.FilterAsync(new { phrase = "GOAL" });
        foreach (var list in lists)
        {
            Assert.Equal(["GOAL"], (await FindAsync(anna, list, match))!.Value.Filtered());
            Assert.Empty((await FindAsync(clara, list is "feed" or "notifications" ? "profiles/berta/posts" : list, match))!.Value.Filtered());
        }

        await anna.PatchAsync($"me/filters/{filter.Id()}", new { action = "hide" }, "*");
        foreach (var list in lists)
        {
            Assert.Null(await FindAsync(anna, list, match));
        }

        Assert.Equal(0, (await anna.Client.ReadAsync("notifications")).Count("unread"));
        Assert.NotNull(await FindAsync(anna, "feed", other));
        Assert.NotNull(await FindAsync(clara, "tags/football", match));

        // What one asks for by its address, or keeps, is there, and says so.
        Assert.Equal(["GOAL"], (await anna.Client.ReadAsync($"posts/{match}")).Filtered());
        Assert.Equal("hide", (await anna.Client.ReadAsync($"posts/{match}")).GetProperty("filtered")[0].Text("action"));
        Assert.Equal(["GOAL"], (await FindAsync(anna, "me/bookmarks", match))!.Value.Filtered());

        await anna.PatchAsync($"me/filters/{filter.Id()}", new { scope = new[] { "public" } }, "*");
        foreach (var list in lists)
        {
            Assert.Equal(list != "tags/football", await FindAsync(anna, list, match) is not null);
        }

        await anna.DeleteAsync($"me/filters/{filter.Id()}");
        Assert.Empty((await FindAsync(anna, "tags/football", match))!.Value.Filtered());
    }

    [Fact]
    public async Task Warnings_tags_descriptions_and_quoted_posts_are_matched_and_ones_own_posts_never()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        var warned = await berta.PostAsync(new { text = "Careful", contentWarning = "A cliffhanger" });
        var tagged = await berta.PostAsync("Oh #Straßenfest");
        var longer = await berta.PostAsync("Oh #Straßenfeste");
        var own = await anna.PostAsync("My cliffhanger at the #strassenfest");
        await host.SettleAsync();
        var quoting = await clara.PostAsync(new { text = "Look at that", quote = warned.Id() });
        var veiled = await berta.PostAsync(new { text = "The cliffhanger again", visibility = "followers" });
        await host.SettleAsync();

        await anna.FilterAsync(new { phrase = "cliffhanger" });
        await anna.FilterAsync(new { phrase = "#STRASSENFEST" });

        Assert.Equal(["cliffhanger"], (await anna.Client.ReadAsync($"posts/{warned.Id()}")).Filtered());
        Assert.Equal(["#STRASSENFEST"], (await anna.Client.ReadAsync($"posts/{tagged.Id()}")).Filtered());
        Assert.Empty((await anna.Client.ReadAsync($"posts/{longer.Id()}")).Filtered());
        Assert.Equal(["cliffhanger"], (await anna.Client.ReadAsync($"posts/{quoting.Id()}")).Filtered());
        Assert.Empty((await anna.Client.ReadAsync($"posts/{own.Id()}")).Filtered());
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync($"posts/{veiled.Id()}"));

        // What a quote hides from the viewer does not show through their filters.
        await berta.PutAsync("profiles/anna/block");
        await host.SettleAsync();
        Assert.Empty((await anna.Client.ReadAsync($"posts/{quoting.Id()}")).Filtered());
    }

    [Fact]
    public async Task A_reply_does_not_say_the_muted_words_that_it_answers()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var root = (await berta.PostAsync("The cliffhanger at the end")).Id();
        await host.SettleAsync();
        var reply = (await berta.PostAsync(new { text = "You know what I mean", replyTo = root })).Id();
        await host.SettleAsync();
        Assert.Equal("The cliffhanger at the end", (await FindAsync(anna, "profiles/berta/posts?filter=all", reply))!.Value.GetProperty("inReplyTo").Text("excerpt"));

        await anna.FilterAsync(new { phrase = "cliffhanger" });

        var shown = (await FindAsync(anna, "profiles/berta/posts?filter=all", reply))!.Value;
        Assert.Equal(root, shown.GetProperty("inReplyTo").Id());
        Assert.False(shown.GetProperty("inReplyTo").TryGetProperty("excerpt", out _));
        Assert.Empty(shown.Filtered());
    }

    [Fact]
    public async Task A_filter_ends_by_the_clock()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var post = (await berta.PostAsync("The final tonight")).Id();
        await host.SettleAsync();
        await anna.FilterAsync(new { phrase = "final", action = "hide", expiresAt = DateTimeOffset.UtcNow.AddSeconds(2) });
        Assert.Null(await FindAsync(anna, "profiles/berta/posts", post));

        await Eventually.HoldsAsync(async () => await FindAsync(anna, "profiles/berta/posts", post) is not null);
        Assert.Empty((await FindAsync(anna, "profiles/berta/posts", post))!.Value.Filtered());
        Assert.Single(await anna.ItemsAsync("me/filters"));
    }

    /// <summary>A post in a list of whatever shape; null where it is not.</summary>
    private static async Task<JsonElement?> FindAsync(TestUser user, string list, string postId)
    {
        var answer = await user.Client.ReadAsync(list);
        foreach (var item in (answer.TryGetProperty("replies", out var replies) ? replies : answer).GetProperty("items").EnumerateArray())
        {
            var post = item.TryGetProperty("post", out var inner) ? inner : item;
            if (post.TryGetProperty("id", out var id) && id.GetString() == postId)
            {
                return post;
            }
        }

        return null;
    }
}
