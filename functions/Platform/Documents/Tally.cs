using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// One fact that counts, or no longer counts, towards a subject: "profile M likes post P".
/// The store keeps a mark per fact beside the subject's counters and changes both in one atomic step, so that
/// however often and in whatever order a worker repeats itself, each fact counts once and the newest word holds.
/// </summary>
/// <param name="SubjectId">What is counted for: a post or profile id.</param>
/// <param name="Counter">Name of the counter, such as <c>likes</c>.</param>
/// <param name="Fact">Identity of the fact within subject and counter: usually the id of whoever acted.</param>
/// <param name="Counts">Whether the fact holds now.</param>
/// <param name="Revision">Revision of the document that says so; an older one than the mark's is ignored.</param>
public sealed record Tally(string SubjectId, string Counter, string Fact, bool Counts, long Revision)
{
    /// <summary>Time-ordered id of the act that the fact is: its place among those that count. Null for facts that nobody lists.</summary>
    public string? At { get; init; }

    /// <summary>The mark of the fact, with no revision of its own yet.</summary>
    public TallyMark ToMark() => new()
    {
        Id = MarkId,
        SubjectId = SubjectId,
        Counts = Counts,
        SourceRevision = Revision,
        Counter = Counts && At is not null ? Counter : null,
        At = Counts ? At : null,
    };

    /// <summary>Id of the mark within the subject's partition.</summary>
    public string MarkId => $"{Counter}:{Fact}";
}

/// <summary>The counters of one subject, apart from the subject so that a like never touches a post.</summary>
[PersonalData(Belongs.Elsewhere, Because = "Partitions are profiles and posts: whoever erases a subject erases its partition, and what a person counts for elsewhere goes with the fact.")]
public sealed record StatsDocument : Document, IDocument<StatsDocument>, IMayBeRecent
{
    /// <summary>Id of the counters within the subject's partition.</summary>
    public const string CountersId = "counters";

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("stats", "/subjectId") { Order = new("at", "counter") };

    /// <summary>Post or profile id.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Counters by name; a missing one is zero.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => SubjectId;

    /// <summary>A counter's value; zero for one that was never counted.</summary>
    public long this[string counter] => Counters.GetValueOrDefault(counter);
}

/// <summary>Remembers that a fact was counted, and on whose word.</summary>
[PersonalData(Belongs.Elsewhere, Because = "Partitions are profiles and posts: whoever erases a subject erases its partition, and what a person counts for elsewhere goes with the fact.")]
public sealed record TallyMark : Document, IDocument<TallyMark>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => StatsDocument.Container;

    /// <summary>Post or profile id.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Whether the fact is counted at present.</summary>
    public bool Counts { get; init; }

    /// <summary>Revision of the document that said so last.</summary>
    public long SourceRevision { get; init; }

    /// <summary>The counter, where the fact stands in a list; null elsewhere.</summary>
    public string? Counter { get; init; }

    /// <summary>Time-ordered id of the act, while the fact counts; null in those that nobody lists, and from before there were lists.</summary>
    public string? At { get; init; }

    /// <summary>What the mark is of: the fact, as <see cref="Tally"/> names it.</summary>
    [JsonIgnore]
    public string Fact => Id[(Id.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? OrderKey => At;

    /// <summary>What counts for a subject now, the newest act first.</summary>
    public static DocumentQuery InOrderOfAct(string subjectId, string counter, int limit) => new(subjectId, limit) { IsOrdered = true, Group = counter, Descending = true };

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => SubjectId;
}
