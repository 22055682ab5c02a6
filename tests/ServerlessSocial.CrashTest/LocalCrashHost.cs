using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.CrashTest;

/// <summary>The local host as a process of its own, on a data directory that is removed afterwards.</summary>
public sealed class LocalCrashHost : IKillableHost
{
    private readonly string data = Path.Combine(Path.GetTempPath(), "serverless-social-crash", Guid.NewGuid().ToString("N"));
    private readonly HttpClient client = new();
    private readonly HostProcess process;

    /// <summary>Prepares it; nothing is started yet.</summary>
    public LocalCrashHost() =>
        process = new HostProcess(data, ["--Plans:Free:Image=10000", "--Limits:Factor=10000", "--Fairness:AtOnce=100000", "--Privacy:Quiet=00:00:05"]);

    /// <inheritdoc/>
    public Uri Address => process.Address;

    /// <inheritdoc/>
    public Task StartAsync() => process.StartAsync();

    /// <inheritdoc/>
    public Task KillAsync(Random random) => process.KillAsync();

    /// <inheritdoc/>
    public async Task<string> TokenAsync(string subject, string? role = null)
    {
        using var response = await client.PostAsJsonAsync(new Uri(Address, "dev/token"), new { subject, role });
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ToDoAsync()
    {
        var backlog = await client.GetFromJsonAsync<JsonElement>(new Uri(Address, "dev/backlog"));
        List<string> queues = [.. backlog.GetProperty("queues").EnumerateArray().Where(queue => Messages(queue) > 0).Select(queue => queue.ToString())];
        return backlog.GetProperty("idle").GetBoolean() ? queues : [.. queues, "change feeds"];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static long Messages(JsonElement queue) =>
        new[] { "active", "scheduled", "locked", "deadLettered", "waiting" }.Sum(name => queue.GetProperty(name).GetInt64());
}
