using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Posts;

/// <summary>Posts that were typed when they were posted.</summary>
public sealed class SpontaneousTests
{
    [Fact]
    public async Task A_spontaneous_post_carries_its_mark_and_is_never_edited()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var photo = await anna.UploadedAsync(SampleImages.Png);
        var post = await anna.PostAsync(new { text = "Look, the train is on tiem!", spontaneous = true, media = new[] { new { id = photo } } });
        var plain = await anna.PostAsync("It was on time.");
        await host.SettleAsync();

        Assert.True((await ben.GetAsync($"posts/{post.Id()}")).GetProperty("spontaneous").GetBoolean());
        Assert.False((await ben.GetAsync($"posts/{plain.Id()}")).TryGetProperty("spontaneous", out _));
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"posts/{post.Id()}") { Content = JsonContent.Create(new { text = "Look, the train is on time!" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await anna.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.EndsWith(":spontaneous", (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("type"));
        Assert.Equal("Look, the train is on tiem!", (await ben.GetAsync($"posts/{post.Id()}")).Text("text"));
    }

    [Fact]
    public async Task What_was_prepared_is_not_spontaneous()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var drafted = await anna.Client.PostAsJsonAsync("drafts", new { text = "Prepared" });
        var draft = (await drafted.Content.ReadFromJsonAsync<JsonElement>()).Id();
        var job = await anna.SendAsync("images", new { prompt = "a train" });
        await host.SettleAsync();
        var made = (await anna.GetAsync($"images/{job.Id()}")).GetProperty("media").Id();

        Assert.Equal(["spontaneous"], await anna.InvalidFieldsAsync(new { draftId = draft, text = "Prepared", spontaneous = true }));
        Assert.Equal(["spontaneous"], await anna.InvalidFieldsAsync(new { text = "Later", publishAt = DateTimeOffset.UtcNow.AddHours(1), spontaneous = true }));
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "Look", media = new[] { new { id = made } }, spontaneous = true }));
        Assert.Empty(await anna.ItemsAsync("profiles/anna/posts"));
        Assert.Single(await anna.ItemsAsync("drafts"));
    }
}
