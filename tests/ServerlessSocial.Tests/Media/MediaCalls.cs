using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Media;

/// <summary>What tests about pictures do again and again.</summary>
internal static class MediaCalls
{
    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, byte[] content, string contentType = "image/png", string query = "", string? key = null, (string Header, string Value)? alt = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"media{query}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (alt is var (header, value))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        }

        return client.SendAsync(request);
    }

    /// <summary>Uploads and returns the id.</summary>
    public static async Task<string> UploadedAsync(this TestUser user, byte[] content)
    {
        using var response = await user.Client.UploadAsync(content);
        var media = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, media.ToString());
        return media.GetProperty("id").GetString()!;
    }

    public static async Task<int> StatusOfAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return (int)response.StatusCode;
    }

    public static async Task<string?> ProblemAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()?.Split(':')[^1];

    public static IDocumentStore Documents(this TestHost host) => host.Services.GetRequiredService<IDocumentStore>();

    public static async Task<MediaDocument?> StoredMediaAsync(this TestHost host, string mediaId) =>
        await host.Documents().FindAsync<MediaDocument>(OwnedIds.OwnerOf(mediaId), mediaId, default);

    /// <summary>Puts a picture into a post that has been through everything.</summary>
    public static async Task<PostDocument> PostedAsync(
        this TestHost host, string mediaId, PostVisibility visibility = PostVisibility.Public, ModerationStatus status = ModerationStatus.Approved)
    {
        await host.SettleAsync();
        var media = (await host.StoredMediaAsync(mediaId))!;
        var now = DateTimeOffset.UtcNow;
        var id = OwnedIds.Make(Ids.New(now), media.OwnerId);
        var post = new PostDocument
        {
            Id = id,
            AuthorId = media.OwnerId,
            Text = "Look",
            Media = [new PostMedia(mediaId, media.ContentType, media.Width, media.Height, media.Alt, media.GeneratedBy)],
            RootId = id,
            Visibility = visibility,
            Moderation = new PostModeration(status, null, "test", now),
            CreatedAt = now,
            WorkSince = now,
            Shown = Showing.Everywhere,
            Distributed = true,
        };
        Assert.True((await host.Documents().CreateAsync(post, default)).IsDone);
        await host.Documents().UpdateAsync<MediaDocument>(media.OwnerId, mediaId, found => found with { PostId = id }, default);
        return post;
    }
}
