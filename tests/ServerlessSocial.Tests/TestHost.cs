using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;

namespace ServerlessSocial.Tests;

/// <summary>The whole product, in process, on a free port and a fresh data directory that is removed afterwards.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);

    /// <summary>Pauses of the tenth of a second rather than of minutes, accounts that are old enough for their pictures to be spread, and connections that end for those who wait for the whole of an answer.</summary>
    private static readonly string[] TestSettings =
        ["Retries:ShortPause=00:00:00.01", "Retries:FirstPause=00:00:00.02", "Retries:LongestPause=00:00:00.1", "Moderation:NewAccountDays=0",
         "Live:Longest=00:00:00.2"];

    /// <summary>Tests do in a second what people do in a day, all from one address.</summary>
    private static readonly string[] WideLimits = ["Limits:Factor=10000", "Fairness:AtOnce=100000"];

    private readonly WebApplication app;
    private readonly string dataDirectory;
    private readonly bool ownsData;

    private TestHost(WebApplication app, string dataDirectory, bool ownsData)
    {
        this.app = app;
        this.dataDirectory = dataDirectory;
        this.ownsData = ownsData;
        Anonymous = NewClient(null);
    }

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Address of the host, without the <c>/api</c> prefix.</summary>
    public Uri Root => new(app.Urls.First());

    /// <summary>Starts a host.</summary>
    /// <param name="settings">Settings such as <c>Feeds:PushLimit=2</c>.</param>
    /// <param name="configure">Further services, which win over the host's own.</param>
    /// <param name="dataDirectory">An existing data directory to go on with; it is not removed afterwards.</param>
    public static async Task<TestHost> StartAsync(
        IEnumerable<string>? settings = null, Action<WebApplicationBuilder>? configure = null, string? dataDirectory = null)
    {
        var data = dataDirectory ?? Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        var options = new LocalHostOptions(0, data, LocalCommand.Serve) { Settings = [.. TestSettings.Concat(WideLimits).Concat(settings ?? []).Select(setting => $"--{setting}")] };
        var host = await LocalHost.BuildAsync(options, configure);
        await host.StartAsync();
        return new TestHost(host, data, ownsData: dataDirectory is null);
    }

    /// <summary>A client that calls with a token of its own, or with none.</summary>
    public HttpClient NewClient(string? token)
    {
        var client = new HttpClient { BaseAddress = new Uri(Root, "api/") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A token for a subject.</summary>
    public async Task<string> TokenAsync(string subject, string? role = null)
    {
        using var response = await Anonymous.PostAsJsonAsync("dev/token", new { subject, role });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>Signs somebody up.</summary>
    public async Task<TestUser> SignUpAsync(string handle, string? role = null)
    {
        var client = NewClient(await TokenAsync(handle, role));
        using var response = await client.PostAsJsonAsync("profiles", new { handle, displayName = $"{handle} of the tests" });
        var profile = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, profile.ToString());
        return new TestUser(profile.GetProperty("id").GetString()!, handle, client);
    }

    /// <summary>Waits until change feeds and queues have nothing left to do.</summary>
    public async Task SettleAsync()
    {
        using var limit = new CancellationTokenSource(SettleLimit);
        await Services.GetRequiredService<Idleness>().WaitAsync(limit.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsData)
        {
            Directory.Delete(dataDirectory, recursive: true);
        }
    }
}

/// <summary>Somebody who has signed up.</summary>
/// <param name="Id">Profile id.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Client">Calls with this person's token; base address ends with <c>/api/</c>.</param>
public sealed record TestUser(string Id, string Handle, HttpClient Client);
