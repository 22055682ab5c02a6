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

    /// <summary>The reader wrote it.</summary>
    Own,

    /// <summary>It bears a tag that the reader follows. No entry says so: such posts are looked up when a feed is read.</summary>
    Tag,
}

/// <summary>A post in a profile's home feed: a reference and the reason, which could not be told later.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseOutbox))]
public sealed record FeedEntry : Document, IDocument<FeedEntry>
{
    /// <summary>What was approved so long after it was written stands where it was approved: whoever had read on by then would never meet it.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public static ContainerDefinition Container => FeedHead.Container;

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>
    /// The post, where the entry's id does not tell it: of a boost, and of a post that was approved late. An entry's id is the post's own, for a boost
    /// <c>{event id}.{booster id}</c>, and for what was approved late the post's with the time of that: it tells where the post stands in time and on whose account, so
    /// that the many entries of a fan-out hold nothing twice.
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

    /// <summary>The entry of a post in the feed of a follower of its author, or in the author's own: the same one however often it is made.</summary>
    public static FeedEntry Of(string ownerId, PostDocument post)
    {
        var id = IdOf(post);
        return new()
        {
            Id = id,
            OwnerId = ownerId,
            Boosted = id == post.Id ? null : post.Id,
            Reason = post.AuthorId == ownerId ? FeedReason.Own : post.ReplyTo is null ? FeedReason.Followed : FeedReason.Replied,
        };
    }

    /// <summary>Id of the entry by which a post comes from its author.</summary>
    public static string IdOf(PostDocument post)
    {
        if (post.VisibleSince is not { } since || since - OwnedIds.TimeOf(post.Id) < Late)
        {
            return post.Id;
        }

        var moment = Ids.Lowest(since);
        return moment + post.Id[moment.Length..];
    }

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

/// <summary>
/// Says which boosts brought a post into a feed, so that it stands there once, and stays when one of them is taken back or its booster is not followed any more.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(ErasePosts))]
public sealed record FeedSeat : Document, IDocument<FeedSeat>
{
    /// <summary>Boosts that are kept; a post that so many have boosted is not lost for the lack of one more.</summary>
    public const int MostEntries = 16;

    private readonly IReadOnlyList<string> entries = [];

    /// <inheritdoc/>
    public static ContainerDefinition Container => FeedHead.Container;

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Id of the one entry, in seats from before there were several.</summary>
    public string? EntryId { get; init; }

    /// <summary>Ids of the entries that brought the post: each names its booster, and there is one of each.</summary>
    public IReadOnlyList<string> Entries
    {
        get => entries.Count == 0 && EntryId is { } one ? [one] : entries;
        init => entries = value;
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The seat of a post that nothing has brought yet.</summary>
    public static FeedSeat Of(string ownerId, string postId) => new() { Id = IdOf(postId), OwnerId = ownerId };

    /// <summary>Id of the seat of a post; outside the range of entry ids.</summary>
    public static string IdOf(string postId) => $"seat:{postId}";

    /// <summary>The seat with one more entry, in place of an earlier one of the same booster; the same seat if it is there, or there are too many. Pure.</summary>
    public FeedSeat With(string entryId)
    {
        var others = Without(OwnedIds.OwnerOf(entryId)).Entries;
        return Entries.Contains(entryId) || others.Count >= MostEntries ? this : this with { EntryId = null, Entries = [.. others, entryId] };
    }

    /// <summary>The seat without the entry of a booster; the same seat if there is none. Pure.</summary>
    public FeedSeat Without(string boosterId) =>
        Entries.Any(id => OwnedIds.OwnerOf(id) == boosterId) ? this with { EntryId = null, Entries = [.. Entries.Where(id => OwnedIds.OwnerOf(id) != boosterId)] } : this;

    /// <inheritdoc/>
    public bool Equals(FeedSeat? other) => other is not null && Id == other.Id && OwnerId == other.OwnerId && Entries.SequenceEqual(other.Entries, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, OwnerId, Entries.Count);
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

    /// <summary>How long entries are there for certain, a little less than they are stored.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("feeds", "/ownerId") { DefaultTimeToLive = 30 * 24 * 60 * 60 };

    /// <summary>Profile whose feed it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>When the owner read it last, to the hour.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether it was filled after the owner had been away: false while that is still to be done.</summary>
    public bool Built { get; init; }

    /// <summary>When it was filled last.</summary>
    public DateTimeOffset BuiltAt { get; init; }

    /// <summary>
    /// Down to which id every post is in the feed that belongs there: what lies below is fetched when the owner reads so far. Empty for all; null in heads from before
    /// that was known, which are filled once more.
    /// </summary>
    public string? Floor { get; init; }

    /// <summary>The tags that the owner follows, beside what is read for every page anyway; null where that is not known, and looked up.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Until when the posts of <see cref="Pulled"/> were fetched.</summary>
    public DateTimeOffset PulledAt { get; init; }

    /// <summary>Followed authors with too many followers to deliver to: their posts are fetched when the owner reads.</summary>
    public IReadOnlyList<string> Pulled { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>
    /// Whether it is filled, and known down to where. Entries go thirty days after they were written, so that it is filled anew before the first of those go that were
    /// there from the beginning.
    /// </summary>
    public bool IsReady(DateTimeOffset now) => Built && Floor is not null && BuiltAt > now - Kept;

    /// <summary>The head of a feed that is whole only down to an id. Pure.</summary>
    public FeedHead WholeOnlyDownTo(string? floor) => floor is null ? this : this with { Floor = Higher(Floor ?? string.Empty, floor) };

    private static string Higher(string a, string b) => string.CompareOrdinal(a, b) > 0 ? a : b;

    /// <summary>The head with one more author to fetch from, beginning anew; the same one if the author is there or there are too many.</summary>
    public FeedHead WithPulled(string authorId) =>
        Pulled.Contains(authorId) || Pulled.Count >= MostPulled ? this : this with { Pulled = [.. Pulled, authorId], PulledAt = default };

    /// <summary>The head with one author less to fetch from.</summary>
    public FeedHead WithoutPulled(string authorId) =>
        Pulled.Contains(authorId) ? this with { Pulled = [.. Pulled.Where(id => id != authorId)] } : this;
}
