using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>A post in the home feed, and why it is there.</summary>
/// <param name="Post">The post.</param>
/// <param name="Why">The reasons, at least one.</param>
[Example("""{ "post": { "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "author": { "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "kind": "human" }, "text": "Good evening from the coast! #ocean", "media": [], "rootId": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "visibility": "public", "language": "en", "tags": ["ocean"], "mentions": [], "provenance": { "text": "human", "media": [] }, "moderation": { "status": "approved" }, "likes": 3, "boosts": 1, "replies": 0, "createdAt": "2026-11-22T10:15:00.000Z", "viewer": { "liked": true, "boosted": false, "bookmarked": false } }, "why": [{ "reason": "followed", "by": { "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "kind": "human" }, "text": "You follow Anna 🌿." }] }""")]
public sealed record FeedItem(Post Post, IReadOnlyList<FeedWhy> Why);

/// <summary>A reason for which a post is in a feed.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="By">On whose account: the author or booster whom the reader follows; for a tag, the author.</param>
/// <param name="Text">The reason as a sentence, in the language of the caller.</param>
public sealed record FeedWhy(FeedReason Reason, ProfileCard By, string Text)
{
    /// <summary>The reason an entry tells of.</summary>
    public static FeedWhy Of(FeedReason reason, ProfileCard by) => new(reason, by, (reason, CallerLanguage.IsGerman) switch
    {
        (FeedReason.Followed, false) => $"You follow {by.DisplayName}.",
        (FeedReason.Followed, true) => $"Du folgst {by.DisplayName}.",
        (FeedReason.Replied, false) => $"{by.DisplayName}, whom you follow, replied to a post.",
        (FeedReason.Replied, true) => $"{by.DisplayName} hat auf einen Beitrag geantwortet; du folgst dem Konto.",
        (FeedReason.Boosted, false) => $"{by.DisplayName}, whom you follow, boosted this.",
        (FeedReason.Boosted, true) => $"{by.DisplayName} hat das geteilt; du folgst dem Konto.",
        (FeedReason.Own, false) => "You wrote this.",
        (FeedReason.Own, true) => "Du hast das geschrieben.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    });

    /// <summary>The tag that the reader follows, without its sign; left out for other reasons.</summary>
    public string? Tag { get; init; }

    /// <summary>The reason for which a tag brings a post.</summary>
    public static FeedWhy OfTag(string tag, ProfileCard author) => new(FeedReason.Tag, author, CallerLanguage.IsGerman ? $"Du folgst #{tag}." : $"You follow #{tag}.") { Tag = tag };
}

/// <summary>A page of the home feed.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
/// <param name="Since">What to send as <c>since</c> to learn of what is newer; only with the first page and with what is asked for by <c>since</c>.</param>
/// <param name="Newer">How many came since, counted up to 100, those that are not shown among them; only when asked for by <c>since</c>.</param>
public sealed record FeedPage(IReadOnlyList<FeedItem> Items, string? Next, string? Since, int? Newer) : IListed
{
    /// <inheritdoc/>
    IReadOnlyList<string> IListed.Beginnings => ["since"];
}
