using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>
/// A case's place in a list of the moderators, most urgent first, over a few partitions. The case itself says whether and where it stands
/// there; the place follows it.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseCases))]
public sealed record ReviewDocument : Document, IDocument<ReviewDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("reviews", "/queue");

    /// <summary>The list, and behind it the shard unless that is the first. The document's id is the key that <see cref="Urgency"/> gives.</summary>
    public required string Queue { get; init; }

    /// <summary>Whose thing it is about: of several by one owner a page shows the most urgent. Empty in places from before there were cases.</summary>
    public string OwnerId { get; init; } = string.Empty;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Queue;

    /// <summary>Name of a list.</summary>
    public static string NameOf(CaseKind kind) => kind switch
    {
        CaseKind.Held => "held",
        CaseKind.Reported => "reported",
        CaseKind.Appealed => "appealed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Partitions of a list.</summary>
    public static IEnumerable<string> Partitions(string list, int shards) =>
        Enumerable.Range(0, shards).Select(shard => shard == 0 ? list : string.Create(CultureInfo.InvariantCulture, $"{list}:{shard}"));

    /// <summary>The document of a place.</summary>
    /// <param name="place">List and key, as <see cref="CaseRules.PlacesOf"/> gives them.</param>
    /// <param name="ownerId">Whose thing it is about; its random end tells the shard.</param>
    /// <param name="shards">Partitions of each list.</param>
    public static ReviewDocument Of(string place, string ownerId, int shards)
    {
        var (list, key) = Split(place);
        var shard = int.Parse(ownerId.AsSpan(ownerId.Length - 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % shards;
        return new() { Id = key, Queue = Partitions(list, shards).ElementAt(shard), OwnerId = ownerId };
    }

    /// <summary>Every key a place may lie under, whatever the number of partitions was when it was written.</summary>
    public static IEnumerable<DocumentKey> KeysOf(string place, int shards)
    {
        var (list, key) = Split(place);
        return Partitions(list, shards).Select(partition => DocumentKey.Of<ReviewDocument>(partition, key));
    }

    private static (string List, string Key) Split(string place)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        return (place[..slash], place[(slash + 1)..]);
    }
}
