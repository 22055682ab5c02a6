using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Filters;

/// <summary>Where a filter holds; Mastodon's contexts.</summary>
public enum FilterScope
{
    /// <summary>In the home feed and the feeds of lists.</summary>
    [StandsForUnknown]
    Home,

    /// <summary>In notifications.</summary>
    Notifications,

    /// <summary>Where posts of strangers are found: under tags, in search, among what is popular.</summary>
    Public,

    /// <summary>In threads, and on a post by its own address.</summary>
    Thread,

    /// <summary>In the timelines of profiles.</summary>
    Account,
}

/// <summary>What becomes of a post that a filter matches.</summary>
public enum FilterAction
{
    /// <summary>It comes, and says which filter matches, for a client to fold it.</summary>
    Warn,

    /// <summary>It is left out of lists.</summary>
    [StandsForUnknown]
    Hide,
}

/// <summary>A filter as it is kept.</summary>
/// <param name="Id">Id, sorts by time.</param>
/// <param name="Phrase">Words, or a hashtag with its sign; see <see cref="PhraseMatcher"/>.</param>
/// <param name="Scope">Where it holds; each once, at least one.</param>
/// <param name="Action">What becomes of what it matches.</param>
/// <param name="WholeWord">Whether it matches whole words only.</param>
/// <param name="ExpiresAt">When it ends by itself; null when it does not.</param>
/// <param name="Edition">Counts its versions, for its ETag: other filters stand in the same document.</param>
public sealed record StoredFilter(
    string Id, string Phrase, IReadOnlyList<FilterScope> Scope, FilterAction Action, bool WholeWord, DateTimeOffset? ExpiresAt, long Edition)
{
    /// <summary>The hashtag it looks for, normalised; null for words.</summary>
    [JsonIgnore]
    public string? Tag => Phrase[0] is '#' or '＃' ? TextEntities.NormalizeTag(Phrase) : null;

    /// <summary>Whether it has not ended by itself.</summary>
    public bool HoldsAt(DateTimeOffset now) => !(ExpiresAt <= now);
}

/// <summary>
/// What a profile does not want to be shown or told: its filters, and the threads it mutes. One small document, so that whoever reads posts pays one point
/// read for it, and limits hold without a race.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseThreadMutes))]
public sealed record FiltersDocument : Document, IDocument<FiltersDocument>
{
    /// <summary>Most filters of a profile.</summary>
    public const int MostFilters = 100;

    /// <summary>Most muted threads that are remembered: beyond them the mute set first is forgotten, when its thread is long over.</summary>
    public const int MostMutedThreads = 500;

    /// <summary>Id of the document within its partition.</summary>
    public const string FiltersId = "filters";

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("preferences", "/ownerId");

    /// <summary>Profile whose filters they are.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The filters, the oldest first, also those that have ended.</summary>
    public IReadOnlyList<StoredFilter> Filters { get; init; } = [];

    /// <summary>Ids of the first posts of muted threads, the mute set first at the beginning.</summary>
    public IReadOnlyList<string> MutedThreads { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Key of a profile's filters.</summary>
    public static DocumentKey KeyOf(string ownerId) => DocumentKey.Of<FiltersDocument>(ownerId, FiltersId);

    /// <summary>The document of somebody who has none yet.</summary>
    public static FiltersDocument For(string ownerId) => new() { Id = FiltersId, OwnerId = ownerId };

    /// <summary>The filter of that id, or null.</summary>
    public StoredFilter? Find(string id) => Filters.FirstOrDefault(filter => filter.Id == id);

    /// <summary>The document with a filter, in the place of its former version if there is one.</summary>
    public FiltersDocument With(StoredFilter changed) =>
        this with { Filters = [.. Filters.Where(filter => filter.Id != changed.Id).Append(changed).OrderBy(filter => filter.Id, StringComparer.Ordinal)] };

    /// <summary>The document without a filter.</summary>
    public FiltersDocument Without(string id) => Find(id) is null ? this : this with { Filters = [.. Filters.Where(filter => filter.Id != id)] };

    /// <summary>Whether a filter for a tag holds somewhere.</summary>
    public bool MutesTag(string tag, DateTimeOffset now) => Filters.Any(filter => filter.Tag == tag && filter.HoldsAt(now));

    /// <summary>Whether its owner mutes a thread.</summary>
    public bool Mutes(string rootId) => MutedThreads.Contains(rootId);

    /// <summary>The document with a thread muted, or not.</summary>
    public FiltersDocument WithThread(string rootId, bool muted) => Mutes(rootId) == muted
        ? this
        : this with { MutedThreads = muted ? [.. MutedThreads.TakeLast(MostMutedThreads - 1), rootId] : [.. MutedThreads.Where(id => id != rootId)] };
}

/// <summary>Finds filters in what was loaded.</summary>
public static class FiltersLoaded
{
    /// <summary>Whether somebody mutes a thread, as far as their filters were loaded.</summary>
    public static bool MutesThread(this DocumentSet loaded, string ownerId, string rootId) =>
        loaded.Get<FiltersDocument>(ownerId, FiltersDocument.FiltersId) is { } filters && filters.Mutes(rootId);
}
