using Azure.Core;
#if APPLICATION_INSIGHTS
using Azure.Monitor.OpenTelemetry.Exporter;
#endif
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;
using ServerlessSocial.Hosts.Adapters.Telemetry;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// Exports what the worker measures: to Application Insights from what is deployed, by OTLP where a collector is named. The Functions
/// host exports its own part, by the same settings and <c>telemetryMode</c> in <c>host.json</c>.
/// </summary>
internal static class AzureTelemetry
{
    /// <summary>
    /// Where the worker's spans of invocations come from. They continue the host's, which stand for requests and messages; a span of
    /// ASP.NET Core's would count each request twice.
    /// </summary>
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    /// <summary>Adds the exports that the settings ask for; without any, logs go to the host as usual.</summary>
    /// <param name="builder">Where to.</param>
    /// <param name="credential">How the app signs in to Application Insights.</param>
    public static void AddTelemetry(this FunctionsApplicationBuilder builder, TokenCredential credential)
    {
        var collector = builder.Configuration[ExportedTelemetry.OtlpEndpoint] is { Length: > 0 };
#if APPLICATION_INSIGHTS
        var insights = builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 };
#else
        const bool insights = false;
#endif
        if (!collector && !insights)
        {
            return;
        }

        // From here on the host leaves the worker's logs to the worker: both exporters take logs, too.
        var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults().AddServerlessSocial(WorkerSource);
        if (collector)
        {
            telemetry.UseOtlpExporter();
        }

#if APPLICATION_INSIGHTS
        if (insights)
        {
            // Without options of its own, or it reads no settings (OTEL_TRACES_SAMPLER_ARG), and before options are added.
            telemetry.UseAzureMonitorExporter();
            builder.Services.Configure<AzureMonitorExporterOptions>(options =>
            {
                // The component takes no keys, so the connection string only says where it is.
                options.Credential = credential;

                // Traces are sampled. By default a log goes with its trace; an error must not be lost with it.
                options.EnableTraceBasedLogsSampler = false;
            });
        }
#endif
    }
}
