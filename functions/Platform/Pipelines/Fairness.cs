using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Settings section <c>Fairness</c>: how the work of one account makes room for that of others.</summary>
public sealed class FairnessOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Fairness";

    /// <summary>Pieces of work of an account that are sent on at once, at least 1.</summary>
    public int AtOnce { get; set; } = 5;

    /// <summary>By how much each further one comes later than the one before, above zero.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => AtOnce >= 1 && Pause > TimeSpan.Zero;
}

/// <summary>
/// Spreads the work of an account over time where it is dispatched, so that queues, which know no accounts, still take turns: the first pieces go
/// at once, and each further one is scheduled behind the one before, the later the more of them wait. The changes of one partition come to one
/// instance at a time, so that its memory is enough; after a restart an account may have some pieces at once again.
/// </summary>
public sealed class Fairness(IOptions<FairnessOptions> options, TimeProvider time)
{
    /// <summary>No piece is put off for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Pacing pacing = new(options.Value.AtOnce, options.Value.Pause, Longest, time);

    /// <summary>When the next piece of an account's work for a queue may be delivered; null at once.</summary>
    public DateTimeOffset? NotBefore(string queue, string accountId) => pacing.Next((queue, accountId));
}
