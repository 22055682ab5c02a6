using OpenTelemetry;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Telemetry;

/// <summary>What either host exports, wherever to.</summary>
internal static class ExportedTelemetry
{
    /// <summary>
    /// Setting that names where to export to by OTLP. It and its siblings (protocol, headers) are OpenTelemetry's own:
    /// see the specification of the OpenTelemetry protocol exporter.
    /// </summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Spans of requests and of the product's own work, and the product's and the server's metrics. Clients of stores and models are left
    /// out: theirs carry queries and addresses, and the product's own spans tell what matters of them.
    /// </summary>
    /// <param name="builder">Where to.</param>
    /// <param name="requests">Source of the spans that stand for requests.</param>
    public static IOpenTelemetryBuilder AddServerlessSocial(this IOpenTelemetryBuilder builder, string requests) => builder
        .WithTracing(traces => traces.AddSource(ServiceTelemetry.Name, requests))
        .WithMetrics(metrics => metrics.AddMeter(ServiceTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"));
}
