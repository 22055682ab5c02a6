using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Graph;

/// <summary>A list of people that is somebody's own business.</summary>
public enum PersonalList
{
    /// <summary>Who asks to follow its owner.</summary>
    Requests,

    /// <summary>Whom its owner blocks.</summary>
    Blocks,

    /// <summary>Whom its owner mutes.</summary>
    Mutes,
}

/// <summary>
/// Somebody in one of a profile's own lists. The id is <c>{event id}.{profile id}</c>, so that a list reads in the order of the acts. Only
/// the pipeline of relations writes it; the relation itself says whether it still holds.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseRelations))]
public sealed record ListedProfile : Document, IDocument<ListedProfile>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => FollowerDocument.Container;

    /// <summary>The list, <c>{ownerId}:{list}</c>.</summary>
    public required string Bucket { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Bucket;

    /// <summary>Partition of a list.</summary>
    public static string BucketOf(string ownerId, PersonalList list) => list switch
    {
        PersonalList.Requests => $"{ownerId}:requests",
        PersonalList.Blocks => $"{ownerId}:blocks",
        PersonalList.Mutes => $"{ownerId}:mutes",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };

    /// <summary>The place in a list that a relation names; null when it never had one there.</summary>
    public static ListedProfile? Of(RelationDocument relation, PersonalList list)
    {
        var (eventId, ownerId, listedId) = list switch
        {
            PersonalList.Requests => (relation.RequestId, relation.Id, relation.OwnerId),
            PersonalList.Blocks => (relation.BlockId, relation.OwnerId, relation.Id),
            PersonalList.Mutes => (relation.MuteId, relation.OwnerId, relation.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
        };
        return eventId is null ? null : new() { Id = OwnedIds.Make(eventId, listedId), Bucket = BucketOf(ownerId, list) };
    }

    /// <summary>Whether a relation stands in a list now.</summary>
    public static bool Holds(RelationDocument relation, PersonalList list) => list switch
    {
        PersonalList.Requests => relation.Requested,
        PersonalList.Blocks => relation.Blocking,
        PersonalList.Mutes => relation.Muting,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, null),
    };
}
