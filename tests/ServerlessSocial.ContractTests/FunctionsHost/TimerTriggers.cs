using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>Calls functions of timers again and again.</summary>
internal sealed class TimerTriggers : IAsyncDisposable
{
    /// <summary>What a timer's function is told.</summary>
    public const string State = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";

    private readonly Task running;

    /// <summary>Starts calling.</summary>
    public TimerTriggers(StandInHost host, IReadOnlyList<Function> functions, TimeSpan period, CancellationToken cancellationToken) =>
        running = Task.WhenAll(functions.Where(function => function.TriggerType == "timerTrigger").Select(function => RunAsync(host, function, period, cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await running;

    private static async Task RunAsync(StandInHost host, Function function, TimeSpan period, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(period, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await host.InvokeAsync(function, new TypedData { Json = State }, []).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is FunctionFailedException or IOException or TimeoutException or OperationCanceledException)
            {
                // The next time comes; the host has logged it.
            }
        }
    }
}
