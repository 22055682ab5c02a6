namespace ServerlessSocial.Feeds;

/// <summary>Settings of the home feed: configuration section <c>Feeds</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Feeds";

    /// <summary>Days an entry stays in a feed: the container's time to live.</summary>
    public const int EntryDays = 30;

    /// <summary>Up to so many followers a post is distributed by one message; above, by one per follower bucket.</summary>
    public int InlineFollowers { get; set; } = 500;

    /// <summary>Above so many followers who read lately an author's posts are fetched by whoever reads, instead of being delivered; see <see cref="FeedAudience"/>.</summary>
    public int PushLimit { get; set; } = 10_000;

    /// <summary>Followers that one message serves at most, 1 to 1,000; a longer bucket goes on in another message.</summary>
    public int FollowersPerMessage { get; set; } = 1_000;

    /// <summary>Days without reading after which nothing is delivered to a reader, 1 to 30; the feed is rebuilt on return.</summary>
    public int IdleDays { get; set; } = 30;

    /// <summary>Seconds for which fetched posts of authors above <see cref="PushLimit"/> count as fresh.</summary>
    public int PullSeconds { get; set; } = 30;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid =>
        InlineFollowers >= 0
        && PushLimit >= 1
        && FollowersPerMessage is >= 1 and <= 1_000
        && IdleDays is >= 1 and <= EntryDays
        && PullSeconds is >= 0 and <= 3600;

    /// <summary>
    /// The number of readers above which an author's posts are fetched. It is a tenth lower where they are fetched already, so that a few who come and go
    /// do not have every feed told again and again.
    /// </summary>
    public int ReadersFrom(bool pulled) => pulled ? (int)(PushLimit * 9L / 10) : PushLimit;

    /// <summary>Whether a reader is there to deliver to: has a feed and has read it lately.</summary>
    public bool IsActive(FeedHead? head, DateTimeOffset now) => head is not null && head.ReadAt >= now.AddDays(-IdleDays);
}
