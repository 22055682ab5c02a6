using ServerlessSocial.ContractTests.Queues;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>The queues over the real SDK: a namespace or its emulator, with the queues of <see cref="WorkQueueFixture.Queues"/>.</summary>
[NeedsServiceBus]
#if SERVICE_BUS
public sealed class ServiceBusWorkQueueTests(ServiceBusFixture fixture) : WorkQueueContract(fixture), IClassFixture<ServiceBusFixture>
#else
public sealed class ServiceBusWorkQueueTests() : WorkQueueContract(NeedsServiceBusAttribute.NoFixture())
#endif
{
    protected override DateTimeOffset Now() => DateTimeOffset.UtcNow;
}

/// <summary>Needs Service Bus or its emulator, named by <c>SERVICEBUS_CONNECTION_STRING</c>.</summary>
public sealed class NeedsServiceBusAttribute : NeedsAttribute
{
    /// <summary>Said when there is a Service Bus and these tests were built without its client.</summary>
    public const string NotBuilt = "These tests were built without the client of Service Bus; where its package can be restored, build with -p:ServiceBusContract=true.";

#if SERVICE_BUS
    private const bool IsBuilt = true;
#else
    private const bool IsBuilt = false;
#endif

    /// <summary>The namespace or emulator, or null.</summary>
    public static string? ConnectionString { get; } =
        Environment.GetEnvironmentVariable("SERVICEBUS_CONNECTION_STRING") is { Length: > 0 } connectionString ? connectionString : null;

    /// <summary>Fails a pipeline that has a Service Bus but not its client.</summary>
    public static WorkQueueFixture NoFixture() => throw new InvalidOperationException(NotBuilt);

    /// <inheritdoc/>
    public override string? Lacking(string test) => (ConnectionString, IsBuilt) switch
    {
        (null, _) => "SERVICEBUS_CONNECTION_STRING names neither a Service Bus namespace nor its emulator.",
        (_, false) => IsPipeline ? null : NotBuilt,
        _ when test == nameof(WorkQueueContract.A_message_abandoned_with_a_delay_waits_so_long) => "Service Bus gives an abandoned message back at once.",
        _ => null,
    };
}
