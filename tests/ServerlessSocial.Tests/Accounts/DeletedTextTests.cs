using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Accounts;

/// <summary>Deleted means deleted.</summary>
public sealed class DeletedTextTests
{
    [Fact]
    public async Task A_create_that_is_repeated_after_the_deletion_says_that_it_is_gone_and_creates_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (status, post) = await CreateAsync(anna, "posts", new { text = "Said once" });
        Assert.Equal(HttpStatusCode.Created, status);
        await host.SettleAsync();

        var (again, repeated) = await CreateAsync(anna, "posts", new { text = "Said once" });
        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{post.Id()}");
        var (late, gone) = await CreateAsync(anna, "posts", new { text = "Said once" });

        Assert.Equal((HttpStatusCode.Created, post.Id(), "approved"), (again, repeated.Id(), repeated.Status()));
        Assert.Equal((HttpStatusCode.Gone, "urn:serverless-social:problem:created-and-gone"), (late, gone.Text("type")));
        Assert.Empty(await anna.Client.ListAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task An_upload_that_is_repeated_after_the_deletion_says_that_it_is_gone()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var first = await anna.Client.UploadAsync(SampleImages.Png, key: "once");
        var media = (await first.Content.ReadFromJsonAsync<JsonElement>()).Id();
        using var second = await anna.Client.UploadAsync(SampleImages.Png, key: "once");
        await anna.DeleteAsync($"media/{media}");
        using var third = await anna.Client.UploadAsync(SampleImages.Png, key: "once");

        Assert.Equal(media, (await second.Content.ReadFromJsonAsync<JsonElement>()).Id());
        Assert.Equal(HttpStatusCode.Gone, third.StatusCode);
    }

    [Fact]
    public async Task What_was_deleted_is_not_on_the_disk_any_more()
    {
        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        try
        {
            await using (var host = await TestHost.StartAsync(dataDirectory: directory))
            {
                var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
                var (_, post) = await CreateAsync(anna, "posts", new { text = "The unspeakable word", contentWarning = "Unwarned" });
                await host.SettleAsync();
                await ben.PostAsync(new { text = "I quote", quote = post.Id() });
                await host.PostAsync(ben, "I answer", post.Id());
                await host.DoAsync(ben, HttpMethod.Put, $"posts/{post.Id()}/like");
                using var changed = await ChangeAsync(anna, new { bio = "A bio that is no more" });
                using var emptied = await ChangeAsync(anna, new { bio = (string?)null });
                await host.DoAsync(anna, HttpMethod.Delete, $"posts/{post.Id()}");
            }

            Assert.Empty(AccountCalls.FilesWith(directory, "unspeakable", "Unwarned", "A bio that is no more"));
            Assert.NotEmpty(AccountCalls.FilesWith(directory, "I quote"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<HttpResponseMessage> ChangeAsync(TestUser user, object change)
    {
        using var me = await user.Client.GetAsync("me");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(change) };
        request.Headers.IfMatch.Add(me.Headers.ETag!);
        var response = await user.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        return response;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> CreateAsync(TestUser user, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", "once");
        using var response = await user.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
