using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Somebody who calls the API of a host; or nobody in particular.</summary>
internal sealed class Person : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient client;

    /// <summary>Somebody with this token, or nobody without.</summary>
    public Person(Uri address, string? token)
    {
        client = new HttpClient { BaseAddress = new Uri(address, "api/"), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Calls, and expects that it succeeds.</summary>
    public async Task<JsonNode> DoAsync(string call, object? body = null)
    {
        var (status, answer) = await TryAsync(call, body);
        Assert.True((int)status < 300, $"{call}: {(int)status} {answer}");
        return answer;
    }

    /// <summary>Calls.</summary>
    /// <param name="call">Method and path, such as <c>GET feed</c>.</param>
    /// <param name="body">What to send as JSON.</param>
    public async Task<(HttpStatusCode Status, JsonNode Answer)> TryAsync(string call, object? body = null)
    {
        var parts = call.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]) { Content = body is null ? null : JsonContent.Create(body) };
        if (request.Method == HttpMethod.Patch)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        if (request.Method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return (response.StatusCode, isJson ? JsonNode.Parse(text)! : new JsonObject());
    }

    /// <summary>Fetches a file.</summary>
    public async Task<(string? ContentType, byte[] Bytes)> DownloadAsync(string path)
    {
        using var response = await client.GetAsync(path);
        return (response.EnsureSuccessStatusCode().Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Calls again and again until the answer is as expected.</summary>
    public async Task<JsonNode> UntilAsync(string call, Func<JsonNode, bool> isSo)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var (status, answer) = await TryAsync(call);
            if ((int)status < 300 && isSo(answer))
            {
                return answer;
            }

            Assert.True(DateTime.UtcNow < deadline, $"{call} stays {(int)status} {answer}");
            await Task.Delay(100);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
