using ServerlessSocial.Hosts.Local.Storage;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>
/// Calls queue functions with messages under lock, as the Functions host does: a message is removed when its function returns and
/// delivered again at once when it throws; after the queue's last delivery it is dead-lettered.
/// </summary>
internal sealed partial class QueuePump(IServiceProvider services, SqliteWorkQueue queue, StorageOutage outage, ILogger<QueuePump> log) : BackgroundService
{
    /// <summary>Messages of one queue that are worked on at the same time, as in <c>host.json</c>.</summary>
    private const int MaxConcurrentCalls = 16;

    /// <summary>Shorter than half of any queue's lock.</summary>
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Select(entry => PumpAsync(entry.Function, entry.Trigger.QueueName, stoppingToken)));

    private async Task PumpAsync(FunctionDescription function, string queueName, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var instance = services.GetRequiredService(function.Class);
        using var free = new SemaphoreSlim(MaxConcurrentCalls);
        while (!stoppingToken.IsCancellationRequested)
        {
            await free.WaitAsync(stoppingToken);
            var room = 1;
            while (room < MaxConcurrentCalls && free.Wait(0, CancellationToken.None))
            {
                room++;
            }

            IReadOnlyList<ReceivedMessage> received = [];
            try
            {
                received = await outage.WaitOutAsync(() => queue.ReceiveAsync(queueName, room, stoppingToken), stoppingToken);
            }
            finally
            {
                if (room > received.Count)
                {
                    free.Release(room - received.Count);
                }
            }

            foreach (var message in received)
            {
                _ = Task.Run(() => HandleAsync(function, instance, message, free, stoppingToken), CancellationToken.None);
            }
        }
    }

    private async Task HandleAsync(FunctionDescription function, object instance, ReceivedMessage message, SemaphoreSlim free, CancellationToken stoppingToken)
    {
        try
        {
            await InvokeUnderLockAsync(function, instance, message, stoppingToken);
            await queue.CompleteAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            await GiveBackAsync(function, message, exception, stoppingToken);
        }
        finally
        {
            Release(free);
        }
    }

    private async Task InvokeUnderLockAsync(FunctionDescription function, object instance, ReceivedMessage message, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var work = FunctionInvocation.InvokeAsync(function, instance, message.Message, lost.Token);
        while (!work.IsCompleted)
        {
            if (await Task.WhenAny(work, Task.Delay(RenewalInterval, CancellationToken.None)) == work)
            {
                break;
            }

            if (await queue.RenewAsync(message, CancellationToken.None) is { } renewed)
            {
                message = renewed;
            }
            else
            {
                await lost.CancelAsync();
                break;
            }
        }

        await work;
    }

    private async Task GiveBackAsync(FunctionDescription function, ReceivedMessage message, Exception exception, CancellationToken stoppingToken)
    {
        if (!stoppingToken.IsCancellationRequested)
        {
            Failed(log, exception, function.Name, message.DeliveryCount);
        }

        try
        {
            await queue.AbandonAsync(message, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception failure) when (failure is StorageException or ObjectDisposedException)
        {
            // The lock runs out by itself, and the message comes again.
            Failed(log, failure, function.Name, message.DeliveryCount);
        }
    }

    private static void Release(SemaphoreSlim free)
    {
        try
        {
            free.Release();
        }
        catch (ObjectDisposedException)
        {
            // The host stopped while this message was still being worked on.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} failed at delivery {Delivery}; the message comes again.")]
    private static partial void Failed(ILogger log, Exception exception, string function, int delivery);
}
