using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Drafts;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Drafts;

/// <summary>Drafts: private, versioned, and posted exactly once.</summary>
public sealed class DraftTests
{
    [Fact]
    public async Task A_draft_is_begun_gone_on_with_and_posted_and_is_gone_then()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var picture = await anna.UploadedAsync(SampleImages.Png);

        using var begun = await anna.Client.PostAsJsonAsync("drafts", new { text = "Thoughts on", media = new[] { new { id = picture } }, contentWarning = "Flour" });
        var draft = await begun.Content.ReadFromJsonAsync<JsonElement>();
        var id = draft.GetProperty("id").GetString()!;
        Assert.Equal((HttpStatusCode.Created, $"/api/drafts/{id}", "post"), (begun.StatusCode, begun.Headers.Location!.OriginalString, draft.GetProperty("kind").GetString()));
        var changed = await PatchAsync(anna, id, begun.Headers.ETag!.Tag, new { text = "Thoughts on sourdough", contentWarning = (string?)null });

        Assert.Equal("Thoughts on sourdough", changed.GetProperty("text").GetString());
        Assert.Equal(["Thoughts on"], changed.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("text").GetString()));
        Assert.False(changed.TryGetProperty("contentWarning", out _));
        Assert.Single(changed.GetProperty("media").EnumerateArray());
        Assert.Equal(id, Assert.Single(await anna.ItemsAsync("drafts")).GetProperty("id").GetString());

        // What the request leaves out comes from the draft.
        var post = await anna.PostAsync(new { draftId = id, language = "en" });
        await host.SettleAsync();

        Assert.Equal(("Thoughts on sourdough", "en"), (post.GetProperty("text").GetString(), post.GetProperty("language").GetString()));
        Assert.Single(post.GetProperty("media").EnumerateArray());
        Assert.Empty(await anna.ItemsAsync("drafts"));
        using var gone = await anna.Client.GetAsync($"drafts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var seen = await host.Anonymous.GetAsync($"media/{picture}");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Fact]
    public async Task The_same_request_posts_a_draft_once_and_so_do_two_others()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await BeginAsync(anna, "Once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync(anna, new { draftId = id }, key: i < 4 ? "the-same" : null)));
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            Assert.Contains(answer.Problem, (string[])["draft-being-posted", "invalid-fields"]);
        }

        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Id).Distinct());
        Assert.Single(await anna.ItemsAsync("profiles/me/posts".Replace("me", "anna", StringComparison.Ordinal)));

        var again = await PostAsync(anna, new { draftId = id }, key: "another");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), (again.Status, again.Problem));
    }

    [Fact]
    public async Task A_draft_whose_post_is_refused_stays_and_can_be_posted_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await BeginAsync(anna, string.Empty);

        var refused = await PostAsync(anna, new { draftId = id });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), (refused.Status, refused.Problem));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(anna, new { draftId = id, text = "Now" })).Status);
        Assert.Empty(await anna.ItemsAsync("drafts"));
    }

    [Fact]
    public async Task A_crash_between_post_and_draft_leaves_no_draft_of_what_is_posted()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (first, second) = (await BeginAsync(anna, "First"), await BeginAsync(anna, "Second"));
        var post = await anna.PostAsync("First");
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.UpdateAsync<DraftDocument>(anna.Id, first, draft => draft with { PostedAs = post.Id() }, default);
        await documents.UpdateAsync<DraftDocument>(anna.Id, second, draft => draft with { PostedAs = OwnedIds.Make(Ids.New(DateTimeOffset.UtcNow.AddHours(-1)), anna.Id) }, default);

        Assert.Equal(second, Assert.Single(await anna.ItemsAsync("drafts")).GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(anna, new { draftId = first })).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(anna, new { draftId = second })).Status);
    }

    [Fact]
    public async Task Nobody_else_reads_changes_deletes_or_posts_a_draft()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mod) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mod", "moderator"));
        var id = await BeginAsync(anna, "Not yet for anybody");

        foreach (var other in (TestUser[])[ben, mod])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete])
            {
                using var request = new HttpRequestMessage(method, $"drafts/{id}") { Content = method == HttpMethod.Patch ? JsonContent.Create(new { text = "Mine" }) : null };
                request.Headers.IfMatch.Add(System.Net.Http.Headers.EntityTagHeaderValue.Any);
                using var answer = await other.Client.SendAsync(request);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            Assert.Equal("invalid-fields", (await PostAsync(other, new { draftId = id })).Problem);
            Assert.Empty(await other.ItemsAsync("drafts"));
        }

        Assert.Equal("Not yet for anybody", (await anna.GetAsync($"drafts/{id}")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Edits_want_the_version_they_are_of()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var begun = await anna.Client.PostAsJsonAsync("drafts", new { text = "One" });
        var id = (await begun.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        var tag = begun.Headers.ETag!.Tag;
        await PatchAsync(anna, id, tag, new { text = "Two" });

        foreach (var (version, status) in ((string?, HttpStatusCode)[])[(null, HttpStatusCode.PreconditionRequired), (tag, HttpStatusCode.PreconditionFailed)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"drafts/{id}") { Content = JsonContent.Create(new { text = "Three" }) };
            if (version is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", version);
            }

            using var answer = await anna.Client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Equal("Two", (await anna.GetAsync($"drafts/{id}")).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("""{ "text": 5 }""", "invalid-fields")]
    [InlineData("""{ "media": [{ "id": "nothing" }] }""", "invalid-fields")]
    [InlineData("""{ "media": [null] }""", "invalid-fields")]
    [InlineData("""{ "replyTo": "nothing" }""", "invalid-fields")]
    [InlineData("""{ "language": "?" }""", "invalid-fields")]
    [InlineData("""{ "txet": "x" }""", "invalid-fields")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_kept(string body, string problem)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var answer = await anna.Client.PostAsync("drafts", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, problem), (answer.StatusCode, await answer.ProblemAsync()));
        Assert.Empty(await anna.ItemsAsync("drafts"));
    }

    [Fact]
    public async Task One_has_a_hundred_drafts_at_most()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        for (var i = 0; i < DraftStore.MostDrafts; i++)
        {
            await BeginAsync(anna, $"Draft {i} \U0001F35E");
        }

        using var answer = await anna.Client.PostAsJsonAsync("drafts", new { text = "One more" });

        Assert.Equal((HttpStatusCode.Conflict, "too-many-drafts"), (answer.StatusCode, await answer.ProblemAsync()));
        Assert.Equal(DraftStore.MostDrafts, (await anna.ItemsAsync("drafts?limit=100")).Count);
    }

    private static async Task<string> BeginAsync(TestUser who, string text)
    {
        using var answer = await who.Client.PostAsJsonAsync("drafts", new { text });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> PatchAsync(TestUser who, string id, string tag, object changes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"drafts/{id}") { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var answer = await who.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<(HttpStatusCode Status, string? Id, string? Problem)> PostAsync(TestUser who, object post, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "posts") { Content = JsonContent.Create(post) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await who.Client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).Id(), null)
            : (answer.StatusCode, null, await answer.ProblemAsync());
    }
}
