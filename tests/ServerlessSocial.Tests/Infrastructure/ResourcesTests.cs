using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What code declares is what <c>infra/</c> and the emulators get. <c>UPDATE_RESOURCES=1</c> rewrites the files.</summary>
public sealed partial class ResourcesTests
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

    [Theory]
    [InlineData("functions/Hosts/Adapters/Cosmos/CosmosOptions.cs")]
    [InlineData("functions/Hosts/Adapters/OpenAi/OpenAiOptions.cs")]
    [InlineData("functions/Hosts/Azure/AzureOptions.cs")]
    [InlineData("functions/Platform/Identity/TokenValidator.cs")]
    public void Every_option_without_a_default_is_a_declared_setting(string path)
    {
        // Read as text, because the Azure host is not part of this build.
        var source = Repository.Read(path);
        var bound = OptionsClass().Matches(source)
            .SelectMany(type => OptionWithoutDefault().Matches(type.Value).Select(option => $"{SectionOf(type.Value)}__{option.Groups["name"].Value}"))
            .Except(["Identity__Issuer"]) // The local host's; elsewhere discovery names the issuer.
            .ToList();

        Assert.NotEmpty(bound);
        Assert.All(bound, name => Assert.Contains(name, Resources.Settings.Concat(Resources.DevelopmentSettings), StringComparer.OrdinalIgnoreCase));

        static string SectionOf(string type) => Section().Match(type) is { Success: true } section ? section.Groups["name"].Value : "Identity";
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

    [GeneratedRegex(@"^public sealed class \w+Options\b.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OptionsClass();

    [GeneratedRegex(@"const string Section = ""(?<name>\w+)""")]
    private static partial Regex Section();

    [GeneratedRegex(@"public string\?? (?<name>\w+) \{ get; set; \}(?: = string\.Empty;)?\s*$", RegexOptions.Multiline)]
    private static partial Regex OptionWithoutDefault();
}
