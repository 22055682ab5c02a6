using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>Faults of Blob Storage, Service Bus and signing in that pass.</summary>
internal sealed class AzureFaults(TimeProvider time) : IFaultReader
{
    /// <inheritdoc/>
    public Fault? Read(Exception exception) => exception switch
    {
        RequestFailedException failed when FaultStatus.Passes(failed.Status) => new(FaultKind.Outage, RetryAfter(failed)),
        ServiceBusException { IsTransient: true } => new(FaultKind.Outage),

        // Roles take minutes to spread, and the platform's token service has its bad moments, too.
        AuthenticationFailedException => new(FaultKind.Outage),
        _ => null,
    };

    private TimeSpan? RetryAfter(RequestFailedException failed) =>
        failed.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out var value)
            ? FaultStatus.RetryAfter(value, time.GetUtcNow())
            : null;
}
