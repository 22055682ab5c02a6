using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Drafts;

/// <summary>Deleting a post to write it anew.</summary>
public sealed class RedraftTests
{
    [Fact]
    public async Task What_the_post_held_is_in_a_draft_and_its_pictures_can_be_posted_again()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var begun = await host.PostAsync(ben, "Who has seen the sea?");
        var post = (await anna.PostAsync(new { text = "I have sen it", replyTo = begun, media = new[] { new { id = picture } }, contentWarning = "Water" })).Id();
        await host.SettleAsync();

        var draft = await RedraftAsync(anna, post);
        await host.SettleAsync();

        Assert.Equal(("I have sen it", begun, "Water"), (Text(draft, "text"), Text(draft, "replyTo"), Text(draft, "contentWarning")));
        using (var gone = await anna.Client.GetAsync($"posts/{post}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        using (var seen = await ben.Client.GetAsync($"media/{picture}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        }

        Assert.Equal(draft.GetProperty("id").GetString(), (await RedraftAsync(anna, post)).GetProperty("id").GetString());
        var again = await anna.PostAsync(new { draftId = draft.GetProperty("id").GetString(), text = "I have seen it" });
        await host.SettleAsync();

        Assert.Equal(begun, Text(again, "replyTo"));
        using var shown = await ben.Client.GetAsync($"media/{picture}");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Empty(await anna.ItemsAsync("drafts"));
    }

    [Fact]
    public async Task Without_redraft_the_pictures_go_and_others_cannot_redraft()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var post = (await anna.PostAsync(new { media = new[] { new { id = picture } } })).Id();
        await host.SettleAsync();

        using var others = await ben.Client.DeleteAsync($"posts/{post}?redraft=true");
        using var unclear = await anna.Client.DeleteAsync($"posts/{post}?redraft=yes");
        using var deleted = await anna.Client.DeleteAsync($"posts/{post}");
        await host.SettleAsync();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.NoContent), (others.StatusCode, unclear.StatusCode, deleted.StatusCode));
        Assert.Empty(await ben.ItemsAsync("drafts"));
        using var gone = await anna.Client.GetAsync($"media/{picture}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var late = await anna.Client.DeleteAsync($"posts/{post}?redraft=true");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    private static async Task<JsonElement> RedraftAsync(TestUser who, string postId)
    {
        using var answer = await who.Client.DeleteAsync($"posts/{postId}?redraft=true");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Text(JsonElement from, string property) => from.GetProperty(property).GetString();
}
