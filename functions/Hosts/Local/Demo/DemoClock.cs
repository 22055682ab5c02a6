namespace ServerlessSocial.Hosts.Local.Demo;

/// <summary>
/// The clock of a host that makes the demonstration: it begins some days ago and is put forward until it shows the present, so that the network looks as if people
/// had written in it for a while, and everything in it, ids included, is made by the product's own code. It never goes back, and there is no way to it from outside.
/// </summary>
/// <param name="start">What it shows first, not after the present.</param>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long behind = Math.Max(0, (System.GetUtcNow() - start).Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref behind));

    /// <summary>Puts the clock forward to a time, at most to the present; a time that has passed leaves it as it is.</summary>
    public void GoTo(DateTimeOffset time)
    {
        var wanted = Math.Max(0, (System.GetUtcNow() - time).Ticks);
        if (wanted < Interlocked.Read(ref behind))
        {
            Interlocked.Exchange(ref behind, wanted);
        }
    }
}
