using Microsoft.Extensions.Options;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// Answers those late who go on although they are refused: the first ten refusals at once, then one in a tenth of a second. A script that asks again
/// as soon as it is answered thus takes ten small answers a second and not thousands, and the processor is left to others. Only so many are held
/// back at once, because each occupies a place of the instance's; all others are answered at once.
/// </summary>
public sealed class LateRefusals(IOptions<LimitOptions> options, TimeProvider time)
{
    private readonly Pacing pacing = new(10, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), time);
    private int held;

    /// <summary>Waits until a refusal may be answered.</summary>
    /// <param name="caller">Who is refused.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task WaitAsync(object caller, CancellationToken cancellationToken)
    {
        if (pacing.Next(caller) is not { } moment)
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref held) <= options.Value.LateRefusals)
            {
                await Task.Delay(moment - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero, time, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }
}
