using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Drafts.Scheduling;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Drafts;

/// <summary>Posts for later: written once, at their time, or called off.</summary>
public sealed class ScheduledPostTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_scheduled_post_is_written_at_its_time_with_its_pictures_and_nobody_knows_of_it_before()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var at = DateTimeOffset.UtcNow + Soon;

        using var answer = await anna.Client.PostAsJsonAsync("posts", new { text = "Good morning #ocean", media = new[] { new { id = picture } }, publishAt = at });
        var scheduled = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var id = scheduled.Id();
        Assert.Equal((HttpStatusCode.Accepted, $"/api/me/scheduled/{id}", "waiting"), (answer.StatusCode, answer.Headers.Location!.OriginalString, Status(scheduled)));
        Assert.Equal(id, Assert.Single(await anna.ItemsAsync("me/scheduled")).Id());
        Assert.Empty(await anna.ItemsAsync("profiles/anna/posts"));
        Assert.Empty(await ben.ItemsAsync("me/scheduled"));
        Assert.Equal(404, await ben.Client.StatusOfAsync($"me/scheduled/{id}"));
        Assert.Equal(404, await ben.Client.StatusOfAsync($"media/{picture}"));

        var post = await PublishedAsync(host, anna, id);

        Assert.InRange(post.GetProperty("createdAt").GetDateTimeOffset(), at.AddMilliseconds(-1), at.AddMilliseconds(1));
        Assert.Equal("Good morning #ocean", post.GetProperty("text").GetString());
        Assert.Equal(200, await ben.Client.StatusOfAsync($"media/{picture}"));
        Assert.Empty(await anna.ItemsAsync("me/scheduled"));
        using var late = await anna.Client.DeleteAsync($"me/scheduled/{id}");
        Assert.Equal((HttpStatusCode.Conflict, "already-published"), (late.StatusCode, await late.ProblemAsync()));
    }

    [Fact]
    public async Task What_was_due_while_the_service_was_away_is_written_when_it_is_back()
    {
        var data = Directory.CreateTempSubdirectory("serverless-social-scheduled-").FullName;
        try
        {
            string id;
            await using (var host = await TestHost.StartAsync(dataDirectory: data))
            {
                var before = await host.SignUpAsync("anna");
                id = await ScheduleAsync(before, new { text = "Here I am", publishAt = DateTimeOffset.UtcNow + Soon });
                await host.SettleAsync();
            }

            await Task.Delay(Soon);
            await using var again = await TestHost.StartAsync(dataDirectory: data);
            var anna = new TestUser(string.Empty, "anna", again.NewClient(await again.TokenAsync("anna")));

            Assert.Equal("Here I am", (await PublishedAsync(again, anna, id)).GetProperty("text").GetString());
            Assert.Single(await anna.ItemsAsync("profiles/anna/posts"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>A worker that dies leaves one of these states, and its message, or the sweep's, comes again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_that_died_before_or_after_the_post_was_written_leaves_one_post(bool written)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await ScheduleAsync(anna, new { text = "Once", publishAt = DateTimeOffset.UtcNow.AddHours(1) });
        await host.SettleAsync();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var at = DateTimeOffset.UtcNow.AddMinutes(-1);
        var scheduled = await documents.UpdateAsync<ScheduledPostDocument>(
            anna.Id,
            id,
            found => found with { PublishAt = at, PostId = OwnedIds.Make(Ids.New(at), anna.Id), Status = written ? ScheduledPostStatus.Waiting : ScheduledPostStatus.Publishing },
            default);
        await PublishedAsync(host, anna, id);
        if (written)
        {
            await documents.UpdateAsync<ScheduledPostDocument>(anna.Id, id, found => found with { Status = ScheduledPostStatus.Publishing, Content = scheduled!.Content, Ttl = null }, default);
            await PublishedAsync(host, anna, id);
        }

        Assert.Single(await anna.ItemsAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task It_can_be_changed_put_off_and_called_off()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (changed, off) = (
            await ScheduleAsync(anna, new { text = "Frst", publishAt = DateTimeOffset.UtcNow.AddHours(1) }),
            await ScheduleAsync(anna, new { text = "Never", publishAt = DateTimeOffset.UtcNow + Soon }));
        await host.SettleAsync();

        using var deleted = await anna.Client.DeleteAsync($"me/scheduled/{off}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        var (status, answer) = await PatchAsync(anna, changed, new { text = "First", publishAt = DateTimeOffset.UtcNow + Soon });
        Assert.Equal((HttpStatusCode.OK, "First"), (status, answer.GetProperty("text").GetString()));
        foreach (var wrong in (object[])[new { publishAt = DateTimeOffset.UtcNow.AddHours(-1) }, new { publishAt = DateTimeOffset.UtcNow.AddYears(2) }, new { text = "" }, new { replyTo = changed }])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(anna, changed, wrong)).Status);
        }

        await PublishedAsync(host, anna, changed);
        await Task.Delay(Soon);
        await host.SettleAsync();

        Assert.Equal(["First"], (await anna.ItemsAsync("profiles/anna/posts")).Select(post => post.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_written_by_then_is_told_and_can_be_tried_anew()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var bens = await host.PostAsync(ben, "Who comes along?");
        var id = await ScheduleAsync(anna, new { text = "I do", replyTo = bens, publishAt = DateTimeOffset.UtcNow + Soon });
        await host.DoAsync(ben, HttpMethod.Delete, $"posts/{bens}");

        var failed = await UntilAsync(host, anna, id, "failed");

        Assert.Contains("There is no such post", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(await anna.ItemsAsync("me/scheduled")).Id());
        Assert.Equal("scheduled", Assert.Single(await anna.ItemsAsync("notifications")).GetProperty("kind").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(anna, id, new { replyTo = (string?)null })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(anna, id, new { replyTo = (string?)null, publishAt = DateTimeOffset.UtcNow.AddMilliseconds(500) })).Status);
        Assert.Equal("I do", (await PublishedAsync(host, anna, id)).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00.000Z")]
    [InlineData("2999-01-01T00:00:00.000Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task A_time_that_is_none_is_refused_and_nothing_is_kept(string at)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        Assert.Equal(["publishAt"], await anna.InvalidFieldsAsync(new { text = "When?", publishAt = at }));
        Assert.Empty(await anna.ItemsAsync("me/scheduled"));
    }

    [Fact]
    public async Task A_repeated_request_schedules_once_and_a_draft_is_used_up()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var begun = await anna.Client.PostAsJsonAsync("drafts", new { text = "From a draft" });
        var body = new { draftId = (await begun.Content.ReadFromJsonAsync<JsonElement>()).Id(), publishAt = DateTimeOffset.UtcNow.AddDays(1) };

        var ids = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "posts") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", "tomorrow");
            using var answer = await anna.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).Id());
        }

        Assert.Single(ids);
        Assert.Equal("From a draft", Assert.Single(await anna.ItemsAsync("me/scheduled")).GetProperty("text").GetString());
        Assert.Empty(await anna.ItemsAsync("drafts"));
    }

    private static string? Status(JsonElement scheduled) => scheduled.GetProperty("status").GetString();

    private static async Task<string> ScheduleAsync(TestUser who, object post)
    {
        using var answer = await who.Client.PostAsJsonAsync("posts", post);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PatchAsync(TestUser who, string id, object changes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"me/scheduled/{id}") { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await who.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<JsonElement> UntilAsync(TestHost host, TestUser who, string id, string status)
    {
        var limit = DateTimeOffset.UtcNow.AddSeconds(30);
        while (true)
        {
            var scheduled = await who.GetAsync($"me/scheduled/{id}");
            if (Status(scheduled) == status)
            {
                await host.SettleAsync();
                return scheduled;
            }

            Assert.True(DateTimeOffset.UtcNow < limit, scheduled.ToString());
            await Task.Delay(50);
        }
    }

    private static async Task<JsonElement> PublishedAsync(TestHost host, TestUser who, string id) =>
        await who.GetAsync($"posts/{(await UntilAsync(host, who, id, "published")).GetProperty("postId").GetString()}");
}
