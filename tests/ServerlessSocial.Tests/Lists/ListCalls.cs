using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Lists;

/// <summary>What tests of lists do again and again, through the API.</summary>
internal static class ListCalls
{
    /// <summary>Makes a list with people in it; its id.</summary>
    public static async Task<string> ListAsync(this TestUser user, object list, params TestUser[] members)
    {
        using var response = await user.Client.PostAsJsonAsync("lists", list);
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.Created, made.ToString());
        Assert.Equal($"/api/lists/{made.Id()}", response.Headers.Location?.OriginalString);
        foreach (var member in members)
        {
            Assert.Equal(HttpStatusCode.NoContent, await user.PutAsync($"lists/{made.Id()}/members/{member.Handle}"));
        }

        return made.Id();
    }
}
