using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Images;

public sealed class ImageTests
{
    [Fact]
    public async Task A_picture_that_was_asked_for_is_made_labelled_and_told_of()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");

        using var accepted = await anna.Client.PostAsJsonAsync("images", new { prompt = "A lighthouse at dusk", style = "watercolor", size = "1536x1024", alt = " Ein Turm 🗼 " });
        var asked = await accepted.Content.ReadFromJsonAsync<JsonElement>();
        var id = asked.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal($"/api/images/{id}", accepted.Headers.Location?.OriginalString);
        Assert.NotNull(accepted.Headers.RetryAfter);
        Assert.Equal("queued", asked.GetProperty("status").GetString());
        await host.SettleAsync();

        var job = await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}");
        Assert.Equal("done", job.GetProperty("status").GetString());
        Assert.Equal("A lighthouse at dusk", job.GetProperty("prompt").GetString());
        Assert.Equal("watercolor", job.GetProperty("style").GetString());
        var media = job.GetProperty("media");
        Assert.Equal((1536, 1024), (media.GetProperty("width").GetInt32(), media.GetProperty("height").GetInt32()));
        Assert.Equal("Ein Turm 🗼", media.GetProperty("alt").GetString());
        var mediaId = media.GetProperty("id").GetString()!;
        var stored = await host.StoredMediaAsync(mediaId);
        Assert.Equal(("sample-image-1", id), (stored!.GeneratedBy, stored.ImageJobId));
        var bytes = await anna.Client.GetByteArrayAsync($"media/{mediaId}");
        Assert.True(bytes.Holds("digitalsourcetype/trainedAlgorithmicMedia"u8));
        Assert.Equal(404, await berta.Client.StatusOfAsync($"media/{mediaId}"));
        Assert.NotNull(await NotificationAsync(host, anna, id!));
    }

    [Fact]
    public async Task A_posted_picture_says_which_model_made_it_and_follows_the_posts_audience()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var job = await AskAsync(anna, "A tree");
        await host.SettleAsync();
        var id = (await anna.Client.GetFromJsonAsync<JsonElement>($"images/{job}")).GetProperty("media").GetProperty("id").GetString();
        Assert.Equal(404, await berta.Client.StatusOfAsync($"media/{id}"));

        using var posted = await anna.Client.PostAsJsonAsync("posts", new { text = "Look", media = new[] { new { id } } });
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        await host.SettleAsync();

        var post = await berta.Client.GetFromJsonAsync<JsonElement>($"posts/{(await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}");
        var provenance = post.GetProperty("provenance").GetProperty("media")[0];
        Assert.Equal(("generated", "scripted"), (provenance.GetProperty("source").GetString(), provenance.GetProperty("model").GetString()));
        Assert.Equal(200, await berta.Client.StatusOfAsync($"media/{id}"));
    }

    [Fact]
    public async Task A_job_is_its_owners_alone()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var id = await AskAsync(anna, "A tree");

        Assert.Equal(200, await anna.Client.StatusOfAsync($"images/{id}"));
        Assert.Equal(404, await berta.Client.StatusOfAsync($"images/{id}"));
        Assert.Equal(401, await host.Anonymous.StatusOfAsync($"images/{id}"));
        Assert.Equal(404, await anna.Client.StatusOfAsync("images/nothing"));
    }

    [Fact]
    public async Task A_harmful_description_is_refused_with_a_reason()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "I will kill you and your family tomorrow");
        await host.SettleAsync();

        var job = await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}");
        Assert.Equal("refused", job.GetProperty("status").GetString());
        Assert.Contains("violence", job.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(job.TryGetProperty("media", out _));
        Assert.Equal(0, model.Calls);
        Assert.Equal(job.GetProperty("reason").GetString(), (await NotificationAsync(host, anna, id))!.Text);
    }

    [Fact]
    public async Task What_the_model_refuses_is_not_asked_again()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult<GeneratedImage>(new ImageRefused("The model does not draw this.")));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "A tree");
        await host.SettleAsync();

        var job = await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}");
        Assert.Equal(("refused", "The model does not draw this."), (job.GetProperty("status").GetString(), job.GetProperty("reason").GetString()));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task While_a_picture_is_being_made_polls_say_so()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var model = new ScriptedModel(async (_, _) =>
        {
            begun.SetResult();
            await go.Task;
            return ScriptedModel.Picture;
        });
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "A tree");
        await begun.Task;
        using var running = await anna.Client.GetAsync($"images/{id}");
        go.SetResult();
        await host.SettleAsync();
        using var done = await anna.Client.GetAsync($"images/{id}");

        Assert.Equal("running", (await running.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.NotNull(running.Headers.RetryAfter);
        Assert.Equal("done", (await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Null(done.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_outage_that_passes_is_not_noticed()
    {
        var model = new ScriptedModel((call, _) => call < 3 ? throw new HttpRequestException("The model is out.") : Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "A tree");
        await host.SettleAsync();

        Assert.Equal("done", (await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_outage_that_lasts_ends_the_job_and_does_not_count()
    {
        var model = new ScriptedModel((_, _) => throw new HttpRequestException("The model is out."));
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=1"], model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "A tree");
        await host.SettleAsync();

        var job = await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}");
        Assert.Equal("failed", job.GetProperty("status").GetString());
        Assert.NotEmpty(job.GetProperty("reason").GetString()!);
        Assert.NotNull(await NotificationAsync(host, anna, id));
        await AskAsync(anna, "Another tree");
    }

    [Fact]
    public async Task A_model_that_answers_with_no_picture_ends_the_job()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult<GeneratedImage>(new ImageMade("<html>"u8.ToArray(), "image/png")));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var id = await AskAsync(anna, "A tree");
        await host.SettleAsync();

        Assert.Equal("failed", (await anna.Client.GetFromJsonAsync<JsonElement>($"images/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Beyond_the_days_credits_one_is_told_when_to_come_again()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=2"], model.Register);
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");

        var first = await AskAsync(anna, "One", "k1");
        Assert.Equal(first, await AskAsync(anna, "One", "k1"));
        await AskAsync(anna, "Two");
        using var refused = await anna.Client.PostAsJsonAsync("images", new { prompt = "Three" });
        await AskAsync(berta, "Mine");

        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.EndsWith(":credits-used-up", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("T00:00:00Z", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Many_at_once_do_not_get_past_the_credits()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=3"], model.Register);
        var anna = await host.SignUpAsync("anna");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => anna.Client.PostAsJsonAsync("images", new { prompt = "A tree" })));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt":"  "}""", "prompt")]
    [InlineData("""{"prompt":"A tree","size":"10x10"}""", "size")]
    [InlineData("""{"prompt":"A tree","style":"oil"}""", "style")]
    public async Task A_request_that_makes_no_sense_names_the_field(string body, string field)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.PostAsync("images", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_prompt_has_at_most_2000_characters()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        using var longer = await anna.Client.PostAsJsonAsync("images", new { prompt = string.Concat(Enumerable.Repeat("é", 2_001)) });
        await AskAsync(anna, string.Concat(Enumerable.Repeat("é", 2_000)));

        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        using var described = await anna.Client.PostAsJsonAsync("images", new { prompt = "A tree", alt = new string('a', 1_501) });
        Assert.Equal(HttpStatusCode.BadRequest, described.StatusCode);
        Assert.True((await described.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("alt", out _));
    }

    [Fact]
    public async Task Ones_jobs_are_listed_newest_first_page_by_page()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");
        foreach (var prompt in (string[])["One", "Two", "Three"])
        {
            await AskAsync(anna, prompt);
            await Task.Delay(2);
        }

        await host.SettleAsync();
        var first = await anna.Client.GetFromJsonAsync<JsonElement>("me/images?limit=2");
        var rest = await anna.Client.GetFromJsonAsync<JsonElement>($"me/images?limit=2&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal(["Three", "Two"], Prompts(first));
        Assert.Equal(["One"], Prompts(rest));
        Assert.All(first.GetProperty("items").EnumerateArray(), job => Assert.True(job.TryGetProperty("media", out _)));
        Assert.False(rest.TryGetProperty("next", out _));

        static IEnumerable<string?> Prompts(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("prompt").GetString());
    }

    internal static async Task<string> AskAsync(TestUser user, string prompt, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "images") { Content = JsonContent.Create(new { prompt }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await user.Client.SendAsync(request);
        var job = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job.ToString());
        return job.GetProperty("id").GetString()!;
    }

    private static async Task<NotificationDocument?> NotificationAsync(TestHost host, TestUser user, string jobId)
    {
        var id = NotificationDocument.IdOf(jobId, NotificationKind.Image);
        return (await host.Documents().ReadAsync<NotificationDocument>(user.Id, id, default)).Document;
    }
}
