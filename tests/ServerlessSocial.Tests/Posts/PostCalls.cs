using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests.Posts;

/// <summary>What tests of posts do again and again, through the API.</summary>
internal static class PostCalls
{
    public static Task<JsonElement> PostAsync(this TestUser user, string text) => user.PostAsync(new { text });

    public static async Task<JsonElement> PostAsync(this TestUser user, object body)
    {
        using var response = await user.Client.PostAsJsonAsync("posts", body);
        var post = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.Created, post.ToString());
        Assert.Equal($"/api/posts/{post.Id()}", response.Headers.Location?.OriginalString);
        return post;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Problem)> RefusedAsync(this TestUser user, object body)
    {
        using var response = await user.Client.PostAsJsonAsync("posts", body);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The fields that a 400 names.</summary>
    public static async Task<string[]> InvalidFieldsAsync(this TestUser user, object body)
    {
        var (status, problem) = await user.RefusedAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return [.. problem.GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }

    public static async Task LockAsync(this TestUser user, bool locked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { locked }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await user.Client.SendAsync(request);
        Assert.Equal(locked, (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("locked").GetBoolean());
    }

    public static async Task<HttpStatusCode> DoAsync(this HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public static Task<HttpStatusCode> PutAsync(this TestUser user, string path) => user.Client.DoAsync(HttpMethod.Put, path);

    public static Task<HttpStatusCode> DeleteAsync(this TestUser user, string path) => user.Client.DoAsync(HttpMethod.Delete, path);

    public static Task<HttpStatusCode> StatusAsync(this HttpClient client, string path) => client.DoAsync(HttpMethod.Get, path);

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }

    /// <summary>The ids of a whole list, read in pages.</summary>
    public static async Task<List<string>> ListAsync(this HttpClient client, string path, int limit = 100)
    {
        var ids = new List<string>();
        for (var query = $"{path}?limit={limit}"; ;)
        {
            var page = await client.ReadAsync(query);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            if (!page.TryGetProperty("next", out var next))
            {
                return ids;
            }

            query = $"{path}?limit={limit}&cursor={Uri.EscapeDataString(next.GetString()!)}";
        }
    }

    /// <summary>
    /// The ids of a whole conversation in the order in which it is shown, pages and branches read to their end; what is gone is <c>-</c>.
    /// </summary>
    public static async Task<List<string>> ThreadAsync(this HttpClient client, string postId, int limit = 100)
    {
        var first = await client.ReadAsync($"posts/{postId}/thread?limit={limit}");
        var ids = first.GetProperty("ancestors").EnumerateArray().Select(IdThere).Append(first.GetProperty("post").Id()).ToList();
        await AddAsync(first.GetProperty("replies"));
        return ids;

        static string IdThere(JsonElement item) => item.TryGetProperty("post", out var post) ? post.Id() : "-";

        async Task AddAsync(JsonElement page)
        {
            var pending = new Stack<(int Depth, string Branch)>();
            while (true)
            {
                foreach (var item in page.GetProperty("items").EnumerateArray())
                {
                    await EndBranchesAsync(item.GetProperty("depth").GetInt32());
                    ids.Add(IdThere(item));
                    if (item.TryGetProperty("branch", out var branch))
                    {
                        pending.Push((item.GetProperty("depth").GetInt32(), branch.GetString()!));
                    }
                }

                await EndBranchesAsync(0);
                if (!page.TryGetProperty("next", out var next))
                {
                    return;
                }

                page = await PageAsync("cursor", next.GetString()!);
            }

            // What is shown below a reply comes before what its branch adds.
            async Task EndBranchesAsync(int depth)
            {
                while (pending.TryPeek(out var open) && open.Depth >= depth)
                {
                    pending.Pop();
                    await AddAsync(await PageAsync("branch", open.Branch));
                }
            }
        }

        async Task<JsonElement> PageAsync(string parameter, string value) =>
            (await client.ReadAsync($"posts/{postId}/thread?limit={limit}&{parameter}={Uri.EscapeDataString(value)}")).GetProperty("replies");
    }

    public static string Id(this JsonElement post) => post.GetProperty("id").GetString()!;

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static long Count(this JsonElement post, string counter) => post.GetProperty(counter).GetInt64();

    public static string Status(this JsonElement post) => post.GetProperty("moderation").Text("status");

    public static string[] Texts(this JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];
}
