using OpenTelemetry;
using OpenTelemetry.Resources;
using ServerlessSocial.Hosts.Adapters.Telemetry;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Local;

/// <summary>Exports traces and metrics by OTLP while the host runs, when <see cref="ExportedTelemetry.OtlpEndpoint"/> is set.</summary>
internal sealed class OtlpExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private OpenTelemetrySdk? sdk;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        sdk = OpenTelemetrySdk.Create(builder =>
        {
            // In place of the environment alone, which the host's settings include.
            builder.Services.AddSingleton(configuration);
            builder.ConfigureResource(resource => resource.AddService(ServiceTelemetry.Name));
            builder.AddServerlessSocial("Microsoft.AspNetCore").UseOtlpExporter();
        });
        return Task.CompletedTask;
    }

    /// <summary>Does nothing: what is not exported yet is sent when the host, stopped, is disposed.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => sdk?.Dispose();
}
