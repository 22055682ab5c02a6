using NCrontab;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>Calls timer functions on their schedules (NCRONTAB with seconds, UTC).</summary>
public sealed partial class TimerPump(IServiceProvider services, TimeProvider time, ILogger<TimerPump> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FunctionCatalog.TriggeredBy<TimerTriggerAttribute>().Select(entry => RunAsync(entry.Function, entry.Trigger, stoppingToken)));

    private async Task RunAsync(FunctionDescription function, TimerTriggerAttribute trigger, CancellationToken stoppingToken)
    {
        var schedule = CrontabSchedule.Parse(trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        var instance = services.GetRequiredService(function.Class);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, time, stoppingToken);
            try
            {
                await FunctionInvocation.InvokeAsync(function, instance, new TimerInfo(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, exception, function.Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; it runs again at its next time.")]
    private static partial void Failed(ILogger log, Exception exception, string function);
}
