namespace ServerlessSocial.Platform.Limits;

/// <summary>How a bucket stands.</summary>
/// <param name="Granted">Whether what was asked for is, or was, there.</param>
/// <param name="Left">Units left.</param>
/// <param name="Wait">When refused, how long it takes until enough is there; otherwise until the bucket is full.</param>
internal readonly record struct BucketState(bool Granted, double Left, TimeSpan Wait);

/// <summary>
/// What an instance knows of a caller's use: what was settled with the others through the caller's document, and what this instance has let pass
/// on credit since.
/// </summary>
internal sealed class Tab(DateTimeOffset opened)
{
    private readonly Lock gate = new();
    private readonly double[] used = new double[Enum.GetValues<Bucket>().Length];
    private readonly double[] credit = new double[Enum.GetValues<Bucket>().Length];
    private DateTimeOffset at = opened;
    private DateTimeOffset settleFrom = opened;
    private LimitDocument? known;
    private bool settling;

    /// <summary>Takes units from a bucket if they are there.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="units">Units; 0 only looks.</param>
    /// <param name="asked">Units that must be there.</param>
    /// <param name="rates">The caller's rates.</param>
    /// <param name="now">The present.</param>
    /// <returns>How the bucket stands, and whether it is up to whoever took this to settle.</returns>
    public (BucketState State, bool Settle) Take(Bucket bucket, double units, double asked, IReadOnlyList<Rate> rates, DateTimeOffset now)
    {
        var (i, rate) = ((int)bucket, rates[(int)bucket]);
        lock (gate)
        {
            Forget(rates, now);
            if (!rate.Has(used[i], asked))
            {
                return (new(false, Math.Max(0, rate.Burst - used[i]), rate.WaitFor(used[i], asked)), false);
            }

            used[i] += rate.Taken(units);
            credit[i] += rate.Taken(units);
            var settle = !settling && now >= settleFrom && credit[i] > 0 && credit[i] >= rate.Credit(Math.Max(0, used[i] - credit[i]));
            settling |= settle;
            return (new(true, rate.Burst - used[i], rate.WaitFor(used[i], rate.Burst)), settle);
        }
    }

    /// <summary>What is to be settled: the document as this instance knows it, and units by the bucket's number.</summary>
    public (LimitDocument? Known, double[] Units) ToSettle()
    {
        lock (gate)
        {
            return (known, [.. credit]);
        }
    }

    /// <summary>Notes what was settled: the document says what all instances together let pass.</summary>
    public void Settled(LimitDocument stored, IReadOnlyList<double> units, IReadOnlyList<Rate> rates, DateTimeOffset now)
    {
        lock (gate)
        {
            Forget(rates, now);
            for (var i = 0; i < used.Length; i++)
            {
                credit[i] = Math.Max(0, credit[i] - units[i]);
                used[i] = stored.UsedAt((Bucket)i, rates[i], now) + credit[i];
            }

            (known, settling) = (stored, false);
        }
    }

    /// <summary>Notes that the store is away: until it is asked again, this instance counts by itself.</summary>
    public void NotSettled(DateTimeOffset askAgain)
    {
        lock (gate)
        {
            (known, settling, settleFrom) = (null, false, askAgain);
        }
    }

    private void Forget(IReadOnlyList<Rate> rates, DateTimeOffset now)
    {
        if (now <= at)
        {
            return;
        }

        for (var i = 0; i < used.Length; i++)
        {
            used[i] = rates[i].After(used[i], now - at);

            // What is forgotten need not be settled: who does something now and then never costs a write.
            credit[i] = Math.Min(credit[i], used[i]);
        }

        at = now;
    }
}
