// The official trigger attributes, in their namespace and with the members this product uses. The Azure build leaves this
// file out and references the packages instead, so that function classes are the same source text in both hosts.
#pragma warning disable CA1019, CA1813, CA1819 // The shape is Microsoft's.

using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    /// <summary>Base of all trigger attributes.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : Attribute;
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>Marks a method as a function.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FunctionAttribute(string name) : Attribute
    {
        /// <summary>Name of the function, unique in the application.</summary>
        public string Name { get; } = name;
    }

    /// <summary>Whether the Functions host itself asks for a key. This product authenticates callers by bearer tokens instead.</summary>
    public enum AuthorizationLevel
    {
        /// <summary>No key.</summary>
        Anonymous = 0,
    }

    /// <summary>Runs a function for HTTP requests.</summary>
    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
    {
        /// <summary>Whether a key is asked for.</summary>
        public AuthorizationLevel AuthLevel { get; } = authLevel;

        /// <summary>HTTP methods, lower case.</summary>
        public string[] Methods { get; } = methods;

        /// <summary>Route below the prefix in <c>host.json</c>.</summary>
        public string? Route { get; set; }
    }

    /// <summary>Runs a function for messages of a queue.</summary>
    public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute
    {
        /// <summary>Name of the queue, or <c>queue/$deadletterqueue</c>.</summary>
        public string QueueName { get; } = queueName;

        /// <summary>Settings section of the namespace; unused here.</summary>
        public string? Connection { get; set; }
    }

    /// <summary>Runs a function for changed documents of a container.</summary>
    public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : TriggerBindingAttribute
    {
        /// <summary>Name of the database; unused here.</summary>
        public string DatabaseName { get; } = databaseName;

        /// <summary>Name of the container whose changes are followed.</summary>
        public string ContainerName { get; } = containerName;

        /// <summary>Settings section of the account; unused here.</summary>
        public string? Connection { get; set; }

        /// <summary>Container that remembers how far each function has come; unused here.</summary>
        public string? LeaseContainerName { get; set; }

        /// <summary>Keeps functions apart that share a lease container; here the key of the function's position.</summary>
        public string? LeaseContainerPrefix { get; set; }

        /// <summary>Whether the first start begins with the oldest change; it always does here.</summary>
        public bool StartFromBeginning { get; set; }

        /// <summary>Milliseconds between polls; unused here, changes are signalled.</summary>
        public int FeedPollDelay { get; set; }
    }

    /// <summary>Repeats a failed invocation with growing delays.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) : Attribute
    {
        /// <summary>How often; -1 for ever.</summary>
        public int MaxRetryCount { get; } = maxRetryCount;

        /// <summary>First delay.</summary>
        public string MinimumInterval { get; } = minimumInterval;

        /// <summary>Longest delay.</summary>
        public string MaximumInterval { get; } = maximumInterval;
    }

    /// <summary>Runs a function on a schedule.</summary>
    public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
    {
        /// <summary>NCRONTAB expression with seconds, UTC.</summary>
        public string Schedule { get; } = schedule;
    }

    /// <summary>What a timer function learns about its schedule.</summary>
    public class TimerInfo
    {
        /// <summary>Whether this run is late.</summary>
        public bool IsPastDue { get; set; }
    }
}
