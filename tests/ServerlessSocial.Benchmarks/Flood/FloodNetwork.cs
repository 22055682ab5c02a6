using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.CrashTest;

namespace ServerlessSocial.Benchmarks.Flood;

/// <summary>A fresh host, in a process of its own, with people who follow each other in a ring.</summary>
internal sealed class FloodNetwork : IAsyncDisposable
{
    private readonly string data;
    private readonly HttpClient http;

    private FloodNetwork(string dataDirectory, HostProcess host) => (data, Host, http) = (dataDirectory, host, new HttpClient { BaseAddress = host.Address });

    /// <summary>The host.</summary>
    public HostProcess Host { get; }

    /// <summary>Address of the API.</summary>
    public Uri Api => Host.Address;

    /// <summary>Starts a host.</summary>
    /// <param name="settings">Settings of its command line.</param>
    public static async Task<FloodNetwork> StartAsync(params string[] settings)
    {
        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-flood", Guid.NewGuid().ToString("N"));
        var host = new HostProcess(directory, settings);
        await host.StartAsync();
        return new(directory, host);
    }

    /// <summary>Signs people up; each follows the one before, and has looked into the feed.</summary>
    /// <param name="name">What their handles begin with.</param>
    /// <param name="count">How many.</param>
    /// <returns>Their tokens.</returns>
    public async Task<IReadOnlyList<string>> SignUpAsync(string name, int count)
    {
        var tokens = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var answer = await (await http.PostAsJsonAsync("dev/token", new { subject = $"{name}_{i}" })).Content.ReadFromJsonAsync<JsonElement>();
            tokens.Add(answer.GetProperty("token").GetString()!);
            await CallAsync(tokens[i], HttpMethod.Post, "profiles", new { handle = $"{name}_{i}", displayName = $"{name} {i}" });
        }

        for (var i = 0; i < count && count > 1; i++)
        {
            await CallAsync(tokens[i], HttpMethod.Get, "feed", null);
            await CallAsync(tokens[i], HttpMethod.Put, $"profiles/{name}_{(i + count - 1) % count}/follow", null);
        }

        return tokens;
    }

    /// <summary>Whether nothing is left to do.</summary>
    public async Task<bool> IsIdleAsync() => (await http.GetFromJsonAsync<JsonElement>("dev/backlog")).GetProperty("idle").GetBoolean();

    /// <summary>Posts and waits until a follower's feed shows it.</summary>
    /// <param name="author">Token of who posts.</param>
    /// <param name="reader">Token of somebody who follows the author and nobody else.</param>
    /// <returns>Until the post was acknowledged, and from then until it was visible.</returns>
    public async Task<(TimeSpan Acknowledged, TimeSpan Visible)> PostAsync(LoadClient client, string author, string reader, string text)
    {
        var (acknowledged, _) = await client.SendAsync(LoadClient.Post(Api, "posts", author, JsonSerializer.Serialize(new { text })));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var feed = LoadClient.Get(Api, "feed?limit=1", reader);
        for (var looks = 0; !(await client.SendAsync(feed, wantText: true)).Text!.Contains(text, StringComparison.Ordinal); looks++)
        {
            await Task.Delay(looks < 20 ? 5 : 100);
        }

        return (acknowledged, watch.Elapsed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task CallAsync(string token, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }
}
