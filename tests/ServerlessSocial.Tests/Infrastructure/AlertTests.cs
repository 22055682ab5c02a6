using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>What an operator is told, and what logs are kept so that it can be.</summary>
public sealed class AlertTests
{
    private const string Logs = "Microsoft.Insights/scheduledQueryRules";
    private const string Metrics = "Microsoft.Insights/metricAlerts";

    [BicepFact]
    public async Task Dead_letters_are_told_by_queue()
    {
        var deployment = await Deployment.Default;

        Assert.Equal("EntityName", (string?)Metric(deployment, "dead-letters-left")["dimensions"]![0]!["name"]);
        Assert.Equal("queue", (string?)Query(deployment, "dead-letters")["dimensions"]![0]!["name"]);
    }

    [BicepFact]
    public async Task Alerts_ask_for_metrics_the_code_emits()
    {
        var deployment = await Deployment.Default;
        var code = Repository.Read("functions/Platform/Pipelines/WorkTelemetry.cs");

        foreach (var (alert, metric) in new[] { ("dead-letters", "serverless_social.queue.dead_letters"), ("queue-age", "serverless_social.queue.age") })
        {
            Assert.Contains($"\"{metric}\"", (string)Query(deployment, alert)["query"]!);
            Assert.Contains($"\"{metric}\"", code);
        }
    }

    [BicepFact]
    public async Task Messages_that_wait_too_long_or_pile_up_are_told_by_queue()
    {
        var deployment = await Deployment.Default;

        Assert.Equal(600, (int)Query(deployment, "queue-age")["threshold"]!);
        Assert.Equal("queue", (string?)Query(deployment, "queue-age")["dimensions"]![0]!["name"]);
        Assert.Equal("EntityName", (string?)Metric(deployment, "queue-length")["dimensions"]![0]!["name"]);
    }

    [BicepFact]
    public async Task Throughput_is_told_by_container_in_the_measure_its_account_has()
    {
        var serverless = Metric(await Deployment.Default, "throughput");
        var autoscale = Metric(await Deployment.Everything, "throughput");

        Assert.Equal(("TotalRequestUnits", 5000 * 300 * 80 / 100), ((string)serverless["metricName"]!, (int)serverless["threshold"]!));
        Assert.Equal(("NormalizedRUConsumption", 80), ((string)autoscale["metricName"]!, (int)autoscale["threshold"]!));
        Assert.All([serverless, autoscale], alert => Assert.Equal("CollectionName", (string?)alert["dimensions"]![0]!["name"]));
    }

    [BicepFact]
    public async Task The_service_is_asked_for_its_health_from_outside_unless_that_is_switched_off()
    {
        var test = (await Deployment.Default).One("Microsoft.Insights/webtests");

        Assert.Contains("/api/health", (string)test["properties"]!["Request"]!["RequestUrl"]!);
        Assert.Equal(2, (int)(await Deployment.Default).One(Metrics, "-health")["properties"]!["criteria"]!["failedLocationCount"]!);
        Assert.Empty((await Deployment.Everything).Of("Microsoft.Insights/webtests"));
    }

    [BicepFact]
    public async Task Every_alert_reaches_the_operator()
    {
        var deployment = await Deployment.Everything;
        var people = deployment.One("Microsoft.Insights/actionGroups");
        var id = (string)people["id"]!;

        Assert.Equal("operator@example.org", (string?)people["properties"]!["emailReceivers"]![0]!["emailAddress"]);
        Assert.All(deployment.Of(Logs), alert => Assert.Equal(id, (string?)alert["properties"]!["actions"]!["actionGroups"]![0]));
        Assert.All(deployment.Of(Metrics), alert => Assert.Equal(id, (string?)alert["properties"]!["actions"]![0]!["actionGroupId"]));
        Assert.Contains(id, deployment.One("Microsoft.Consumption/budgets").ToJsonString());
    }

    [BicepFact]
    public async Task Logs_have_a_budget_that_tells_and_never_cuts_off()
    {
        var deployment = await Deployment.Default;
        var settings = deployment.One("Microsoft.Web/sites/config")["properties"]!;

        Assert.Equal(-1, (int)deployment.One("Microsoft.OperationalInsights/workspaces")["properties"]!["workspaceCapping"]!["dailyQuotaGb"]!);
        Assert.Equal(5, (int)Query(deployment, "log-volume")["threshold"]!);
        Assert.Equal(("microsoft.rate_limited", "5"), ((string)settings["OTEL_TRACES_SAMPLER"]!, (string)settings["OTEL_TRACES_SAMPLER_ARG"]!));
        Assert.Equal("Warning", (string?)settings["Logging__LogLevel__Default"]);

        // A log belongs to its trace; that the trace is left out must not take an error with it. The overload that takes options reads
        // no settings. Read as text, because the Azure host is not part of this build.
        var exporter = Repository.Read("functions/Hosts/Azure/AzureTelemetry.cs");
        Assert.Contains("EnableTraceBasedLogsSampler = false", exporter);
        Assert.Contains("UseAzureMonitorExporter();", exporter);
    }

    [Fact]
    public void Functions_of_dead_letters_are_called_so() =>
        Assert.All(FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>(), entry =>
            Assert.Equal(entry.Trigger.QueueName.EndsWith("/$deadletterqueue", StringComparison.Ordinal), entry.Function.Name.EndsWith("DeadLetter", StringComparison.Ordinal)));

    private static JsonNode Query(Deployment deployment, string name) => Criterion(deployment.One(Logs, $"-{name}"));

    private static JsonNode Metric(Deployment deployment, string name) => Criterion(deployment.One(Metrics, $"-{name}"));

    private static JsonNode Criterion(JsonNode alert) => alert["properties"]!["criteria"]!["allOf"]![0]!;
}
