using System.Numerics;

namespace ServerlessSocial.Graph;

/// <summary>Settings of who follows whom: configuration section <c>Graph</c>.</summary>
public sealed class GraphOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Graph";

    /// <summary>Followers a bucket is meant for; with more of them than all buckets are meant for, the buckets double.</summary>
    public int FollowersPerBucket { get; set; } = 1_000;

    /// <summary>Most buckets of a profile: a power of two, at most 65,536. A bucket is a logical partition.</summary>
    public int MostFollowerBuckets { get; set; } = 256;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => FollowersPerBucket >= 1 && MostFollowerBuckets is >= 1 and <= 65_536 && BitOperations.IsPow2(MostFollowerBuckets);
}
