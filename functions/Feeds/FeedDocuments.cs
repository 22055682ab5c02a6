using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;

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
}

/// <summary>A post in a profile's home feed: a reference and the reason, which could not be told later.</summary>
public sealed record FeedEntry : Document, IDocument<FeedEntry>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => FeedHead.Container;

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The post. The entry's id is the post's own, or for a boost <c>{event id}.{booster id}</c>: where it stands in time.</summary>
    public required string PostId { get; init; }

    /// <summary>Why it is here.</summary>
    public required FeedReason Reason { get; init; }

    /// <summary>Profile on whose account it is here: the author or booster that the owner follows.</summary>
    public required string By { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;
}

/// <summary>Says that a boosted post has its place in a feed already, and where, so that it stands there once.</summary>
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

    /// <summary>Id of the seat of a post; outside the range of entry ids.</summary>
    public static string IdOf(string postId) => $"seat:{postId}";
}

/// <summary>State of a feed as a whole. A profile without one has never read its feed and gets nothing delivered.</summary>
public sealed record FeedHead : Document, IDocument<FeedHead>
{
    /// <summary>Id of the head within its partition; outside the range of entry ids.</summary>
    public const string HeadId = "head";

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
}
