using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Triggers;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>Bicep creates what the code declares, and hands the service the settings and roles it needs, no more.</summary>
public sealed partial class BicepTests
{
    private const string RoleAssignments = "Microsoft.Authorization/roleAssignments";
    private const string CosmosRoleAssignments = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments";

    private static readonly BicepFile Main = BicepFile.Read("infra/main.bicep");

    private static readonly IReadOnlyDictionary<string, BicepFile> Modules =
        Repository.Files("infra/modules", "*.bicep").ToDictionary(path => Path.GetRelativePath("infra", path).Replace('\\', '/'), BicepFile.Read);

    [Fact]
    public void Every_declared_container_is_created_with_its_partition_key_and_time_to_live()
    {
        var (module, file) = ModuleThatGets("containers", "resources.containers");
        var container = Assert.Single(file.Declarations, resource => resource.Target == "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers");

        Assert.Equal("resources.database", module.Property("databaseName"));
        Assert.Equal("containers", container.Loop);
        Assert.Equal("container.name", container.Property("name"));
        Assert.Equal("container.name", container.Property("id"));
        Assert.Contains("paths: [container.partitionKeyPath]", container.Property("partitionKey"));
        Assert.Equal("container.defaultTimeToLive", container.Property("defaultTtl"));
    }

    [Fact]
    public void Containers_index_ids_and_partition_keys_alone()
    {
        var (_, file) = ModuleThatGets("containers", "resources.containers");
        var policy = file.Declarations.Single(resource => resource.Loop == "containers").Property("indexingPolicy")!;

        Assert.Contains("excludedPaths: [{ path: '/*' }]", policy);
        Assert.Contains("'${container.partitionKeyPath}/?'", policy);
    }

    [Fact]
    public void Every_declared_queue_is_created_with_its_lock_deliveries_and_duplicate_window()
    {
        var (_, file) = ModuleThatGets("queues", "resources.queues");
        var queue = Assert.Single(file.Declarations, resource => resource.Target == "Microsoft.ServiceBus/namespaces/queues");

        Assert.Equal("queues", queue.Loop);
        Assert.Equal("item.name", queue.Property("name"));
        Assert.Equal("item.lockDuration", queue.Property("lockDuration"));
        Assert.Equal("item.maxDeliveryCount", queue.Property("maxDeliveryCount"));
        Assert.Equal("true", queue.Property("requiresDuplicateDetection"));
        Assert.Equal("item.duplicateDetectionWindow", queue.Property("duplicateDetectionHistoryTimeWindow"));
    }

    [Fact]
    public void The_media_container_is_created()
    {
        var (_, file) = ModuleThatGets("containers", "resources.blobContainers");

        Assert.Equal("containers", Assert.Single(file.Declarations, resource => resource.Target.EndsWith("blobServices/containers", StringComparison.Ordinal)).Loop);
    }

