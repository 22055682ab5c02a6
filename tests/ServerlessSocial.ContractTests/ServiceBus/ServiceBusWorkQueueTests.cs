using ServerlessSocial.ContractTests.Queues;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>The queues over the real SDK.</summary>
[GivesBackAtOnce]
public sealed class ServiceBusWorkQueueTests(ServiceBusFixture fixture) : WorkQueueContract(fixture), IClassFixture<ServiceBusFixture>
{
    protected override DateTimeOffset Now() => DateTimeOffset.UtcNow;
}

/// <summary>Names the one promise of the local queue that Service Bus does not make.</summary>
public sealed class GivesBackAtOnceAttribute : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Lacking(string test) =>
        test == nameof(WorkQueueContract.A_message_abandoned_with_a_delay_waits_so_long) ? "Service Bus gives an abandoned message back at once." : null;
}
