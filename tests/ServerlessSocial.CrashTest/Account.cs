using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.CrashTest;

/// <summary>Somebody who uses the network through its crashes: repeats every request until it is answered, as a good client does.</summary>
public sealed class Account : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient client;

    private Account(string handle, HttpClient client)
    {
        Handle = handle;
        this.client = client;
    }

    /// <summary>Handle of the profile.</summary>
    public string Handle { get; }

    /// <summary>Requests that had to be repeated because the host was gone.</summary>
    public int Repeats { get; private set; }

    /// <summary>Signs up.</summary>
    public static async Task<Account> SignUpAsync(IKillableHost host, string handle, string? role = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(20) };
        var account = new Account(handle, http);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await account.TokenAsync(host, role));
        await account.CallAsync(HttpMethod.Post, "profiles", new { handle, displayName = handle });
        return account;
    }

    /// <summary>A token, asked for until there is one: people come while the host is gone, too.</summary>
    private async Task<string> TokenAsync(IKillableHost host, string? role)
    {
        while (true)
        {
            try
            {
                return await host.TokenAsync(Handle, role);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                Repeats++;
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Calls the API, again and again until it answers; creating calls carry one idempotency key throughout.</summary>
    /// <exception cref="InvalidOperationException">It answers with an error.</exception>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString("N");
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                if (method == HttpMethod.Post)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                using var response = await client.SendAsync(request);
                var answer = await response.Content.ReadAsByteArrayAsync();
                if (response.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable)
                {
                    // Answered while dying.
                    throw new HttpRequestException(response.StatusCode.ToString());
                }

                return response.IsSuccessStatusCode
                    ? answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer)
                    : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(answer)}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                Repeats++;
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Reads a list to its end.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var items = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await CallAsync(HttpMethod.Get, $"{path}{separator}limit=100{(cursor is null ? string.Empty : $"&cursor={cursor}")}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (!page.TryGetProperty("next", out var next) || (cursor = next.GetString()) is null)
            {
                return items;
            }
        }
    }

    /// <summary>Whether a resource is there, and its bytes.</summary>
    public async Task<byte[]?> DownloadAsync(string path)
    {
        using var response = await client.GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync() : null;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