    [Fact]
    public void The_app_gets_every_setting_the_code_binds_and_no_other()
    {
        var settings = Assert.Single(Modules["modules/app.bicep"].Declarations, resource => resource.Target == "Microsoft.Web/sites/config").Property("properties")!;

        Assert.Equal(
            Resources.Settings.Order(StringComparer.Ordinal),
            SettingKey().Matches(settings).Select(match => match.Groups["key"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_role_an_adapter_needs_is_assigned_to_the_service()
    {
        foreach (var section in Resources.Roles.Select(role => role.Resource).Distinct())
        {
            var (module, file) = ModuleThatGets("roles", $"resources.roles.{section}");
            Assert.Equal("identity.outputs.principalId", module.Property("principalId"));

            var assignment = Assert.Single(file.Declarations, resource => resource.Target is RoleAssignments or CosmosRoleAssignments);
            Assert.Contains(assignment.Loop, new[] { "roles", "assigned" });
            Assert.Equal("principalId", assignment.Property("principalId"));
            Assert.Contains("role.id", assignment.Property("roleDefinitionId"));
        }
    }

    [Fact]
    public void No_role_is_assigned_that_the_code_does_not_declare()
    {
        var files = Modules.Append(new("main.bicep", Main)).ToList();
        var assigning = files.SelectMany(file => file.Value.Declarations).Where(resource => resource.Target.EndsWith("oleAssignments", StringComparison.Ordinal)).ToList();

        // The one exception is asked for by a parameter and said so in its description.
        Assert.Equal(["090c5cfd-751d-490a-894a-3ce6f1109419"], files.SelectMany(file => Guid().Matches(file.Value.Text)).Select(match => match.Value));
        Assert.Contains("scaleByQueueLength ? concat(roles, [scalingRole]) : roles", Modules["modules/servicebus.bicep"].Text);
        Assert.Matches(@"param scaleByQueueLength bool = false", Main.Text);
        Assert.All(assigning, resource => Assert.Contains(resource.Loop, new[] { "roles", "assigned" }));
        Assert.Equal(
            Resources.Roles.Select(role => role.Resource).Distinct().Order(),
            Main.Declarations.Select(module => module.Property("roles")).OfType<string>().Select(value => value.Replace("resources.roles.", "")).Order());
    }

    [Fact]
    public void Nothing_can_be_reached_with_a_key_and_no_secret_leaves_Bicep()
    {
        Assert.Contains("allowSharedKeyAccess: false", Modules["modules/storage.bicep"].Text);
        Assert.Contains("DisableLocalAuth: true", Modules["modules/monitoring.bicep"].Text);
        Assert.All(["cosmos", "servicebus", "openai"], name => Assert.Contains("disableLocalAuth: true", Modules[$"modules/{name}.bicep"].Text));
        Assert.All(Modules.Values.Append(Main), file => Assert.DoesNotMatch(@"\blist[A-Z]\w*\(|@secure", file.Text));
        Assert.All(Main.Outputs, name => Assert.Matches("^(AZURE|SERVICE)_", name));

        // azd hands outputs to every later build and sign-in as environment variables; this one would be taken for the deployer's.
        Assert.DoesNotContain("AZURE_CLIENT_ID", Main.Outputs);
    }

    [Fact]
    public void Parameters_of_an_environment_exist_and_reach_the_pipeline()
    {
        var parameters = Repository.Read("infra/main.parameters.json");
        var declared = Parameter().Matches(Main.Text).Select(match => match.Groups["name"].Value);
        Assert.Equal(declared.Order(), ParameterKey().Matches(parameters).Select(match => match.Groups["name"].Value).Order());

        var variables = Variable().Matches(parameters).Select(match => match.Groups["name"].Value).ToList();
        var deploy = Repository.Read(".github/workflows/deploy.yml");
        var azd = Repository.Read("azure.yaml");
        Assert.All(variables, name => Assert.Contains($"{name}: ${{{{ vars.{name} }}}}", deploy));
        Assert.All(variables.Except(["AZURE_ENV_NAME", "AZURE_LOCATION"]), name => Assert.Contains($"- {name}\n", azd));
    }

    [Fact]
    public void The_alert_on_dead_letters_sees_every_dead_letter_function()
    {
        Assert.Contains("name endswith \"DeadLetter\"", Modules["modules/alerts.bicep"].Text);
        Assert.All(FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>(), entry =>
            Assert.Equal(entry.Trigger.QueueName.EndsWith("/$deadletterqueue", StringComparison.Ordinal), entry.Function.Name.EndsWith("DeadLetter", StringComparison.Ordinal)));
    }

    private static (BicepDeclaration Module, BicepFile File) ModuleThatGets(string parameter, string value)
    {
        var module = Assert.Single(Main.Declarations, declaration => declaration.Kind == "module" && declaration.Property(parameter) == value);
        return (module, Modules[module.Target]);
    }

    [GeneratedRegex(@"^\s+(?<key>\w+):", RegexOptions.Multiline)]
    private static partial Regex SettingKey();

    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex(@"^param (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"""(?<name>\w+)"": \{ ""value""")]
    private static partial Regex ParameterKey();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Variable();
}
