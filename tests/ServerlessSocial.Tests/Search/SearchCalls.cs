using System.Net;
using System.Text.Json;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Search;

internal static class SearchCalls
{
    /// <summary>Says whether somebody, and what they post, may be found.</summary>
    public static async Task FindableAsync(this TestHost host, TestUser user, bool? discoverable = null, bool? indexable = null)
    {
        var changes = new Dictionary<string, bool?>(StringComparer.Ordinal);
        if (discoverable is not null)
        {
            changes["discoverable"] = discoverable;
        }

        if (indexable is not null)
        {
            changes["indexable"] = indexable;
        }

        Assert.Equal(HttpStatusCode.OK, (await user.PatchAsync("me", changes, "*")).Status);
        await host.SettleAsync();
    }

    /// <summary>Texts of the posts that are found.</summary>
    public static async Task<List<string>> FindAsync(this HttpClient client, string query, string more = "") =>
        [.. (await client.ReadAsync($"search?type=posts&q={Uri.EscapeDataString(query)}{more}")).GetProperty("posts").EnumerateArray().Select(found => found.GetProperty("post").Text("text"))];

    /// <summary>Handles of the people who are found.</summary>
    public static async Task<List<string>> PeopleAsync(this HttpClient client, string query) =>
        [.. (await client.ReadAsync($"search?type=people&q={Uri.EscapeDataString(query)}")).GetProperty("people").EnumerateArray().Select(found => found.GetProperty("profile").Text("handle"))];

    /// <summary>Tags that are found.</summary>
    public static async Task<List<string>> TagsAsync(this HttpClient client, string query) =>
        [.. (await client.ReadAsync($"search?type=tags&q={Uri.EscapeDataString(query)}")).GetProperty("tags").EnumerateArray().Select(found => found.Text("name"))];
}
