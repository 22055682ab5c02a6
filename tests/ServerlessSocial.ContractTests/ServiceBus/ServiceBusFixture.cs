using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using ServerlessSocial.ContractTests.Queues;
using ServerlessSocial.Hosts.Azure;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>
/// Sends with the Azure host's adapter and receives with the SDK, as the Functions host does: in the namespace or emulator that
/// <c>SERVICEBUS_CONNECTION_STRING</c> names, with the queues of <see cref="WorkQueueFixture.Queues"/>, or else in a <see cref="ServiceBusBroker"/>.
/// </summary>
public sealed class ServiceBusFixture : WorkQueueFixture
{
    /// <summary>How long to look for what is there now.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(string Queue, bool DeadLetters), ServiceBusReceiver> receivers = new();
    private ServiceBusBroker? broker;
    private ServiceBusClient? client;
    private ServiceBusWorkQueue? queue;

    /// <inheritdoc/>
    public override IWorkQueue Queue => queue!;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Delivery>> ReceiveAsync(string queue, int maxMessages, CancellationToken cancellationToken)
    {
        var receiver = Receiver(queue, deadLetters: false);
        var received = new List<Delivery>();
        while (received.Count == 0)
        {
            await ReceiveAsync(receiver, maxMessages, TimeSpan.FromSeconds(5), received, cancellationToken);
        }

        // The service may give fewer than are there.
        while (received.Count < maxMessages && await ReceiveAsync(receiver, maxMessages - received.Count, Glance, received, CancellationToken.None))
        {
        }

        return received;
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Delivery>> PeekLockAsync(string queue, bool deadLetters = false)
    {
        var received = new List<Delivery>();
        while (await ReceiveAsync(Receiver(queue, deadLetters), 100, Glance, received, CancellationToken.None))
        {
        }

        return received;
    }

    /// <inheritdoc/>
    public override Task<bool> CompleteAsync(Delivery delivery) => HeldAsync(delivery, (receiver, message) => receiver.CompleteMessageAsync(message));

    /// <inheritdoc/>
    public override Task<bool> AbandonAsync(Delivery delivery, TimeSpan delay) => HeldAsync(delivery, (receiver, message) => receiver.AbandonMessageAsync(message));

    /// <inheritdoc/>
    public override Task<bool> RenewAsync(Delivery delivery) => HeldAsync(delivery, (receiver, message) => receiver.RenewMessageLockAsync(message));

    /// <inheritdoc/>
    public override Task PassAsync(TimeSpan passing) => Task.Delay(passing);

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        var connectionString = Environment.GetEnvironmentVariable("SERVICEBUS_CONNECTION_STRING");
        broker = string.IsNullOrEmpty(connectionString) ? new ServiceBusBroker(Queues) : null;
        client = Connect(broker?.ConnectionString ?? connectionString!);
        queue = Sender(client);
        await Task.WhenAll(Queues.SelectMany(definition => new[] { EmptyAsync(definition.Name, SubQueue.None), EmptyAsync(definition.Name, SubQueue.DeadLetter) }));
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        if (client is not null)
        {
            await queue!.DisposeAsync();
            await client.DisposeAsync();
        }

        broker?.Dispose();
    }

    private static ServiceBusClient Connect(string connectionString) => new(connectionString);

    private static ServiceBusWorkQueue Sender(ServiceBusClient client) => new(client, Queues);

    private static async Task<bool> ReceiveAsync(ServiceBusReceiver receiver, int most, TimeSpan wait, List<Delivery> received, CancellationToken cancellationToken)
    {
        var messages = await receiver.ReceiveMessagesAsync(most, wait, cancellationToken);
        received.AddRange(messages.Select(message => new ServiceBusDelivery(receiver, message)));
        return messages.Count > 0;
    }

    /// <summary>Whether the delivery still held its lock.</summary>
    private static async Task<bool> HeldAsync(Delivery delivery, Func<ServiceBusReceiver, ServiceBusReceivedMessage, Task> action)
    {
        var (receiver, message) = (ServiceBusDelivery)delivery;
        try
        {
            await action(receiver, message);
            return true;
        }
        catch (ServiceBusException exception) when (exception.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            return false;
        }
    }

    /// <summary>An earlier run may have left something.</summary>
    private async Task EmptyAsync(string name, SubQueue part)
    {
        await using var receiver = client!.CreateReceiver(name, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete, SubQueue = part });
        while ((await receiver.ReceiveMessagesAsync(100, Glance)).Count > 0)
        {
        }
    }

    private ServiceBusReceiver Receiver(string name, bool deadLetters) => receivers.GetOrAdd(
        (name, deadLetters),
        key => client!.CreateReceiver(key.Queue, new ServiceBusReceiverOptions { SubQueue = key.DeadLetters ? SubQueue.DeadLetter : SubQueue.None }));

    private sealed record ServiceBusDelivery(ServiceBusReceiver Receiver, ServiceBusReceivedMessage Received)
        : Delivery(Received.MessageId, JsonSerializer.Deserialize<WorkMessage>(Received.Body.ToMemory().Span, DocumentJson.Options)!, Received.DeliveryCount);
}
