using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Graph;

/// <summary>
/// Into how many buckets a profile's followers are divided: a power of two, so that a bucket splits into two and nobody else moves.
/// While followers move, <see cref="Buckets"/> stays the division that is read, and it is complete at every moment.
/// </summary>
/// <param name="Buckets">The division that is read.</param>
public sealed record FollowerLayout(int Buckets)
{
    /// <summary>The division of profiles from before it grew with the audience: they hold none of their own.</summary>
    public static FollowerLayout Original { get; } = new(16);

    /// <summary>The division of a new profile.</summary>
    public static FollowerLayout Smallest { get; } = new(1);

    /// <summary>The division followers are being copied to; new ones are written to both. Null when nothing moves.</summary>
    public int? Next { get; init; }

    /// <summary>The division before, whose leftovers are being cleared away. Null when nothing is left.</summary>
    public int? Before { get; init; }

    /// <summary>Counts the steps of all moves, so that a division that came back is not taken for one that never went away.</summary>
    public int Steps { get; init; }

    /// <summary>Whether a move is under way.</summary>
    [JsonIgnore]
    public bool IsMoving => Next is not null || Before is not null;

    /// <summary>The layout with a move begun.</summary>
    public FollowerLayout MovingTo(int buckets) => this with { Next = buckets, Steps = Steps + 1 };

    /// <summary>The layout after the present step of a move: everyone is where they will be, or everything is cleared away.</summary>
    public FollowerLayout Advanced() => this with { Buckets = Next ?? Buckets, Next = null, Before = Next is null ? null : Buckets, Steps = Steps + 1 };

    /// <summary>Bucket of a follower under a division: from the random end of the id, which is evenly spread.</summary>
    public static int HomeOf(string followerId, int buckets) =>
        int.Parse(followerId.AsSpan(followerId.Length - 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & (buckets - 1);

    /// <summary>The division for a number of followers, given the present one: grows at once, shrinks only when far too large. Pure.</summary>
    /// <param name="followers">How many follow.</param>
    /// <param name="present">Buckets now.</param>
    /// <param name="perBucket">Followers a bucket is meant for.</param>
    /// <param name="most">Most buckets.</param>
    public static int For(long followers, int present, int perBucket, int most)
    {
        var fitting = (int)Math.Min((ulong)most, BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, (followers + perBucket - 1) / perBucket)));
        return fitting > present || fitting * 8 <= present ? fitting : present;
    }

    /// <summary>Buckets that hold the followers of one bucket of another division. Pure.</summary>
    /// <param name="share">The bucket of the other division.</param>
    public IEnumerable<int> Covering(FollowerShare share)
    {
        for (var bucket = share.Bucket & (Buckets - 1); bucket < Buckets; bucket += Math.Min(share.Buckets, Buckets))
        {
            yield return bucket;
        }
    }

    /// <summary>Buckets a new follower is written to.</summary>
    public IEnumerable<int> WrittenFor(string followerId) => Distinct(followerId, Buckets, Next, null);

    /// <summary>Buckets in which a follower may stand.</summary>
    public IEnumerable<int> HeldFor(string followerId) => Distinct(followerId, Buckets, Next, Before);

    private static IEnumerable<int> Distinct(string followerId, int buckets, int? next, int? before) =>
        new int?[] { buckets, next, before }.OfType<int>().Select(division => HomeOf(followerId, division)).Distinct();
}

/// <summary>
/// One bucket of a division of the followers, whatever their division is by the time it is read: so that work and lists that began under
/// one division go on under another, with everyone in it once.
/// </summary>
/// <param name="Buckets">The division it is a bucket of.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="After">Id of the follower behind whom it goes on; null from the beginning.</param>
public readonly record struct FollowerShare(int Buckets, int Bucket, string? After = null)
{
    /// <summary>Every share of a division.</summary>
    public static IEnumerable<FollowerShare> All(int buckets) => Enumerable.Range(0, buckets).Select(bucket => new FollowerShare(buckets, bucket));

    /// <summary>Whether a follower belongs to it.</summary>
    public bool Holds(string followerId) => FollowerLayout.HomeOf(followerId, Buckets) == Bucket;

    /// <summary>The next share of its division; null behind the last one.</summary>
    public FollowerShare? Following => Bucket + 1 < Buckets ? new(Buckets, Bucket + 1) : null;

    /// <summary><c>{buckets}.{bucket}:{after}</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Buckets}.{Bucket}:{After}");

    /// <summary>Reads what <see cref="ToString"/> wrote; without a division, it is one of before divisions changed.</summary>
    public static FollowerShare Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var after = text[(colon + 1)..];
        return new(
            dot < 0 ? FollowerLayout.Original.Buckets : Number(text.AsSpan(0, dot)),
            Number(text.AsSpan(dot + 1, colon - dot - 1)),
            after.Length == 0 ? null : after);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
