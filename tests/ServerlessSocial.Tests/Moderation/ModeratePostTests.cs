using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Moderation;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class ModeratePostTests
{
    [Theory]
    [InlineData("Guten Morgen! Heute backe ich Brot, wer mag ein Stück?")]
    [InlineData("Good morning! I am baking bread today, who wants some?")]
    public async Task A_harmless_post_is_approved_and_seen_by_everyone(string text)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var id = await host.PostAsync(anna, text);

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal("approved", ModeratedHost.StatusOf(post));
        Assert.False(post.GetProperty("moderation").TryGetProperty("reason", out _));
        using var seen = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Empty(await anna.ItemsAsync($"posts/{id}/moderation"));
        Assert.Empty(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task A_threat_is_seen_by_its_author_alone_who_learns_why()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await ben.GetAsync("feed");
        var root = await host.PostAsync(ben, "What shall we do tonight?");

        var id = await host.PostAsync(anna, "@ben I will kill you tonight, I know where you live #tonight", replyTo: root);

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Contains(ModeratedHost.StatusOf(post), new[] { "held", "removed" });
        Assert.Contains("violence", post.GetProperty("moderation").GetProperty("reason").GetString());
        foreach (var path in new[] { $"posts/{id}", $"posts/{id}/moderation" })
        {
            using var hidden = await ben.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        using var anonymous = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, anonymous.StatusCode);
        Assert.DoesNotContain(await ben.ItemsAsync("feed"), item => item.GetProperty("post").GetProperty("id").GetString() == id);
        Assert.Empty(await ben.ItemsAsync("profiles/anna/posts"));
        Assert.Empty(await ben.ItemsAsync("tags/tonight"));
        Assert.Empty(await ben.ItemsAsync("notifications"));
        Assert.Empty((await ben.GetAsync($"posts/{root}/thread")).GetProperty("replies").GetProperty("items").EnumerateArray());
        Assert.Equal(0, (await ben.GetAsync($"posts/{root}")).GetProperty("replies").GetInt64());
        Assert.Equal(0, (await ben.GetAsync("profiles/anna")).GetProperty("posts").GetInt64());
    }

    [Fact]
    public async Task The_author_is_told_once_and_can_read_the_statement_of_reasons()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var anna = await host.SignUpAsync("anna");

        var id = await host.PostAsync(anna, "[IllegalGoods] for sale");

        var told = Assert.Single(await anna.ItemsAsync("notifications"));
        Assert.Equal("moderation", told.GetProperty("kind").GetString());
        Assert.Equal(id, told.GetProperty("post").GetProperty("id").GetString());
        var decision = Assert.Single(await anna.ItemsAsync($"posts/{id}/moderation"));
        Assert.Equal("held", decision.GetProperty("status").GetString());
        Assert.Equal("automatic", decision.GetProperty("by").GetString());
        Assert.Equal(told.GetProperty("text").GetString(), decision.GetProperty("reason").GetString());
        Assert.False(decision.TryGetProperty("scores", out _));
    }

    [Fact]
    public async Task A_content_warning_is_examined_too()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.PostAsJsonAsync(
            "posts", new { text = "See the warning.", contentWarning = "I will kill you tonight, I know where you live" });
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await host.SettleAsync();

        Assert.Contains(ModeratedHost.StatusOf(await anna.GetAsync($"posts/{id}")), new[] { "held", "removed" });
    }

    [Fact]
    public void Descriptions_of_pictures_are_examined_too()
    {
        var now = DateTimeOffset.UnixEpoch;
        var post = new PostDocument
        {
            Id = "post",
            AuthorId = "anna",
            RootId = "post",
            Text = "Look.",
            ContentWarning = "Loud",
            Media = [new("1", "image/png", 1, 1, "A red door", null), new("2", "image/png", 1, 1, null, null)],
            Moderation = new(ModerationStatus.Pending, null, null, null),
            CreatedAt = now,
            WorkSince = now,
        };

        Assert.Equal("Loud\n\nLook.\n\nA red door", ModeratedText.Of(post));
    }

    [Fact]
    public async Task The_local_host_has_a_sample_classifier_where_no_model_is_configured()
    {
        await using var host = await TestHost.StartAsync();

        Assert.IsType<SampleTextClassifier>(host.Services.GetService(typeof(ServerlessSocial.Platform.Ai.ITextClassifier)));
    }

    [Fact]
    public async Task Settings_that_make_no_sense_keep_the_host_from_starting()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(["Moderation:Thresholds:Hate:Hold=7"]));

        Assert.Contains("Moderation:Thresholds:Hate:Hold", failure.ToString());
    }
}
