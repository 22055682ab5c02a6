using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>What <c>dotnet publish</c> hands to <c>azd</c>.</summary>
[Collection(AzureSuites.Name)]
public sealed class PublishedFunctionsTests
{
    /// <summary>Functions of one host alone.</summary>
    private const string LocalNamespace = "ServerlessSocial.Hosts.Local";
    private const string AzureNamespace = "ServerlessSocial.Hosts.Azure";

    [Fact]
    public async Task Every_function_is_in_the_package_with_its_trigger()
    {
        var folder = await PublishedFunctions.FolderAsync();
        var published = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "functions.metadata")))!.AsArray()
            .Where(function => !((string)function!["entryPoint"]!).StartsWith(AzureNamespace, StringComparison.Ordinal))
            .Select(function => $"{function!["name"]} {function["entryPoint"]} {TriggerOf(function)}");
        var written = FunctionCatalog.Functions
            .Where(function => function.Class.Namespace?.StartsWith(LocalNamespace, StringComparison.Ordinal) != true)
            .Select(function => $"{function.Name} {function.Class.FullName}.{function.Method.Name} {TriggerOf(function)}");
        Assert.Equal(written.Order(StringComparer.Ordinal), published.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_package_is_a_function_app_without_development_settings()
    {
        var folder = await PublishedFunctions.FolderAsync();
        var host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "host.json")))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(PublishedFunctions.Repository, "host.json"))), host));
        Assert.Equal("2.0", (string)host["version"]!);
        foreach (var name in (string[])["worker.config.json", "extensions.json", ".azurefunctions"])
        {
            Assert.True(Path.Exists(Path.Combine(folder, name)), name);
        }

        Assert.False(File.Exists(Path.Combine(folder, "local.settings.json")));
    }

    private static string TriggerOf(JsonNode function)
    {
        var trigger = function["bindings"]!.AsArray().Single(binding => ((string)binding!["type"]!).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))!;
        return (string)trigger["type"]! switch
        {
            "httpTrigger" => $"{string.Join(',', trigger["methods"]!.AsArray())} {trigger["route"]}",
            "serviceBusTrigger" => $"{trigger["queueName"]} by {trigger["connection"]}",
            "cosmosDBTrigger" => $"{trigger["databaseName"]}/{trigger["containerName"]} by {trigger["connection"]}, leases in {trigger["leaseContainerName"]}",
            "timerTrigger" => $"{trigger["schedule"]}",
            var other => other,
        };
    }

    private static string TriggerOf(FunctionDescription function) => function.Trigger switch
    {
        HttpTriggerAttribute http => $"{string.Join(',', http.Methods ?? [])} {http.Route}",
        ServiceBusTriggerAttribute queue => $"{queue.QueueName} by {queue.Connection}",
        CosmosDBTriggerAttribute changes => $"{changes.DatabaseName}/{changes.ContainerName} by {changes.Connection}, leases in {changes.LeaseContainerName}",
        TimerTriggerAttribute timer => timer.Schedule,
        var other => other.GetType().Name,
    };
}
