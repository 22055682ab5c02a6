using Amqp;
using Amqp.Listener;

namespace ServerlessSocial.ContractTests.ServiceBus;

/// <summary>A receiver's link.</summary>
internal sealed class BrokerConsumer(ListenerLink link, BrokerQueue queue)
{
    /// <summary>The link.</summary>
    public ListenerLink Link => link;

    /// <summary>What it receives from.</summary>
    public BrokerQueue Queue => queue;

    /// <summary>How many more messages it asked for.</summary>
    public int Credit { get; set; }

    /// <summary>Locks of what it was handed and has not settled.</summary>
    public Dictionary<Message, Guid> Deliveries { get; } = new(ReferenceEqualityComparer.Instance);
}
