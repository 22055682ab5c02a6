using ServerlessSocial.ContractTests.FunctionsHost;
using ServerlessSocial.CrashTest;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// The published Azure host for the crash test: its worker is killed alone, and the Functions host replaces it, or the whole instance
/// goes and another one takes over.
/// </summary>
internal sealed class AzureCrashHost(AzureServices services, Action<string> log) : IKillableHost
{
    private static readonly Dictionary<string, string> Settings = new() { ["Plans__Free__Image"] = "10000" };
    private readonly AzureBacklog backlog = services.Watch();
    private StandInHost? host;
    private int port;

    /// <inheritdoc/>
    public Uri Address => new($"http://127.0.0.1:{port}/api/");

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        host ??= await services.StartHostAsync(log, port, Settings);
        port = host.Address.Port;
        using var nobody = new Person(host.Address, null);
        await nobody.UntilAsync("GET health", health => (string)health["status"]! == "ok");
    }

    /// <inheritdoc/>
    public async Task KillAsync(Random random)
    {
        if (random.Next(2) == 0)
        {
            await host!.KillWorkerAsync();
            return;
        }

        var instance = host!;
        host = null;
        await instance.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task<string> TokenAsync(string subject, string? role = null) => Task.FromResult(services.Issuer.Token(subject, role));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ToDoAsync() => backlog.ReadAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        backlog.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
