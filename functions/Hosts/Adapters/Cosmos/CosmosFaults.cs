using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>Faults of Cosmos DB that pass.</summary>
internal sealed class CosmosFaults : IFaultReader
{
    /// <inheritdoc/>
    public Fault? Read(Exception exception) =>
        exception is CosmosException failed && FaultStatus.Passes((int)failed.StatusCode) ? new(FaultKind.Outage, failed.RetryAfter) : null;
}
