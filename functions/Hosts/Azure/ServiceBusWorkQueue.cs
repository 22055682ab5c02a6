using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// The queue port over Azure Service Bus. Message ids are deterministic and the queues detect duplicates; the client retries transient
/// faults, and what it gives up on is thrown, so that whoever sends tries again.
/// </summary>
public sealed class ServiceBusWorkQueue(ServiceBusClient client, IEnumerable<QueueDefinition> queues) : IWorkQueue, IAsyncDisposable
{
    private readonly HashSet<string> declared = [.. queues.Select(queue => queue.Name)];
    private readonly ConcurrentDictionary<string, ServiceBusSender> senders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A queue is not declared.</exception>
    public async ValueTask SendAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellationToken)
    {
        if (items.FirstOrDefault(item => !declared.Contains(item.Queue)) is { } stray)
        {
            throw new ArgumentException($"Queue '{stray.Queue}' is not declared.", nameof(items));
        }

        foreach (var queue in items.GroupBy(item => item.Queue))
        {
            await SendAsync(senders.GetOrAdd(queue.Key, client.CreateSender), queue, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sender in senders.Values)
        {
            await sender.DisposeAsync();
        }
    }

    /// <summary>Sends in as few batches as their size limit allows.</summary>
    private static async Task SendAsync(ServiceBusSender sender, IEnumerable<WorkItem> items, CancellationToken cancellationToken)
    {
        var batch = await sender.CreateMessageBatchAsync(cancellationToken);
        try
        {
            foreach (var message in items.Select(Message))
            {
                if (batch.TryAddMessage(message))
                {
                    continue;
                }

                await sender.SendMessagesAsync(batch, cancellationToken);
                batch.Dispose();
                batch = await sender.CreateMessageBatchAsync(cancellationToken);
                if (!batch.TryAddMessage(message))
                {
                    throw new InvalidOperationException($"Message {message.MessageId} is larger than a batch may be.");
                }
            }

            if (batch.Count > 0)
            {
                await sender.SendMessagesAsync(batch, cancellationToken);
            }
        }
        finally
        {
            batch.Dispose();
        }
    }

    private static ServiceBusMessage Message(WorkItem item)
    {
        var message = new ServiceBusMessage(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(item.Message, DocumentJson.Options)))
        {
            MessageId = item.MessageId,
            ContentType = "application/json",
            Subject = item.Queue,
        };
        if (item.NotBefore is { } moment)
        {
            message.ScheduledEnqueueTime = moment;
        }

        if (item.Message.TraceParent is { } traceParent)
        {
            // The name that the SDK, the Functions host and this product's workers all read (W3C Trace Context over AMQP).
            message.ApplicationProperties["Diagnostic-Id"] = traceParent;
            message.ApplicationProperties["traceparent"] = traceParent;
        }

        return message;
    }
}
