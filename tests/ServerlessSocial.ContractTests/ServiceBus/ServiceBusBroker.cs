using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using Amqp.Sasl;
using Amqp.Types;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>
/// A Service Bus namespace on the loopback interface: as much of its AMQP dialect as the SDK's senders, receivers and processors speak.
/// That is AMQP 1.0 with <c>$cbs</c> (claims, accepted unseen), batches in one message (format 0x80013700), lock tokens as delivery tags,
/// and renewing and settling by <c>$management</c>. Sessions, topics, transactions and rules are missing.
/// </summary>
public sealed class ServiceBusBroker : IContainer, IHandler, IDisposable
{
    private const string DeadLetterSuffix = "/$deadletterqueue";
    private const string Claims = "$cbs";
    private const string ManagementSuffix = "/$management";
    private const uint BatchFormat = 0x80013700;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>The lock of the message that this thread is sending.</summary>
    private static readonly ThreadLocal<Guid?> Sending = new();

    private readonly Lock gate = new();
    private readonly Dictionary<string, BrokerQueue> queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(ListenerConnection Connection, string Address), ListenerLink> replies = [];
    private readonly ConnectionListener listener;
    private readonly Timer clock;

    /// <summary>Opens a namespace with these queues on a free port.</summary>
    public ServiceBusBroker(IEnumerable<QueueDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            var deadLetters = new BrokerQueue(definition with { MaxDeliveryCount = int.MaxValue, DuplicateDetectionWindow = TimeSpan.Zero }, null);
            queues.Add(definition.Name, new BrokerQueue(definition, deadLetters));
            queues.Add(definition.Name + DeadLetterSuffix, deadLetters);
        }

