using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Media;

public sealed class AvatarTests
{
    [Fact]
    public async Task A_picture_that_moderation_keeps_back_does_not_become_public_as_an_avatar()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));
        using var described = await anna.Client.PatchAsJsonAsync($"media/{id}", new { alt = "[Violence]" });
        Assert.True(described.IsSuccessStatusCode);
        var post = await anna.PostAsync(new { text = "Look", media = new[] { new { id } } });
        await host.SettleAsync();
        Assert.Equal("removed", (await anna.Client.ReadAsync($"posts/{post.Id()}")).Status());

        using var refused = await ChooseAsync(anna, id);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("avatar", out _));
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, id));

        // A profile from before this was refused.
        await host.Documents().UpdateAsync<ProfileDocument>(anna.Id, anna.Id, profile => profile with { AvatarMediaId = id }, default);
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, id));
        Assert.Equal((200, 200), await SeenAsync(anna.Client, id));
    }

    [Fact]
    public async Task An_avatar_that_is_in_a_post_is_hidden_and_shown_again_with_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var (id, post) = await PostedAvatarAsync(host, anna);

        await host.DecideAsync(mona, post, "remove");
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, id));
        Assert.Equal((200, 200), await SeenAsync(anna.Client, id));

        await host.DecideAsync(mona, post, "restore");
        Assert.Equal((200, 200), await SeenAsync(host.Anonymous, id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_avatar_that_is_in_a_post_goes_when_the_post_is_deleted(bool removedBefore)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var (id, post) = await PostedAvatarAsync(host, anna);
        if (removedBefore)
        {
            await host.DecideAsync(mona, post, "remove");
        }

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{post}"));
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, id));
        await host.SettleAsync();

        Assert.Equal((404, 404), await SeenAsync(anna.Client, id));
        Assert.False((await host.Anonymous.ReadAsync("profiles/anna")).TryGetProperty("avatarUrl", out _));
    }

    [Fact]
    public async Task An_avatar_is_for_everyone_also_when_it_is_put_into_a_post_for_few_but_such_a_post_gives_none()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (avatar, other) = (await anna.UploadedAsync(Drawn.Jpeg(1000, 500)), await anna.UploadedAsync(Drawn.Jpeg(1000, 500)));
        using var chosen = await ChooseAsync(anna, avatar);
        await anna.PostAsync(new { text = "For friends", visibility = "followers", media = new[] { new { id = avatar }, new { id = other } } });
        await host.SettleAsync();

        using var refused = await ChooseAsync(anna, other);

        Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal((200, 200), await SeenAsync(host.Anonymous, avatar));
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, other));
    }

    /// <summary>An avatar that was in an approved post before.</summary>
    private static async Task<(string MediaId, string PostId)> PostedAvatarAsync(TestHost host, TestUser owner)
    {
        var id = await owner.UploadedAsync(Drawn.Jpeg(1000, 500));
        var post = await owner.PostAsync(new { text = "A fine day", media = new[] { new { id } } });
        await host.SettleAsync();
        using var chosen = await ChooseAsync(owner, id);
        Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        Assert.Equal((200, 200), await SeenAsync(host.Anonymous, id));
        return (id, post.Id());
    }

    private static async Task<HttpResponseMessage> ChooseAsync(TestUser user, string mediaId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { avatar = new { mediaId } }) };
        request.Headers.Add("If-Match", "*");
        return await user.Client.SendAsync(request);
    }

    /// <summary>How the picture and its thumbnail are answered.</summary>
    private static async Task<(int Whole, int Small)> SeenAsync(HttpClient client, string mediaId) =>
        (await client.StatusOfAsync($"media/{mediaId}"), await client.StatusOfAsync($"media/{mediaId}/640"));
}
