using System.Collections.Concurrent;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.FunctionsHost;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>The published Azure host, running on the services it needs.</summary>
public sealed class AzureHostFixture : IAsyncLifetime
{
    /// <summary>What it stands on.</summary>
    internal AzureServices Services { get; private set; } = null!;

    /// <summary>The host.</summary>
    public StandInHost Host { get; private set; } = null!;

    /// <summary>What went wrong in it.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (new NeedsAzuriteAttribute().Lacking(string.Empty) is null && new NeedsNodeAttribute().Lacking(string.Empty) is null)
        {
            Services = await AzureServices.StartAsync();
            Host = await Services.StartHostAsync(Log.Enqueue);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (Services is not null)
        {
            await Host.DisposeAsync();
            await Services.DisposeAsync();
        }
    }
}

/// <summary>Suites that run the published Azure host, one after the other and beside nothing else: they need the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AzureSuites
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Azure host";
}
