using System.Text.Json.Serialization;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Why a post stands in a feed.</summary>
public enum FeedReason
{
    /// <summary>The reader follows its author.</summary>
    Followed,

    /// <summary>The reader follows its author, and it answers another post.</summary>
    Replied,

    /// <summary>Somebody the reader follows passed it on.</summary>
    Boosted,

    /// <summary>It bears a tag that the reader follows. No entry says so: such posts are looked up when a feed is read.</summary>
    Tag,
}

/// <summary>A post in a profile's home feed: a reference and the reason, which could not be told later.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseOutbox))]
public sealed record FeedEntry : Document, IDocument<FeedEntry>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => FeedHead.Container;

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>
    /// The boosted post; null when the post came by its author. An entry's id is the post's own or, for a boost, <c>{event id}.{booster id}</c>: it
    /// tells where the post stands in time and on whose account, so that the many entries of a fan-out hold nothing twice.
    /// </summary>
    public string? Boosted { get; init; }

    /// <summary>Why it is here.</summary>
    public required FeedReason Reason { get; init; }

    /// <summary>The post.</summary>
    [JsonIgnore]
    public string PostId => Boosted ?? Id;

    /// <summary>Profile on whose account it is here: the author or booster that the owner follows.</summary>
    [JsonIgnore]
    public string By => OwnedIds.OwnerOf(Id);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The entry of a post in the feed of a follower of its author: the same one however often it is made.</summary>
    public static FeedEntry Of(string ownerId, PostDocument post) => new()
    {
        Id = post.Id,
        OwnerId = ownerId,
        Reason = post.ReplyTo is null ? FeedReason.Followed : FeedReason.Replied,
    };

    /// <summary>The entry of a boosted post in the feed of a follower of the booster.</summary>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="entryId">Id of the entry: it names the booster.</param>
    /// <param name="postId">The boosted post.</param>
    public static FeedEntry OfBoost(string ownerId, string entryId, string postId) => new()
    {
        Id = entryId,
        OwnerId = ownerId,
        Boosted = postId,
        Reason = FeedReason.Boosted,
    };

    /// <summary>
    /// The partition where a booster with too many followers to deliver to leaves boosts; followers fetch them when they read.
    /// </summary>
    public static string OutboxOf(string boosterId) => $"outbox:{boosterId}";
}

/// <summary>Says that a boosted post has its place in a feed already, and where, so that it stands there once.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(ErasePosts))]
public sealed record FeedSeat : Document, IDocument<FeedSeat>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => FeedHead.Container;

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Id of the entry that brought the post.</summary>
    public required string EntryId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>A seat in a feed, taken by an entry.</summary>
    public static FeedSeat Of(string ownerId, string postId, string entryId) => new() { Id = IdOf(postId), OwnerId = ownerId, EntryId = entryId };

    /// <summary>Id of the seat of a post; outside the range of entry ids.</summary>
    public static string IdOf(string postId) => $"seat:{postId}";
}

/// <summary>
/// State of a feed as a whole. A profile without one has never read its feed and gets nothing delivered. It says nothing of who sees what, so
/// whoever looks again within some seconds may be shown the feed as it was opened.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseRelations))]
public sealed record FeedHead : Document, IDocument<FeedHead>, IMayBeRecent
{
    /// <summary>Id of the head within its partition; outside the range of entry ids.</summary>
    public const string HeadId = "head";

    /// <summary>Authors to fetch from at most: what a single reading may cost is bounded.</summary>
    public const int MostPulled = 500;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("feeds", "/ownerId") { DefaultTimeToLive = 30 * 24 * 60 * 60 };

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>When the owner read it last, to the hour.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether it was filled after the owner had been away: false while that is still to be done.</summary>
    public bool Built { get; init; }

    /// <summary>Until when the posts of <see cref="Pulled"/> were fetched.</summary>
    public DateTimeOffset PulledAt { get; init; }

    /// <summary>Followed authors with too many followers to deliver to: their posts are fetched when the owner reads.</summary>
    public IReadOnlyList<string> Pulled { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The head with one more author to fetch from, beginning anew; the same one if the author is there or there are too many.</summary>
    public FeedHead WithPulled(string authorId) =>
        Pulled.Contains(authorId) || Pulled.Count >= MostPulled ? this : this with { Pulled = [.. Pulled, authorId], PulledAt = default };

    /// <summary>The head with one author less to fetch from.</summary>
    public FeedHead WithoutPulled(string authorId) =>
        Pulled.Contains(authorId) ? this with { Pulled = [.. Pulled.Where(id => id != authorId)] } : this;
}
