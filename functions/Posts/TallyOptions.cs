namespace ServerlessSocial.Posts;

/// <summary>Settings of how likes of very popular posts are counted: configuration section <c>Tallies</c>.</summary>
public sealed class TallyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tallies";

    /// <summary>The most shards there may be: what collecting looks into, whatever the setting is or was.</summary>
    public const int MostShards = 64;

    /// <summary>
    /// Shards over which further likes of a popular post are counted, 1 to <see cref="MostShards"/>: each is a logical partition. May be
    /// changed at any time.
    /// </summary>
    public int Shards { get; set; } = 32;

    /// <summary>Likes from which on a post counts as popular.</summary>
    public long PopularFrom { get; set; } = 1_000;

    /// <summary>Seconds within which what the shards have counted is collected once, 1 to 60.</summary>
    public int CollectSeconds { get; set; } = 1;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => Shards is >= 1 and <= MostShards && PopularFrom >= 0 && CollectSeconds is >= 1 and <= 60;
}
