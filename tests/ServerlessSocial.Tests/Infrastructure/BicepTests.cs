using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessSocial.Hosts;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>Bicep creates what the code declares, and hands the service the settings and roles it needs, no more.</summary>
public sealed class BicepTests
{
    private const string RoleAssignments = "Microsoft.Authorization/roleAssignments";
    private const string CosmosRoleAssignments = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments";
    private const string ScalingRole = "090c5cfd-751d-490a-894a-3ce6f1109419";

    /// <summary>How a resource's id begins, by the section of <see cref="Resources.Roles"/>.</summary>
    private static readonly Dictionary<string, string> Assigned = new()
    {
        ["hostStorage"] = "Microsoft.Storage/storageAccounts/sthost",
        ["mediaStorage"] = "Microsoft.Storage/storageAccounts/stmedia",
        ["monitoring"] = "Microsoft.Insights/components/appi-",
        ["openAi"] = "Microsoft.CognitiveServices/accounts/oai-",
        ["serviceBus"] = "Microsoft.ServiceBus/namespaces/sb-",
    };

    [BicepFact]
    public async Task The_compiler_has_nothing_to_say_and_knows_no_newer_stable_version_of_an_interface()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-social-bicep-").FullName;
        try
        {
            // The template's own rules, and one more that would age with every release of the compiler elsewhere.
            var rules = JsonNode.Parse(Repository.Read("infra/bicepconfig.json"))!;
            rules["analyzers"]!["core"]!["rules"]!["use-recent-api-versions"] = new JsonObject { ["level"] = "warning", ["maxAgeInDays"] = 1 };
            var config = Path.Combine(folder, "bicepconfig.json");
            await File.WriteAllTextAsync(config, rules.ToJsonString());

            var (code, output) = await BicepCompiler.RunAsync("lint", Repository.PathOf("infra/main.bicep"), "--config", config);

            Assert.Equal("", output);
            Assert.Equal(0, code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [BicepFact]
    public async Task Every_declared_container_is_created_with_its_partition_key_time_to_live_and_least_index()
    {
        var created = (await Deployment.Default).Of("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers")
            .Select(container => container["properties"]!["resource"]!).ToList();

        Assert.Equal(
            Resources.Containers.Select(container => (container.Name, container.PartitionKeyPath, container.DefaultTimeToLive ?? -1)),
            created.Select(container => ((string)container["id"]!, (string)container["partitionKey"]!["paths"]![0]!, (int)container["defaultTtl"]!))
                .OrderBy(container => container.Item1, StringComparer.Ordinal));
        Assert.All(created, container =>
        {
            var index = container["indexingPolicy"]!;
            Assert.Equal("""[{"path":"/*"}]""", index["excludedPaths"]!.ToJsonString());
            var key = (string)container["partitionKey"]!["paths"]![0]!;
            var declared = Resources.Containers.Single(declared => declared.Name == (string)container["id"]!);
            string[] searched = declared.Searchable ? ["/marks/[]/?"] : [];
            Assert.Equal(
                key == "/id" ? [] : [$"{key}/?", .. (declared.Order?.Properties ?? []).Where(property => property != "id").Select(property => $"/{property}/?"), .. searched],
                index["includedPaths"]!.AsArray().Select(path => (string)path!["path"]!));
            Assert.Equal(declared.Searchable ? """[{"path":"/text"}]""" : "[]", index["fullTextIndexes"]!.ToJsonString());
            Assert.Equal(declared.Searchable ? "/text" : null, (string?)container["fullTextPolicy"]?["fullTextPaths"]?[0]?["path"]);
        });
    }

    [BicepFact]
    public async Task Containers_of_an_autoscale_account_share_nothing_and_may_have_a_maximum_of_their_own()
    {
        var containers = (await Deployment.Everything).Of("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers");

        Assert.All(containers, container => Assert.Equal(
            (string)container["properties"]!["resource"]!["id"]! == "posts" ? 40000 : 4000,
            (int)container["properties"]!["options"]!["autoscaleSettings"]!["maxThroughput"]!));
        Assert.Equal("""[{"name":"EnableNoSQLFullTextSearch"}]""", (await Deployment.Everything).One("Microsoft.DocumentDB/databaseAccounts")["properties"]!["capabilities"]!.ToJsonString());
        Assert.Contains("EnableServerless", (await Deployment.Default).One("Microsoft.DocumentDB/databaseAccounts").ToJsonString());
    }

    [BicepFact]
    public async Task Every_declared_queue_is_created_with_its_lock_deliveries_and_duplicate_window()
    {
        var expected = JsonNode.Parse(Resources.ToJson())!["queues"]!.AsArray();
        var created = (await Deployment.Default).Of("Microsoft.ServiceBus/namespaces/queues");

        Assert.Equal(
            expected.Select(queue => ((string)queue!["name"]!, (string)queue["lockDuration"]!, (int)queue["maxDeliveryCount"]!, (string)queue["duplicateDetectionWindow"]!)),
            created.Select(queue => (
                ((string)queue["name"]!).Split('/')[1],
                (string)queue["properties"]!["lockDuration"]!,
                (int)queue["properties"]!["maxDeliveryCount"]!,
                (string)queue["properties"]!["duplicateDetectionHistoryTimeWindow"]!)));
        Assert.All(created, queue => Assert.True((bool)queue["properties"]!["requiresDuplicateDetection"]!));
    }

    [BicepFact]
    public async Task The_media_container_is_created_and_nothing_in_it_is_public()
    {
        var containers = (await Deployment.Default).Of("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.Contains(containers, container => ((string)container["name"]!).EndsWith($"/{Resources.MediaContainer}", StringComparison.Ordinal));
        Assert.All(containers, container => Assert.Equal("None", (string?)container["properties"]!["publicAccess"]));
    }

    [BicepFact]
    public async Task The_app_gets_every_setting_the_code_binds_and_no_other()
    {
        var settings = (await Deployment.Default).One("Microsoft.Web/sites/config")["properties"]!.AsObject();

        Assert.Equal(Resources.Settings.Order(StringComparer.Ordinal), settings.Select(setting => setting.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(settings, setting => string.IsNullOrEmpty((string?)setting.Value));
    }

    [BicepFact]
    public async Task The_platform_and_the_service_know_the_same_origins()
    {
        Assert.Equal("none", (string?)(await Deployment.Default).One("Microsoft.Web/sites/config")["properties"]!["Http__Origins"]);
        Assert.Empty((await Deployment.Default).One("Microsoft.Web/sites")["properties"]!["siteConfig"]!["cors"]!["allowedOrigins"]!.AsArray());
        Assert.Equal("https://app.example,http://localhost:3000", (string?)(await Deployment.Everything).One("Microsoft.Web/sites/config")["properties"]!["Http__Origins"]);
        Assert.Equal(
            ["https://app.example", "http://localhost:3000"],
            (await Deployment.Everything).One("Microsoft.Web/sites")["properties"]!["siteConfig"]!["cors"]!["allowedOrigins"]!.AsArray().Select(origin => (string?)origin));
    }

    [BicepFact]
    public async Task The_service_gets_every_role_an_adapter_needs_where_it_needs_it_and_no_other()
    {
        var assignments = (await Deployment.Default).Of(RoleAssignments);
        var expected = Resources.Roles.Where(role => role.Resource != "cosmos").ToList();

        Assert.Equal(expected.Count, assignments.Count);
        Assert.All(expected, role => Assert.Single(assignments, assignment =>
            ((string)assignment["properties"]!["roleDefinitionId"]!).EndsWith(role.Id, StringComparison.Ordinal)
            && ((string)assignment["id"]!).Contains($"/{Assigned[role.Resource]}", StringComparison.Ordinal)));
        Assert.All(assignments, assignment => Assert.Contains("userAssignedIdentities/id-", (string)assignment["properties"]!["principalId"]!));
    }

    [BicepFact]
    public async Task Reading_the_length_of_queues_takes_a_greater_role_that_is_assigned_only_when_asked_for()
    {
        bool IsScaling(JsonNode assignment) => ((string)assignment["properties"]!["roleDefinitionId"]!).EndsWith(ScalingRole, StringComparison.Ordinal);

        Assert.DoesNotContain((await Deployment.Default).Of(RoleAssignments), IsScaling);
        Assert.Single((await Deployment.Everything).Of(RoleAssignments), IsScaling);
    }

    [BicepFact]
    public async Task Connections_are_held_only_where_that_is_asked_for_and_no_key_opens_them()
    {
        const string Service = "Microsoft.SignalRService/webPubSub";
        const string Owner = "12cf5a90-567b-43ae-8102-96cf46c7d9b4";
        var everything = await Deployment.Everything;

        Assert.Empty((await Deployment.Default).Of(Service));
        Assert.DoesNotContain("WebPubSub__Endpoint", (await Deployment.Default).One("Microsoft.Web/sites/config")["properties"]!.AsObject().Select(setting => setting.Key));
        Assert.True((bool)everything.One(Service)["properties"]!["disableLocalAuth"]!);
        Assert.Equal(2, (int)everything.One(Service)["sku"]!["capacity"]!);
        Assert.Single(everything.Of(RoleAssignments), assignment =>
            ((string)assignment["properties"]!["roleDefinitionId"]!).EndsWith(Owner, StringComparison.Ordinal) && ((string)assignment["id"]!).Contains($"/{Service}/wps-", StringComparison.Ordinal));
        Assert.Contains("WebPubSub__Endpoint", everything.One("Microsoft.Web/sites/config").ToJsonString());
    }

    [BicepFact]
    public async Task The_role_on_documents_reaches_the_database_of_the_service_alone()
    {
        var assignment = (await Deployment.Default).One(CosmosRoleAssignments)["properties"]!;

        Assert.EndsWith($"/dbs/{Resources.Database}", (string)assignment["scope"]!);
        Assert.EndsWith(Resources.Roles.Single(role => role.Resource == "cosmos").Id, (string)assignment["roleDefinitionId"]!);
    }

    [BicepFact]
    public async Task Nothing_can_be_reached_with_a_key_or_a_password()
    {
        var deployment = await Deployment.Default;

        Assert.All(deployment.Of("Microsoft.Storage/storageAccounts"), account => Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!));
        Assert.True((bool)deployment.One("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!);
        Assert.All(
            ["Microsoft.DocumentDB/databaseAccounts", "Microsoft.ServiceBus/namespaces", "Microsoft.CognitiveServices/accounts"],
            type => Assert.True((bool)deployment.One(type)["properties"]!["disableLocalAuth"]!));
        Assert.Equal(
            ["ftp", "scm"],
            deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Where(policy => !(bool)policy["properties"]!["allow"]!)
                .Select(policy => ((string)policy["name"]!).Split('/')[1]));
    }

    [BicepFact]
    public async Task No_secret_leaves_the_deployment()
    {
        var deployment = await Deployment.Default;

        Assert.All(Repository.Files("infra", "*.bicep"), path => Assert.DoesNotMatch(@"\blist[A-Z]\w*\(|@secure", Repository.Read(path)));
        Assert.All(deployment.Outputs, name => Assert.Matches("^(AZURE|SERVICE)_", name));

        // azd hands outputs to every later build and sign-in as environment variables; this one would be taken for the deployer's.
        Assert.DoesNotContain("AZURE_CLIENT_ID", deployment.Outputs);
    }

    [BicepFact]
    public async Task A_deployment_that_does_not_say_whose_tokens_it_takes_is_refused()
    {
        Assert.Contains("too short", await Deployment.RefusalAsync("", audience: "''"));
        Assert.Matches(new Regex(@"^param identityAudience string$", RegexOptions.Multiline), Repository.Read("infra/main.bicep"));
    }

    [Fact]
    public void Every_parameter_of_the_template_says_what_it_is()
    {
        var text = Repository.Read("infra/main.bicep");
        var all = Regex.Matches(text, @"^param (?<name>\w+) ", RegexOptions.Multiline).Select(match => match.Groups["name"].Value).ToList();
        var described = Regex.Matches(text, @"^@description\('[^\n]{10,}'\)\n(?:@[^\n]*\n|  '[^\n]*\n|\]\)\n)*param (?<name>\w+) ", RegexOptions.Multiline)
            .Select(match => match.Groups["name"].Value);

        Assert.NotEmpty(all);
        Assert.Equal(all, described);
    }
}
