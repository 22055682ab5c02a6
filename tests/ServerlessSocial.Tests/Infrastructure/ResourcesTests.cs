using System.Text.Json;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Queues;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What code declares is what <c>infra/</c> and the emulators get. <c>UPDATE_RESOURCES=1</c> rewrites the files.</summary>
public sealed class ResourcesTests
{
    /// <summary>The queues of the contract tests, which run against the emulator in the pipeline; see their <c>WorkQueueFixture</c>.</summary>
    private static readonly IEnumerable<QueueDefinition> ContractQueues = Enumerable.Range(1, 20).Select(i => new QueueDefinition($"contract-{i}")
    {
        LockDuration = TimeSpan.FromSeconds(5),
        MaxDeliveryCount = 3,
        DuplicateDetectionWindow = TimeSpan.FromMinutes(1),
    });

    [Fact]
    public void The_declaration_Bicep_loads_is_the_one_of_the_code() =>
        AssertFile("infra/resources.json", Resources.ToJson());

    [Fact]
    public void The_Service_Bus_emulator_has_the_queues_of_the_code()
    {
        var queues = Product.Queues.Concat(ContractQueues).ToList();

        // The emulator holds no more entities.
        Assert.InRange(queues.Count, 1, 50);
        AssertFile("infra/emulators/servicebus.json", Resources.ToEmulatorJson(queues));
    }

    [Fact]
    public void Queues_are_within_what_Service_Bus_allows() =>
        Assert.All(Product.Queues, queue =>
        {
            Assert.InRange(queue.LockDuration, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            Assert.InRange(queue.MaxDeliveryCount, 1, 2000);
            Assert.InRange(queue.DuplicateDetectionWindow, TimeSpan.FromSeconds(20), TimeSpan.FromDays(7));
        });

    [Fact]
    public void Every_connection_and_setting_a_trigger_names_is_declared()
    {
        var cosmos = FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>().Select(entry => entry.Trigger).ToList();
        var queues = FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Select(entry => entry.Trigger).ToList();

        Assert.NotEmpty(cosmos);
        Assert.All(cosmos.Select(trigger => trigger.Connection).Concat(queues.Select(trigger => trigger.Connection)), connection =>
        {
            Assert.Contains($"{connection}__credential", Resources.Settings);
            Assert.Contains($"{connection}__clientId", Resources.Settings);
            Assert.Contains(connection, Resources.DevelopmentSettings);
        });
        Assert.All(cosmos, trigger =>
        {
            Assert.Contains(trigger.ContainerName, Resources.Containers.Select(container => container.Name));
            Assert.Equal(Resources.LeaseContainer, trigger.LeaseContainerName);
            Assert.True(
                trigger.DatabaseName == Resources.Database || Resources.Settings.Contains(trigger.DatabaseName.Trim('%').Replace(":", "__")),
                $"{trigger.DatabaseName} is neither the database nor a setting.");
        });
    }

    [Fact]
    public void Local_settings_have_development_values_for_what_the_host_binds()
    {
        using var file = JsonDocument.Parse(Repository.Read("functions/local.settings.json"));
        var values = file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

        Assert.Equal("dotnet-isolated", values["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal(Resources.Database, values["Cosmos__Database"]);
        Assert.Equal(Resources.MediaContainer, values["Media__Container"]);
        Assert.All(Resources.DevelopmentSettings, name => Assert.Contains(name, values.Keys));
        Assert.All(
            values.Keys.Where(name => name.Contains("__") && !name.StartsWith("AzureFunctionsJobHost__", StringComparison.Ordinal)),
            name => Assert.Contains(name, Resources.Settings.Concat(Resources.DevelopmentSettings)));
    }

    private static void AssertFile(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_RESOURCES") == "1")
        {
            File.WriteAllText(Repository.PathOf(path), expected);
        }

        var actual = Repository.Read(path);
        Assert.True(actual == expected, $"{path} is not what the code declares. Run with UPDATE_RESOURCES=1, or write:\n{expected}");
    }
}
