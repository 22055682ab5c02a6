using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Filters;

/// <summary>What tests of filters do again and again, through the API.</summary>
internal static class FilterCalls
{
    public static async Task<JsonElement> FilterAsync(this TestUser user, object filter)
    {
        using var response = await user.Client.PostAsJsonAsync("me/filters", filter);
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.Created, made.ToString());
        Assert.Equal($"/api/me/filters/{made.Id()}", response.Headers.Location?.OriginalString);
        return made;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body, string? ETag)> PatchAsync(this TestUser user, string path, object changes, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(changes) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await user.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response.Headers.ETag?.Tag);
    }

    /// <summary>Phrases of the filters that a post says it matches.</summary>
    public static string[] Filtered(this JsonElement post) =>
        post.TryGetProperty("filtered", out var matches) ? [.. matches.EnumerateArray().Select(match => match.Text("phrase"))] : [];
}
