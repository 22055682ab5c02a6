using Amqp;
using Amqp.Framing;
using Amqp.Types;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>
/// A queue as Service Bus keeps it: messages in order, locks that expire, deliveries counted, ids remembered, schedules, dead letters.
/// Whoever uses it holds the broker's lock.
/// </summary>
internal sealed class BrokerQueue(QueueDefinition definition, BrokerQueue? deadLetters)
{
    private readonly SortedDictionary<long, Entry> ready = [];
    private readonly Dictionary<string, DateTime> seen = [];
    private readonly Dictionary<Guid, Entry> locked = [];
    private long last;

    /// <summary>Where messages go that failed too often; null for a dead-letter queue itself, which keeps what it has.</summary>
    public BrokerQueue? DeadLetters => deadLetters;

    /// <summary>Who wants messages.</summary>
    public List<BrokerConsumer> Consumers { get; } = [];

    /// <summary>Messages that are held, locked ones and those for later among them.</summary>
    public int Count => ready.Count + locked.Count;

    /// <summary>Whether messages are dead-lettered as they come, as if all their deliveries had failed.</summary>
    public bool IsExhausted { get; set; }

    /// <summary>Takes a message in, unless its id came within the duplicate window.</summary>
    public void Add(Message message, DateTime now)
    {
        if (message.Properties?.MessageId is { } id)
        {
            if (seen.TryGetValue(id, out var since) && since + definition.DuplicateDetectionWindow > now)
            {
                return;
            }

            seen[id] = now;
        }

        var due = message.MessageAnnotations?[(Symbol)"x-opt-scheduled-enqueue-time"] is DateTime moment && moment > now ? moment : now;
        var entry = new Entry(message, due);
        if (IsExhausted)
        {
            Bury(entry);
        }
        else
        {
            Enter(entry);
        }
    }

    /// <summary>Locks the next message that is due; null if there is none.</summary>
    /// <returns>The lock's token, and a copy of the message that says what the queue knows of it.</returns>
    public (Guid Token, Message Message)? Lock(DateTime now)
    {
        if (ready.Values.FirstOrDefault(entry => entry.Due <= now) is not { } entry)
        {
            return null;
        }

        ready.Remove(entry.Number);
        entry.LockedUntil = now + definition.LockDuration;
        var token = Guid.NewGuid();
        locked.Add(token, entry);
        return (token, entry.Copy());
    }

    /// <summary>Whether every lock is still held.</summary>
    public bool Holds(IEnumerable<Guid> tokens) => tokens.All(locked.ContainsKey);

    /// <summary>Holds a lock on from now.</summary>
    public DateTime Renew(Guid token, DateTime now) => locked[token].LockedUntil = now + definition.LockDuration;

    /// <summary>Ends a lock as its holder wishes; false if it is over.</summary>
    public bool Settle(Guid token, Settlement settlement)
    {
        if (!locked.Remove(token, out var entry))
        {
            return false;
        }

        switch (settlement)
        {
            case Settlement.Abandon:
                Fail(entry);
                break;
            case Settlement.DeadLetter:
                Bury(entry);
                break;
            case Settlement.Release:
                ready.Add(entry.Number, entry);
                break;
        }

        return true;
    }

    /// <summary>Gives back what nobody holds any longer.</summary>
    public void Expire(DateTime now)
    {
        foreach (var token in locked.Where(entry => entry.Value.LockedUntil <= now).Select(entry => entry.Key).ToList())
        {
            Settle(token, Settlement.Abandon);
        }
    }

    private void Fail(Entry entry)
    {
        if (++entry.Deliveries >= definition.MaxDeliveryCount)
        {
            Bury(entry);
        }
        else
        {
            ready.Add(entry.Number, entry);
        }
    }

    private void Bury(Entry entry)
    {
        if (deadLetters is null)
        {
            ready.Add(entry.Number, entry);
        }
        else
        {
            deadLetters.Enter(new Entry(entry.Message, entry.Due));
        }
    }

    private void Enter(Entry entry)
    {
        entry.Number = ++last;
        ready.Add(entry.Number, entry);
    }

    private sealed class Entry(Message message, DateTime due)
    {
        public Message Message => message;

        public DateTime Due => due;

        public long Number { get; set; }

        public uint Deliveries { get; set; }

        public DateTime LockedUntil { get; set; }

        public Message Copy()
        {
            var copy = Message.Decode(message.Encode());
            copy.Header ??= new Header();
            copy.Header.DeliveryCount = Deliveries;
            copy.MessageAnnotations ??= new MessageAnnotations();
            copy.MessageAnnotations[(Symbol)"x-opt-sequence-number"] = Number;
            copy.MessageAnnotations[(Symbol)"x-opt-enqueued-time"] = due;
            copy.MessageAnnotations[(Symbol)"x-opt-locked-until"] = LockedUntil;
            return copy;
        }
    }
}

/// <summary>How the holder of a lock ends it.</summary>
internal enum Settlement
{
    /// <summary>The work is done.</summary>
    Complete,

    /// <summary>The work failed: the delivery counts.</summary>
    Abandon,

    /// <summary>Never try again.</summary>
    DeadLetter,

    /// <summary>Nobody looked at it: the delivery does not count.</summary>
    Release,
}
