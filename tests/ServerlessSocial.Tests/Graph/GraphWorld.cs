using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests.Graph;

/// <summary>What tests of the graph do again and again.</summary>
internal static class GraphWorld
{
    public static async Task<HttpStatusCode> PutAsync(this TestUser user, string what, TestUser other)
    {
        using var response = await user.Client.PutAsync($"profiles/{other.Handle}/{what}", null);
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> DeleteAsync(this TestUser user, string what, TestUser other)
    {
        using var response = await user.Client.DeleteAsync($"profiles/{other.Handle}/{what}");
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    public static Task<JsonElement> SeeAsync(this TestUser user, TestUser other) =>
        user.Client.GetFromJsonAsync<JsonElement>($"profiles/{other.Handle}");

    public static async Task<(long Followers, long Following)> CountsAsync(this TestUser user)
    {
        var me = await user.Client.GetFromJsonAsync<JsonElement>("me");
        return (me.GetProperty("followers").GetInt64(), me.GetProperty("following").GetInt64());
    }

    public static bool Viewer(this JsonElement profile, string flag) => profile.GetProperty("viewer").GetProperty(flag).GetBoolean();

    /// <summary>Every handle of a list, page by page; no page may be longer than asked for.</summary>
    public static async Task<List<string>> ListAsync(this HttpClient client, string path, int limit)
    {
        var handles = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{path}?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(page.GetProperty("items").GetArrayLength() <= limit);
            handles.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("handle").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            Assert.True(cursor is null || page.GetProperty("items").GetArrayLength() == limit, "a page before the last one is full");
        }
        while (cursor is not null);
        return handles;
    }
}
