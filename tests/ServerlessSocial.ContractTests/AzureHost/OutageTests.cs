using System.Collections.Concurrent;
using System.Net;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>The Azure host while something it stands on is away.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class OutageTests
{
    [ContractFact]
    public async Task A_worker_starts_while_cosmos_db_is_away_and_serves_as_soon_as_it_is_back()
    {
        await using var services = await AzureServices.StartAsync();
        services.Cosmos.IsAway = true;
        await using var host = await services.StartHostAsync(new ConcurrentQueue<string>().Enqueue);
        using var nobody = new Person(host.Address, null);
        var (status, problem) = await nobody.TryAsync("GET health");
        Assert.True(status >= HttpStatusCode.InternalServerError, $"{status} {problem}");
        Assert.StartsWith("urn:serverless-social:problem:", (string)problem["type"]!, StringComparison.Ordinal);

        services.Cosmos.IsAway = false;

        await nobody.UntilAsync("GET health", health => (string)health["status"]! == "ok");
    }
}
