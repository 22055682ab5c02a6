using System.Reflection;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>Calls change-feed functions with changed documents, in order, again and again until they succeed.</summary>
internal sealed partial class ChangeFeedPump(IServiceProvider services, IChangeSource changes, SqliteLeases leases, StorageOutage outage, TimeProvider time, ILogger<ChangeFeedPump> log) : BackgroundService
{
    private const int BatchSize = 200;

    /// <summary>Pause after the changes could not be read.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FunctionCatalog.TriggeredBy<CosmosDBTriggerAttribute>().Select(entry => FollowAsync(entry.Function, entry.Trigger, stoppingToken)));

    private Task FollowAsync(FunctionDescription function, CosmosDBTriggerAttribute trigger, CancellationToken stoppingToken)
    {
        var documentType = function.Parameter.ParameterType.GetGenericArguments()[0];
        var retry = function.Method.GetCustomAttribute<ExponentialBackoffRetryAttribute>()
            ?? throw new InvalidOperationException($"{function.Name} must carry a retry policy: the change feed does not repeat a failed batch by itself.");
        return (Task)GetType().GetMethod(nameof(FollowTypedAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(documentType)
            .Invoke(this, [function, trigger, retry, stoppingToken])!;
    }

    private async Task FollowTypedAsync<T>(FunctionDescription function, CosmosDBTriggerAttribute trigger, ExponentialBackoffRetryAttribute retry, CancellationToken stoppingToken)
        where T : Document, IDocument<T>
    {
        await Task.Yield();
        if (T.Container.Name != trigger.ContainerName)
        {
            throw new InvalidOperationException($"{function.Name} follows {trigger.ContainerName}, and its documents live in {T.Container.Name}.");
        }

        var instance = services.GetRequiredService(function.Class);
        var lease = changes.LeaseOf(function.Name);
        var position = await leases.GetAsync(lease, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var page = await ReadAsync<T>(function, position, stoppingToken);
            if (page.Documents.Count > 0)
            {
                await InvokeUntilDoneAsync(function, instance, page.Documents, retry, stoppingToken);
                position = page.Position;
                await outage.WaitOutAsync(() => leases.SetAsync(lease, position!, stoppingToken), stoppingToken);
            }
            else
            {
                await changes.WaitForChangesAsync(T.Container, position, stoppingToken);
            }
        }
    }

    /// <summary>Reads on; a store that is away for a while is asked again.</summary>
    private async Task<ChangePage<T>> ReadAsync<T>(FunctionDescription function, string? position, CancellationToken stoppingToken)
        where T : Document, IDocument<T>
    {
        while (true)
        {
            try
            {
                return await changes.ReadChangesAsync<T>(position, BatchSize, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotRead(log, exception, function.Name, Outage);
                await Task.Delay(Outage, time, stoppingToken);
            }
        }
    }

    private async Task InvokeUntilDoneAsync(FunctionDescription function, object instance, object changed, ExponentialBackoffRetryAttribute retry, CancellationToken stoppingToken)
    {
        var delay = TimeSpan.Parse(retry.MinimumInterval, null);
        var longest = TimeSpan.Parse(retry.MaximumInterval, null);
        while (true)
        {
            try
            {
                await FunctionInvocation.InvokeAsync(function, instance, changed, stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, exception, function.Name, delay);
                await Task.Delay(delay, stoppingToken);
                delay = delay * 2 < longest ? delay * 2 : longest;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Changes for {Function} could not be read; they are asked for again in {Delay}.")]
    private static partial void NotRead(ILogger log, Exception exception, string function, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed and runs again in {Delay}.")]
    private static partial void Failed(ILogger log, Exception exception, string function, TimeSpan delay);
}
