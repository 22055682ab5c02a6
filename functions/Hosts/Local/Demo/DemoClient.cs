using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Hosts.Local.Demo;

/// <summary>Calls the running host's API as anybody's client would.</summary>
internal sealed class DemoClient(Uri api) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);
    private readonly HttpClient http = new() { BaseAddress = api };

    /// <summary>A token for a subject.</summary>
    public async Task<string> TokenAsync(string subject, string? role, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, "dev/token", null, new { subject, role }, cancellationToken)).GetProperty("token").GetString()!;

    /// <summary>Makes a call.</summary>
    /// <exception cref="HttpRequestException">It was not answered with success; the message says why.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? token, object? body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, token, body, null, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
            : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}", inner: null, response.StatusCode);
    }

    /// <summary>Changes the caller's profile.</summary>
    public async Task ChangeMeAsync(string token, object changes, CancellationToken cancellationToken)
    {
        using var me = await SendAsync(HttpMethod.Get, "me", token, null, null, cancellationToken);
        using var changed = await SendAsync(HttpMethod.Patch, "me", token, changes, me.Headers.ETag, cancellationToken);
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for an image and waits until it is made.</summary>
    /// <returns>Id of the media.</returns>
    public async Task<string> DrawAsync(string token, string prompt, string? style, CancellationToken cancellationToken)
    {
        var job = await SendAsync(HttpMethod.Post, "images", token, new { prompt, style }, cancellationToken);
        while (job.GetProperty("status").GetString() is "queued" or "running")
        {
            await Task.Delay(Poll, cancellationToken);
            job = await SendAsync(HttpMethod.Get, $"images/{job.GetProperty("id").GetString()}", token, null, cancellationToken);
        }

        return job.TryGetProperty("media", out var media)
            ? media.GetProperty("id").GetString()!
            : throw new HttpRequestException($"The picture was not made: {job}");
    }

    /// <summary>Waits until queues and change feeds have nothing left to do.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (!(await SendAsync(HttpMethod.Get, "dev/backlog", null, null, cancellationToken)).GetProperty("idle").GetBoolean())
        {
            await Task.Delay(Poll, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, object? body, EntityTagHeaderValue? ifMatch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(ifMatch);
        }

        return await http.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
