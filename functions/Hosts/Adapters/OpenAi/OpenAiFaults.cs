using System.ClientModel;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>Faults of models that pass: throttling with how long to wait, outages, and roles or deployments that are still on their way.</summary>
internal sealed class OpenAiFaults(TimeProvider time) : IFaultReader
{
    /// <inheritdoc/>
    public Fault? Read(Exception exception) =>
        exception is ClientResultException failed && (FaultStatus.Passes(failed.Status) || failed.Status == StatusCodes.Status404NotFound)
            ? new(FaultKind.Outage, RetryAfter(failed))
            : null;

    private TimeSpan? RetryAfter(ClientResultException failed) =>
        failed.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out var value)
            ? FaultStatus.RetryAfter(value, time.GetUtcNow())
            : null;
}
