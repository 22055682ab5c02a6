namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// A token bucket, as a count of what was used: <paramref name="Burst"/> units may be used, and what was used is forgotten at
/// <paramref name="PerSecond"/>. An empty count and a full bucket are the same, so whoever has not been here for long needs no document.
/// </summary>
/// <param name="Burst">Units of a full bucket, at least 1.</param>
/// <param name="PerSecond">Units that come back in a second, above 0.</param>
public readonly record struct Rate(double Burst, double PerSecond)
{
    /// <summary>What an instance lets pass of what is left before it settles with the others.</summary>
    private const double CreditShare = 0.25;

    /// <summary>Seconds in which an empty bucket fills.</summary>
    public double Window => Burst / PerSecond;

    /// <summary>What of the use is not forgotten yet after a while; clocks that disagree forget nothing.</summary>
    public double After(double used, TimeSpan passed) => Math.Max(0, used - (PerSecond * Math.Max(0, passed.TotalSeconds)));

    /// <summary>What is taken for so many units: what is more than a full bucket takes all of a full one.</summary>
    public double Taken(double units) => Math.Min(units, Burst);

    /// <summary>Whether so many units are left.</summary>
    public bool Has(double used, double units) => used + Taken(units) <= Burst + 1e-6;

    /// <summary>How long it takes until so many units are left.</summary>
    public TimeSpan WaitFor(double used, double units) => TimeSpan.FromSeconds(Math.Max(0, (used + Taken(units) - Burst) / PerSecond));

    /// <summary>
    /// Units that an instance lets pass on credit: a quarter of what it knows to be left, so that it settles the more often the emptier the bucket
    /// is, and at least what comes back in a second, so that somebody who never stops costs about a write a second.
    /// </summary>
    public double Credit(double used) => Math.Max((Burst - used) * CreditShare, Math.Max(1, PerSecond));
}
