using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>How many instances there are, what stays warm, and where the network ends.</summary>
public sealed class ScalingTests
{
    private static readonly string[] Private =
    [
        "Microsoft.DocumentDB/databaseAccounts", "Microsoft.Storage/storageAccounts", "Microsoft.ServiceBus/namespaces", "Microsoft.CognitiveServices/accounts",
    ];

    [BicepFact]
    public async Task Nothing_is_kept_warm_or_paid_for_while_idle_unless_asked_for() =>
        Assert.Empty(Scale(await Deployment.Default)["alwaysReady"]!.AsArray());

    [BicepFact]
    public async Task HTTP_and_every_function_on_the_way_of_a_post_can_be_kept_warm()
    {
        var ready = Scale(await Deployment.Everything)["alwaysReady"]!.AsArray().ToDictionary(group => (string)group!["name"]!, group => (int)group!["instanceCount"]!);

        Assert.Equal(Resources.PostFunctions.Select(name => $"function:{name}").Append("http").Order(), ready.Keys.Order());
        Assert.Equal(2, ready["http"]);
        Assert.All(Resources.PostFunctions, name => Assert.Equal(3, ready[$"function:{name}"]));
    }

    [Fact]
    public void What_is_kept_warm_for_posts_exists_and_scales_alone()
    {
        var alone = FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>().Select(entry => entry.Function.Name)
            .Concat(FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Select(entry => entry.Function.Name));

        Assert.Empty(Resources.PostFunctions.Except(alone));
    }

    [BicepFact]
    public async Task An_instance_serves_a_request_at_once_for_every_64_megabytes_unless_told_otherwise()
    {
        Assert.Equal(2048 / 64, (int)Scale(await Deployment.Default)["triggers"]!["http"]!["perInstanceConcurrency"]!);
        Assert.Equal(4096 / 64, (int)Scale(await Deployment.Everything)["triggers"]!["http"]!["perInstanceConcurrency"]!);
    }

    [BicepFact]
    public async Task Zone_redundancy_with_fewer_than_two_warm_instances_of_a_group_is_refused_with_words()
    {
        var refusal = await Deployment.RefusalAsync("""
            param zoneRedundant = true
            param alwaysReadyInstances = 2
            param alwaysReadyPostInstances = 1
            """);

        Assert.Contains("AZURE_ALWAYS_READY_POST_INSTANCES", refusal);
    }

    [BicepFact]
    public async Task Zone_redundancy_reaches_data_and_instances_alike()
    {
        var deployment = await Deployment.Everything;

        Assert.True((bool)deployment.One("Microsoft.Web/serverfarms")["properties"]!["zoneRedundant"]!);
        Assert.True((bool)deployment.One("Microsoft.DocumentDB/databaseAccounts")["properties"]!["locations"]![0]!["isZoneRedundant"]!);
        Assert.All(deployment.Of("Microsoft.Storage/storageAccounts"), account => Assert.Equal("Standard_ZRS", (string?)account["sku"]!["name"]));
    }

    [BicepFact]
    public async Task With_private_networking_data_services_and_the_taking_in_of_logs_are_closed_to_the_internet()
    {
        var deployment = await Deployment.Everything;

        Assert.All(Private.SelectMany(deployment.Of), service => Assert.Equal("Disabled", (string?)service["properties"]!["publicNetworkAccess"]));
        Assert.All(["Microsoft.Insights/components", "Microsoft.OperationalInsights/workspaces"], type =>
        {
            var service = deployment.One(type);
            Assert.Equal("Disabled", (string?)service["properties"]!["publicNetworkAccessForIngestion"]);
            Assert.Contains(
                deployment.Of("Microsoft.Insights/privateLinkScopes/scopedResources"),
                scoped => (string?)scoped["properties"]!["linkedResourceId"] == (string?)service["id"]);
        });
        Assert.Equal("PrivateOnly", (string?)deployment.One("Microsoft.Insights/privateLinkScopes")["properties"]!["accessModeSettings"]!["ingestionAccessMode"]);
    }

    [BicepFact]
    public async Task With_private_networking_everything_closed_has_an_endpoint_in_the_network_and_a_name_that_leads_there()
    {
        var deployment = await Deployment.Everything;
        var reached = deployment.Of("Microsoft.Network/privateEndpoints")
            .Select(endpoint => (string?)endpoint["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["privateLinkServiceId"]).ToList();

        Assert.All(
            Private.Append("Microsoft.Insights/privateLinkScopes").SelectMany(deployment.Of),
            service => Assert.Contains((string?)service["id"], reached));
        Assert.Equal(reached.Count, deployment.Of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count);
        Assert.Contains(deployment.Of("Microsoft.Network/privateDnsZones"), zone => ((string)zone["name"]!).Contains("privatelink.monitor.azure.com"));
        Assert.EndsWith("/subnets/app", (string)deployment.One("Microsoft.Web/sites")["properties"]!["virtualNetworkSubnetId"]!);
    }

    [BicepFact]
    public async Task Without_private_networking_there_is_no_network_to_pay_for() =>
        Assert.DoesNotContain((await Deployment.Default).Resources, resource => ((string)resource["type"]!).StartsWith("Microsoft.Network/", StringComparison.Ordinal));

    private static JsonNode Scale(Deployment deployment) =>
        deployment.One("Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
}
