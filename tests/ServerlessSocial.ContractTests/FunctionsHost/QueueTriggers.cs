using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>Calls functions for messages of their queues, with a processor of the SDK each, set up as <c>host.json</c> says.</summary>
internal sealed class QueueTriggers : IAsyncDisposable
{
    private readonly ServiceBusClient client;
    private readonly List<ServiceBusProcessor> processors = [];

    private QueueTriggers(ServiceBusClient client) => this.client = client;

    /// <summary>Starts receiving.</summary>
    public static async Task<QueueTriggers> StartAsync(
        StandInHost host, IReadOnlyList<Function> functions, StandInHostOptions options, CancellationToken cancellationToken)
    {
        var triggers = new QueueTriggers(new ServiceBusClient(options.Settings["ServiceBus"]));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(options.Folder, "host.json"), cancellationToken))!["extensions"]!["serviceBus"]!;
        foreach (var function in functions.Where(function => function.TriggerType == "serviceBusTrigger"))
        {
            var processor = triggers.client.CreateProcessor(function.Setting("queueName"), new ServiceBusProcessorOptions
            {
                AutoCompleteMessages = (bool)settings["autoCompleteMessages"]!,
                MaxConcurrentCalls = (int)settings["maxConcurrentCalls"]!,
                PrefetchCount = (int)settings["prefetchCount"]!,
                MaxAutoLockRenewalDuration = TimeSpan.Parse((string)settings["maxAutoLockRenewalDuration"]!, CultureInfo.InvariantCulture),
            });
            processor.ProcessMessageAsync += delivery => RunAsync(host, function, delivery, cancellationToken);
            processor.ProcessErrorAsync += error =>
            {
                if (error.ErrorSource != ServiceBusErrorSource.ProcessMessageCallback && !cancellationToken.IsCancellationRequested)
                {
                    options.Log($"{function.Name}: {error.ErrorSource}: {error.Exception.Message}");
                }

                return Task.CompletedTask;
            };
            await processor.StartProcessingAsync(cancellationToken);
            triggers.processors.Add(processor);
        }

        return triggers;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The connection first: a host that dies settles nothing.
        await client.DisposeAsync();
        await Task.WhenAll(processors.Select(async processor =>
        {
            try
            {
                await processor.StopProcessingAsync();
            }
            catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException or ServiceBusException or OperationCanceledException)
            {
                // It has no connection any more, as was wanted.
            }
        }));
    }

    /// <summary>Runs the function; what it throws gives the message back. A host that is killed does not even do that.</summary>
    private static async Task RunAsync(StandInHost host, Function function, ProcessMessageEventArgs delivery, CancellationToken killed)
    {
        KeyValuePair<string, string>[] metadata =
        [
            new("MessageId", delivery.Message.MessageId),
            new("DeliveryCount", delivery.Message.DeliveryCount.ToString(CultureInfo.InvariantCulture)),
        ];
        await host.InvokeAsync(function, new TypedData { String = delivery.Message.Body.ToString() }, metadata).WaitAsync(killed);
    }
}
