using ServerlessSocial.Preflight;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What azd's check says before anything is created.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly FakeAzure azure = new();

    [ToolFact("sh")]
    public async Task A_region_that_has_everything_is_let_through()
    {
        var (code, said) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Equal("Preflight: swedencentral has the plan, the models and the quota.\n", said);
        Assert.Contains("cognitiveservices model list --location swedencentral --subscription 00000000-0000-0000-0000-000000000001", azure.Asked);
    }

    [ToolFact("sh")]
    public async Task A_model_that_is_not_offered_is_named_with_those_that_are_and_the_commands_to_take_one()
    {
        azure.Catalog(new("gpt-6-luna", "2026-09-22", "chatCompletion"), FakeAzure.Image, FakeAzure.Embedding);

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("gpt-5.6-luna 2026-07-09 is not offered as GlobalStandard in swedencentral. Offered there: gpt-6-luna 2026-09-22.", said);
        Assert.Contains("azd env set AZURE_CHAT_MODEL gpt-6-luna\n", said);
        Assert.Contains("azd env set AZURE_CHAT_MODEL_VERSION 2026-09-22\n", said);
        Assert.DoesNotContain("gpt-image-2", said);
    }

    [ToolFact("sh")]
    public async Task A_model_that_takes_no_new_deployments_is_missing()
    {
        azure.Catalog(FakeAzure.Chat with { LifecycleStatus = "Deprecated" }, FakeAzure.Image, FakeAzure.Embedding);

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("gpt-5.6-luna 2026-07-09 takes no new deployments any more in swedencentral", said);
    }

    [ToolFact("sh")]
    public async Task A_model_in_another_sort_of_deployment_alone_is_missing()
    {
        azure.Catalog(FakeAzure.Chat with { Sku = "DataZoneStandard" }, FakeAzure.Image, FakeAzure.Embedding);

        Assert.Equal(1, (await RunAsync()).Code);
        azure.Variables["AZURE_MODEL_SKU"] = "DataZoneStandard";
        Assert.DoesNotContain("gpt-5.6-luna", (await RunAsync()).Said);
    }

    [ToolFact("sh")]
    public async Task Quota_that_does_not_reach_is_told_in_figures_with_the_command_to_take_less()
    {
        azure.Quotas(("gpt-5.6-luna", 100, 90), ("gpt-image-2", 3, 0), ("text-embedding-3-small", 350, 0));

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("The quota of gpt-5.6-luna in swedencentral leaves 10 of 100, and the deployment takes 50.", said);
        Assert.Contains("azd env set AZURE_CHAT_MODEL_CAPACITY 10\n", said);
    }

    [ToolFact("sh")]
    public async Task What_an_earlier_deployment_holds_is_its_own_when_it_is_deployed_again()
    {
        azure.Catalog(FakeAzure.Chat with { LifecycleStatus = "Deprecated" }, FakeAzure.Image, FakeAzure.Embedding);
        azure.Quotas(("gpt-5.6-luna", 60, 50), ("gpt-image-2", 3, 0), ("text-embedding-3-small", 350, 0));
        azure.Variables["AZURE_RESOURCE_GROUP"] = "rg-test";
        azure.Variables["AZURE_OPENAI_ENDPOINT"] = "https://oai-abc.openai.azure.com/";
        azure.Answer("cognitiveservices account deployment list", new[]
        {
            new { properties = new { model = new { name = "gpt-5.6-luna", version = "2026-07-09" } }, sku = new { capacity = 50, name = "GlobalStandard" } },
        });

        var (code, said) = await RunAsync();

        Assert.True(code == 0, said);
        Assert.Contains("--name oai-abc --resource-group rg-test", azure.Asked);
    }

    [ToolFact("sh")]
    public async Task A_region_without_the_plan_is_told_with_one_that_has_it()
    {
        azure.FlexRegions("westus3");

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("swedencentral does not have the Flex Consumption plan.\n  azd env set AZURE_LOCATION westus3\n", said);
    }

    [ToolFact("sh")]
    public async Task Without_a_region_yet_those_of_the_template_are_listed_and_azd_asks()
    {
        azure.Variables.Remove("AZURE_LOCATION");
        azure.FlexRegions("swedencentral", "westus3");

        var (code, said) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Contains("  swedencentral: has everything\n", said);
        Assert.Contains("  eastus2: eastus2 does not have the Flex Consumption plan.\n", said);
    }

    [ToolFact("sh")]
    public async Task Private_networking_without_its_resource_provider_is_told()
    {
        azure.Variables["AZURE_PRIVATE_NETWORKING"] = "true";
        azure.Answer("provider show", new { @namespace = "Microsoft.App", registrationState = "NotRegistered" });

        var (code, said) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("az provider register --namespace Microsoft.App\n", said);
    }

    [ToolFact("sh")]
    public async Task Somebody_who_is_not_signed_in_to_the_CLI_is_told_and_not_held_up()
    {
        azure.Refuse("account show");

        var (code, said) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Contains("az login", said);
        Assert.DoesNotContain("model list", azure.Asked);
    }

    [Fact]
    public async Task Without_the_CLI_nobody_is_held_up()
    {
        var (code, said) = await RunAsync(install: false);

        Assert.Equal(0, code);
        Assert.Contains("is not installed", said);
    }

    [ToolFact("sh")]
    public async Task A_question_Azure_does_not_answer_is_told_and_holds_nobody_up()
    {
        azure.Refuse("cognitiveservices usage list");

        var (code, said) = await RunAsync();

        Assert.Equal(0, code);
        Assert.Contains("cognitiveservices-usage-list was refused", said);
    }

    [ToolFact("sh")]
    public async Task The_check_can_be_switched_off()
    {
        azure.Variables["AZURE_PREFLIGHT"] = "off";

        Assert.Equal((0, ""), await RunAsync());
        Assert.Equal("", azure.Asked);
    }

    [BicepFact]
    public async Task The_defaults_it_checks_are_those_that_are_deployed()
    {
        var deployed = (await Deployment.Default).Of("Microsoft.CognitiveServices/accounts/deployments");
        var wanted = Requirements.Read(new Dictionary<string, string>(), Repository.Read("infra/main.bicep"));

        Assert.Equal(
            deployed.Select(one => ((string)one["properties"]!["model"]!["name"]!, (string)one["properties"]!["model"]!["version"]!, (int)one["sku"]!["capacity"]!)),
            wanted.Models.Select(model => (model.Name, model.Version, model.Capacity)));
        Assert.All(deployed, one => Assert.Equal(wanted.Sku, (string?)one["sku"]!["name"]));
        Assert.Equal(["eastus2", "swedencentral", "uaenorth", "westus3"], wanted.Regions);
    }

    public void Dispose() => azure.Dispose();

    private async Task<(int Code, string Said)> RunAsync(bool install = true)
    {
        if (install)
        {
            azure.Install();
        }

        var output = new StringWriter { NewLine = "\n" };
        var code = await PreflightCheck.RunAsync(azure.Variables, Repository.PathOf("infra/main.bicep"), output, default);
        return (code, output.ToString());
    }
}
