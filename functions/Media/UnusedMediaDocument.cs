using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Media;

/// <summary>
/// A note to look whether anything shows a picture. Ids begin with the time it is due, so that what is due is one range of each bucket;
/// the bytes are named, so that they are found even if the picture's document was never written.
/// </summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseMedia))]
public sealed record UnusedMediaDocument : Document, IDocument<UnusedMediaDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("unused-media", "/bucket");

    /// <summary>Every bucket.</summary>
    public static IReadOnlyList<string> Buckets { get; } = [.. "0123456789abcdef".Select(digit => digit.ToString())];

    /// <summary>Last digit of the picture's own id, which is evenly spread.</summary>
    public required string Bucket { get; init; }

    /// <summary>The picture.</summary>
    public required string MediaId { get; init; }

    /// <summary>Name of its bytes.</summary>
    public required string BlobName { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Bucket;

    /// <summary>The note for a picture.</summary>
    public static UnusedMediaDocument Of(MediaDocument media, DateTimeOffset due) => Of(media.Id, media.BlobName, due);

    /// <summary>The note for bytes that go when they are due unless a picture with that id is shown.</summary>
    public static UnusedMediaDocument Of(string mediaId, string blobName, DateTimeOffset due) => new()
    {
        Id = $"{Ids.Lowest(due)}:{mediaId}",
        Bucket = mediaId[(Ids.Length - 1)..Ids.Length],
        MediaId = mediaId,
        BlobName = blobName,
    };
}