        var port = FreePort();
        ConnectionString = $"Endpoint=sb://localhost:{port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";
        listener = new ConnectionListener(new Address($"amqp://127.0.0.1:{port}"), this) { HandlerFactory = _ => this };
        listener.SASL.EnableMechanism("MSSBCBS", SaslProfile.Anonymous);
        listener.AMQP.MaxFrameSize = 64 * 1024;
        listener.Open();
        clock = new Timer(_ => LetTimePass(), null, Tick, Tick);
    }

    /// <summary>How the SDK reaches it.</summary>
    public string ConnectionString { get; }

    /// <inheritdoc/>
    X509Certificate2? IContainer.ServiceCertificate => null;

    /// <inheritdoc/>
    IDictionary<string, TransportProvider> IContainer.CustomTransports { get; } = new Dictionary<string, TransportProvider>();

    /// <summary>Messages by queue, where there are any; dead-letter queues under their own names.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (gate)
        {
            return queues.Where(queue => queue.Value.Count > 0).ToDictionary(queue => queue.Key, queue => queue.Value.Count);
        }
    }

    /// <summary>Has a queue dead-letter what comes, as if all deliveries had failed; or no longer.</summary>
    public void Exhaust(string queue, bool isExhausted)
    {
        lock (gate)
        {
            queues[queue].IsExhausted = isExhausted;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        clock.Dispose();
        listener.Close();
    }

    /// <inheritdoc/>
    Message IContainer.CreateMessage(ByteBuffer buffer) => Message.Decode(buffer);

    /// <inheritdoc/>
    Link IContainer.CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => new ListenerLink(session, attach);

    /// <inheritdoc/>
    bool IContainer.AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach)
    {
        var own = (ListenerLink)link;
        var address = (attach.Role ? ((Source)attach.Source).Address : ((Target)attach.Target).Address).TrimStart('/');
        if (address == Claims || address.EndsWith(ManagementSuffix, StringComparison.Ordinal))
        {
            AttachRequests(connection, own, attach, address);
        }
        else if (!queues.TryGetValue(address, out var queue))
        {
            throw new AmqpException(new Error(ErrorCode.NotFound) { Description = $"There is no queue '{address}'." });
        }
        else if (attach.Role)
        {
            AttachReceiver(own, queue);
        }
        else
        {
            attach.MaxMessageSize = 256 * 1024;
            own.InitializeReceiver(200, (at, message, _, _) => Receive(at, queue, message), null);
        }

        return true;
    }

    /// <inheritdoc/>
    bool IHandler.CanHandle(EventId id) => id == EventId.SendDelivery;

    /// <inheritdoc/>
    void IHandler.Handle(Event protocolEvent)
    {
        if (protocolEvent.Context is IDelivery delivery && Sending.Value is { } token)
        {
            delivery.Tag = token.ToByteArray();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static Message Decode(Data data) => Message.Decode(new ByteBuffer(data.Binary, 0, data.Binary.Length, data.Binary.Length));

    private static Message Answer(int status, Map? body = null, string? condition = null)
    {
        var answer = new Message { ApplicationProperties = new ApplicationProperties { ["status-code"] = status, ["statusCode"] = status } };
        if (condition is not null)
        {
            answer.ApplicationProperties["errorCondition"] = (Symbol)condition;
            answer.ApplicationProperties["statusDescription"] = condition;
        }

        if (body is not null)
        {
            answer.BodySection = new AmqpValue { Value = body };
        }

        return answer;
    }

    private void AttachReceiver(ListenerLink link, BrokerQueue queue)
    {
        var consumer = new BrokerConsumer(link, queue);
        link.InitializeSender((credit, _, _) => Credit(consumer, credit), (message, state, settled, _) => Settle(consumer, message, state, settled), null);
        link.Closed += (_, _) =>
        {
            lock (gate)
            {
                queue.Consumers.Remove(consumer);
            }
        };
        lock (gate)
        {
            queue.Consumers.Add(consumer);
        }
    }

    private void AttachRequests(ListenerConnection connection, ListenerLink link, Attach attach, string address)
    {
        if (attach.Role)
        {
            lock (gate)
            {
                replies[(connection, ((Target)attach.Target).Address)] = link;
            }

            link.InitializeSender((_, _, _) => { }, (_, _, _, _) => { }, null);
            return;
        }

        link.InitializeReceiver(
            50,
            (at, request, _, _) =>
            {
                at.DisposeMessage(request, new Accepted(), settled: true);
                var answer = address == Claims ? Answer(202) : Manage(queues[address[..^ManagementSuffix.Length]], request);
                answer.Properties = new Properties { CorrelationId = request.Properties.MessageId };
                ListenerLink? reply;
                lock (gate)
                {
                    replies.TryGetValue((connection, request.Properties.ReplyTo), out reply);
                }

                reply?.SendMessage(answer);
            },
            null);
    }

    /// <summary>What the SDK asks about locks it holds: to renew them, or to settle what it can no longer settle on the link it came by.</summary>
    private Message Manage(BrokerQueue queue, Message request)
    {
        var operation = (string)request.ApplicationProperties["operation"];
        if (operation is not ("com.microsoft:renew-lock" or "com.microsoft:update-disposition"))
        {
            return Answer(501, condition: "amqp:not-implemented");
        }

        var body = (Map)request.Body;
        var tokens = (Guid[])body["lock-tokens"];
        lock (gate)
        {
            if (!queue.Holds(tokens))
            {
                return Answer(410, condition: "com.microsoft:message-lock-lost");
            }

            if (operation == "com.microsoft:renew-lock")
            {
                return Answer(200, new Map { ["expirations"] = tokens.Select(token => queue.Renew(token, DateTime.UtcNow)).ToArray() });
            }

            foreach (var token in tokens)
            {
                queue.Settle(token, (string)body["disposition-status"] switch
                {
                    "suspended" => Settlement.DeadLetter,
                    "abandoned" => Settlement.Abandon,
                    _ => Settlement.Complete,
                });
            }

            return Answer(200);
        }
    }

    private void Receive(ListenerLink link, BrokerQueue queue, Message message)
    {
        var messages = (message.Format, message.BodySection) switch
        {
            (BatchFormat, DataList list) => Enumerable.Range(0, list.Count).Select(i => Decode(list[i])),
            (BatchFormat, Data data) => [Decode(data)],
            _ => [message],
        };
        lock (gate)
        {
            foreach (var one in messages)
            {
                queue.Add(one, DateTime.UtcNow);
            }
        }

        link.DisposeMessage(message, new Accepted(), settled: true);
        DeliverWithDeadLetters(queue);
    }

    private void Credit(BrokerConsumer consumer, int credit)
    {
        lock (gate)
        {
            consumer.Credit = Math.Max(0, consumer.Credit + credit);
        }

        Deliver(consumer.Queue);
    }

    private void Settle(BrokerConsumer consumer, Message message, DeliveryState state, bool settled)
    {
        var queue = consumer.Queue;
        lock (gate)
        {
            if (!consumer.Deliveries.Remove(message, out var token))
            {
                return;
            }

            if (settled)
            {
                // The SDK hands back so what came when nobody was waiting any more.
                queue.Settle(token, Settlement.Release);
            }
            else
            {
                var held = queue.Settle(token, state switch { Accepted => Settlement.Complete, Rejected => Settlement.DeadLetter, _ => Settlement.Abandon });
                var lost = new Rejected { Error = new Error("com.microsoft:message-lock-lost") { Description = "The lock has expired." } };
                consumer.Link.DisposeMessage(message, held ? state : lost, settled: true);
            }
        }

        DeliverWithDeadLetters(queue);
    }

    private void LetTimePass()
    {
        lock (gate)
        {
            foreach (var queue in queues.Values)
            {
                queue.Expire(DateTime.UtcNow);
                Deliver(queue);
                foreach (var consumer in queue.Consumers.Where(consumer => consumer.Link.IsDraining))
                {
                    consumer.Credit = 0;
                    consumer.Link.CompleteDrain();
                }
            }
        }
    }

    private void DeliverWithDeadLetters(BrokerQueue queue)
    {
        Deliver(queue);
        if (queue.DeadLetters is { } deadLetters)
        {
            Deliver(deadLetters);
        }
    }

    /// <summary>Hands out what is due, to everybody in turn.</summary>
    private void Deliver(BrokerQueue queue)
    {
        lock (gate)
        {
            while (queue.Consumers.Find(consumer => consumer.Credit > 0 && !consumer.Link.IsClosed) is { } consumer
                && queue.Lock(DateTime.UtcNow) is { } locked)
            {
                queue.Consumers.Remove(consumer);
                queue.Consumers.Add(consumer);
                consumer.Credit--;
                if (consumer.Link.SettleOnSend)
                {
                    queue.Settle(locked.Token, Settlement.Complete);
                }
                else
                {
                    consumer.Deliveries[locked.Message] = locked.Token;
                }

                Sending.Value = locked.Token;
                consumer.Link.SendMessage(locked.Message);
                Sending.Value = null;
            }
        }
    }
}
