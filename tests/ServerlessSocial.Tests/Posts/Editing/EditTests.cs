using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Editing;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Posts.Editing;

/// <summary>Editing posts: looked at anew, with a history, and nothing lost meanwhile.</summary>
public sealed class EditTests
{
    [Fact]
    public async Task An_edit_is_shown_once_it_is_approved_and_what_was_said_before_stays_to_be_read()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var id = (await anna.PostAsync(new { text = "Good evning @ben #ocean", media = new[] { new { id = picture } }, contentWarning = "Water" })).Id();
        await host.SettleAsync();

        var (status, _, tag) = await EditAsync(anna, id, new { text = "Good evening @cleo #sea 🌊", contentWarning = (string?)null, media = new[] { new { id = picture, alt = "The sea" } } });
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (status, tag));
        await host.SettleAsync();

        var post = await ben.GetAsync($"posts/{id}");
        Assert.Equal("Good evening @cleo #sea 🌊", post.GetProperty("text").GetString());
        Assert.False(post.TryGetProperty("contentWarning", out _));
        Assert.Equal("The sea", post.GetProperty("media")[0].GetProperty("alt").GetString());
        Assert.True(post.TryGetProperty("editedAt", out _));
        Assert.False(post.TryGetProperty("pendingEdit", out _));
        Assert.Equal(["Good evening @cleo #sea 🌊", "Good evning @ben #ocean"], (await ben.ItemsAsync($"posts/{id}/history")).Select(version => version.GetProperty("text").GetString()));
        Assert.Equal("Water", (await ben.ItemsAsync($"posts/{id}/history"))[1].GetProperty("contentWarning").GetString());

        // Tags and mentions follow the text.
        Assert.Empty(await ben.ItemsAsync("tags/ocean"));
        Assert.Equal(id, Assert.Single(await ben.ItemsAsync("tags/sea")).Id());
        Assert.Empty(await ben.ItemsAsync("notifications"));
        Assert.Equal("mention", Assert.Single(await cleo.ItemsAsync("notifications")).GetProperty("kind").GetString());
        await EditAsync(anna, id, new { text = "Good evening, @cleo #sea" });
        await host.SettleAsync();
        Assert.Single(await cleo.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task What_moderation_does_not_approve_is_refused_with_a_reason_and_the_post_stands()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await host.PostAsync(anna, "A good day");

        await EditAsync(anna, id, new { text = "Ich bring dich um!" });
        await host.SettleAsync();

        var seen = await ben.GetAsync($"posts/{id}");
        Assert.Equal("A good day", seen.GetProperty("text").GetString());
        Assert.False(seen.TryGetProperty("pendingEdit", out _));
        Assert.Single(await ben.ItemsAsync($"posts/{id}/history"));
        var pending = (await anna.GetAsync($"posts/{id}")).GetProperty("pendingEdit");
        Assert.Equal(("removed", "Ich bring dich um!"), (pending.GetProperty("status").GetString(), pending.GetProperty("text").GetString()));
        Assert.Equal(
            ("It may contain a threat of violence or a call for it.", "edit.violence"),
            (pending.GetProperty("reason").GetString(), pending.GetProperty("reasonCode").GetString()));
        anna.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        var told = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.Equal("edit.refused", told.GetProperty("textCode").GetString());
        Assert.Equal(
            "Deine Änderung wurde nicht veröffentlicht; dein Beitrag bleibt, wie er war. Möglicherweise enthält es die Androhung von Gewalt oder einen Aufruf dazu.",
            told.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Of_two_edits_of_the_same_version_one_is_made_and_workers_do_not_change_the_version()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await host.PostAsync(anna, "One");
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{id}/like");
        await host.SettleAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => EditAsync(anna, id, new { text = $"Two, {i}" }, "\"0\"")));
        await host.SettleAsync();

        Assert.Single(all, edit => edit.Status == HttpStatusCode.OK);
        Assert.All(all.Where(edit => edit.Status != HttpStatusCode.OK), edit => Assert.Equal((HttpStatusCode.PreconditionFailed, "changed"), (edit.Status, edit.Problem)));
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await EditAsync(anna, id, new { text = "Three" }, null)).Status);
        Assert.Equal(2, (await anna.ItemsAsync($"posts/{id}/history")).Count);
    }

    [Fact]
    public async Task Others_cannot_edit_and_history_is_for_those_who_may_see_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        var id = (await anna.PostAsync(new { text = "For followers", visibility = "followers" })).Id();
        await host.SettleAsync();
        await EditAsync(anna, id, new { text = "For followers only" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await EditAsync(ben, id, new { text = "Mine" })).Status);
        Assert.Equal(2, (await ben.ItemsAsync($"posts/{id}/history")).Count);
        Assert.Equal(404, await cleo.Client.StatusOfAsync($"posts/{id}/history"));
        Assert.Equal(404, await host.Anonymous.StatusOfAsync($"posts/{id}/history"));
    }

    [Theory]
    [InlineData("""{ "text": "" }""")]
    [InlineData("""{ "text": null }""")]
    [InlineData("""{ "language": "?" }""")]
    [InlineData("""{ "media": [{ "id": "nothing", "alt": "x" }] }""")]
    [InlineData("""{ "media": [null] }""")]
    [InlineData("""{ "poll": { "options": ["a", "b"], "minutes": 60 } }""")]
    [InlineData("""{ "visibility": "followers" }""")]
    public async Task What_cannot_be_edited_is_refused_and_changes_nothing(string body)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "As it is");

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"posts/{id}") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await anna.Client.SendAsync(request);
        await host.SettleAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), (answer.StatusCode, await answer.ProblemAsync()));
        Assert.Equal("As it is", (await anna.GetAsync($"posts/{id}")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_removed_post_cannot_be_edited_and_one_that_is_removed_meanwhile_stays_as_it_was()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var removed = await host.PostAsync(anna, "Ich bring dich um!");
        Assert.Equal("not-editable", (await EditAsync(anna, removed, new { text = "Sorry" })).Problem);

        var appealed = await host.PostAsync(anna, "Du bist so ein Idiot.");
        using var appeal = await anna.Client.PostAsJsonAsync($"posts/{appealed}/moderation/appeal", new { text = "It is a quotation." });
        Assert.Equal((HttpStatusCode.NoContent, "not-editable"), (appeal.StatusCode, (await EditAsync(anna, appealed, new { text = "Sorry" })).Problem));

        var id = await host.PostAsync(anna, "Before");
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.UpdateAsync<PostDocument>(
            anna.Id,
            id,
            post => PostEditing.Asked(post, new("After", null, null, new Dictionary<string, string?>(), DateTimeOffset.UtcNow, ModerationStatus.Pending, null))
                .Under(post.Moderation with { Status = ModerationStatus.Removed, DecidedAt = DateTimeOffset.UtcNow }),
            default);
        await host.SettleAsync();

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal(("Before", "removed"), (post.GetProperty("text").GetString(), post.GetProperty("pendingEdit").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Deleting_a_post_leaves_nothing_of_what_it_said_before()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "First");
        await EditAsync(anna, id, new { text = "Second" });
        await host.SettleAsync();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        Assert.Single((await documents.QueryAsync<PostVersionDocument>(new(id, 10), default)).Items);

        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{id}");
        await host.SettleAsync();

        Assert.Empty((await documents.QueryAsync<PostVersionDocument>(new(id, 10), default)).Items);
        Assert.Equal(404, await anna.Client.StatusOfAsync($"posts/{id}/history"));
    }

    [Fact]
    public async Task A_history_is_paged_and_ends()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Version 0");
        for (var i = 1; i <= 5; i++)
        {
            await EditAsync(anna, id, new { text = $"Version {i}" });
            await host.SettleAsync();
        }

        var (texts, path) = (new List<string?>(), $"posts/{id}/history?limit=2");
        for (string? next = string.Empty; next is not null;)
        {
            var page = await anna.GetAsync(next.Length == 0 ? path : $"{path}&cursor={next}");
            texts.AddRange(page.GetProperty("items").EnumerateArray().Select(version => version.GetProperty("text").GetString()));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(0, 6).Reverse().Select(i => $"Version {i}"), texts);
    }

    private static Task<(HttpStatusCode Status, string? Problem, string? Tag)> EditAsync(TestUser who, string id, object changes) => EditAsync(who, id, changes, "*");

    private static async Task<(HttpStatusCode Status, string? Problem, string? Tag)> EditAsync(TestUser who, string id, object changes, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"posts/{id}") { Content = JsonContent.Create(changes) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        using var answer = await who.Client.SendAsync(request);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.ProblemAsync(), answer.Headers.ETag?.Tag);
    }
}
