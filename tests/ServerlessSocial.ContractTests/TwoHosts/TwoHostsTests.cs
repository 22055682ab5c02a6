using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessSocial.ContractTests.AzureHost;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Tests.OpenApi;

namespace ServerlessSocial.ContractTests.TwoHosts;

/// <summary>One table of requests, two hosts: what the local host answers is what the Azure host answers, field by field.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class TwoHostsTests : IAsyncLifetime
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(1);

    private readonly string directory = Directory.CreateTempSubdirectory("two-hosts-").FullName;
    private readonly ConcurrentQueue<string> log = new();
    private AzureServices services = null!;
    private AzureBacklog backlog = null!;
    private FunctionsHost.StandInHost azure = null!;
    private WebApplication local = null!;

    public async Task InitializeAsync()
    {
        services = await AzureServices.StartAsync();
        backlog = services.Watch();
        azure = await services.StartHostAsync(log.Enqueue);
        string[] models = [.. services.Settings().Where(setting => setting.Key.StartsWith("OpenAI", StringComparison.Ordinal)).Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}")];
        local = await LocalHost.BuildAsync(LocalHostOptions.Parse(["--port", "0", "--data", directory, "--Limits:Factor=10000", "--Fairness:AtOnce=100000", $"--Http:Origins={AzureServices.PageOrigin}", .. models]), builder => builder.Logging.ClearProviders());
        await local.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await local.DisposeAsync();
        await azure.DisposeAsync();
        backlog.Dispose();
        await services.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [ContractFact]
    public async Task Both_hosts_answer_every_request_of_the_table_alike()
    {
        using var client = new HttpClient();
        var api = new ApiDescription(await client.GetFromJsonAsync<JsonElement>(new Uri(azure.Address, "api/openapi.json")));
        using var here = new HeldRequests(new Uri(local.Urls.First()), api, LocalTokenAsync, SettleLocallyAsync);
        using var there = new HeldRequests(azure.Address, api, who => Task.FromResult(services.Issuer.Token(who, RoleOf(who))), SettleInAzureAsync);
        var differences = new List<string>();
        for (var i = 0; i < RequestTable.Rows.Count; i++)
        {
            var row = RequestTable.Rows[i];
            var (expected, found) = (await here.SendAsync(row), await there.SendAsync(row));
            differences.AddRange(expected.Keys.Union(found.Keys)
                .Select(field => (Field: field, Here: expected.GetValueOrDefault(field, "nothing"), There: found.GetValueOrDefault(field, "nothing")))
                .Where(pair => pair.Here != pair.There)
                .Select(pair => $"{i + 1}. {row.Who}: {row.Call}: {pair.Field}: here {pair.Here}, in Azure {pair.There}"));
        }

        Assert.Empty(here.Mismatches);
        Assert.Empty(there.Mismatches);
        Assert.True(differences.Count == 0, string.Join('\n', differences.Concat(log)));
    }

    private static string? RoleOf(string who) => who is "mod" or "chief" ? "moderator" : null;

    private async Task<string> LocalTokenAsync(string who)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsJsonAsync($"{local.Urls.First()}/api/dev/token", new { subject = who, role = RoleOf(who) });
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private async Task SettleLocallyAsync()
    {
        using var limit = new CancellationTokenSource(SettleLimit);
        await local.Services.GetRequiredService<Idleness>().WaitAsync(limit.Token);
    }

    private async Task SettleInAzureAsync()
    {
        using var limit = new CancellationTokenSource(SettleLimit);
        while ((await backlog.ReadAsync()).Count > 0)
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
