using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>A post in the home feed, and why it is there.</summary>
/// <param name="Post">The post.</param>
/// <param name="Why">The reasons, at least one.</param>
public sealed record FeedItem(Post Post, IReadOnlyList<FeedWhy> Why);

/// <summary>A reason for which a post is in a feed.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="By">On whose account: the author or booster whom the reader follows.</param>
/// <param name="Text">The reason as a sentence.</param>
public sealed record FeedWhy(FeedReason Reason, ProfileCard By, string Text)
{
    /// <summary>The reason an entry tells of.</summary>
    public static FeedWhy Of(FeedReason reason, ProfileCard by) => new(reason, by, reason switch
    {
        FeedReason.Followed => $"You follow {by.DisplayName}.",
        FeedReason.Replied => $"{by.DisplayName}, whom you follow, replied to a post.",
        FeedReason.Boosted => $"{by.DisplayName}, whom you follow, boosted this.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    });
}
