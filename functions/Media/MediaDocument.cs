using System.Diagnostics;
using System.Text.Json.Serialization;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.Media;

/// <summary>
/// A picture that a person uploaded or a model made for them. Its id is <c>{uuid}.{ownerId}</c>; the bytes lie in the media store and never
/// change. It belongs to at most one post, and who may see that post may see it.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseMedia))]
public sealed record MediaDocument : PipelineDocument, IDocument<MediaDocument>, IModerated
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("media", "/ownerId") { ChangeFeed = true };

    /// <summary>Profile it belongs to.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Media type, as found in the content.</summary>
    public required string ContentType { get; init; }

    /// <summary>Usual file extension, with its dot.</summary>
    public required string Extension { get; init; }

    /// <summary>Width as shown, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height as shown, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>What to show until the picture is there; null for pictures from before there was one.</summary>
    public string? Blurhash { get; init; }

    /// <summary>Its thumbnails, the smallest first; empty for small pictures and those from before there were any.</summary>
    public IReadOnlyList<MediaThumbnail> Thumbnails { get; init; } = [];

    /// <summary>Description for those who do not see it; null for none.</summary>
    public string? Alt { get; init; }

    /// <summary>Name of the model that made it; null for an upload.</summary>
    public string? GeneratedBy { get; init; }

    /// <summary>What the manifest says that came with an upload and lies beside it (<see cref="MediaFiles.ManifestName"/>); null for none.</summary>
    public PictureCredentials? Credentials { get; init; }

    /// <summary>Image job that made it; null for an upload.</summary>
    public string? ImageJobId { get; init; }

    /// <summary>Name of the bytes in the media store.</summary>
    public required string BlobName { get; init; }

    /// <summary>Post it is bound to; null while it is in none.</summary>
    public string? PostId { get; init; }

    /// <summary>Draft or scheduled post it was put into last, which may not hold it any more; null for none.</summary>
    public string? DraftId { get; init; }

    /// <summary>What moderation thinks of it; pictures from before they were looked at stand as approved.</summary>
    public PostModeration Moderation { get; init; } = new(ModerationStatus.Approved, null, null, null);

    /// <summary>It was approved, and neither a model nor a person looked at it: no model that sees is configured.</summary>
    public bool Unseen { get; init; }

    /// <summary>By what it is recognised when it comes again; null for pictures from before that was kept.</summary>
    public PictureFingerprint? Fingerprint { get; init; }

    /// <summary>By what the pictures are recognised that an animation is made of; empty of a still picture and those from before that was kept.</summary>
    public IReadOnlyList<PictureFingerprint> Frames { get; init; } = [];

    /// <summary>A sheet of an animation's frames lies beside it, for moderation to look at.</summary>
    public bool HasSheet { get; init; }

    /// <inheritdoc/>
    public string? RecordedCaseId { get; init; }

    /// <inheritdoc/>
    public bool InReview { get; init; }

    /// <inheritdoc/>
    public string? DecisionId { get; init; }

    /// <summary>When it was uploaded or made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was given up because nothing used it; it can be used no more, and its bytes go soon. Null while it stands.</summary>
    public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>Its case, if there is one, says whether it stands: behind <see cref="DiscardedAt"/> while that is still to be written there.</summary>
    public bool GoneInCase { get; init; }

    /// <summary>When somebody looks next whether anything shows it, as far as that was noted here; see <see cref="UnusedMedia"/>.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <inheritdoc/>
    [JsonIgnore]
    public bool NeedsReview => DiscardedAt is null && (Moderation.Status is ModerationStatus.Held || Moderation.Appeal is not null);

    /// <inheritdoc/>
    SubjectType IModerated.SubjectType => SubjectType.Media;

    /// <inheritdoc/>
    bool IModerated.IsGone => DiscardedAt is not null;

    /// <inheritdoc/>
    string IModerated.ResponsibleId => OwnerId;

    /// <summary>Whether moderation lets others see it where something shows it.</summary>
    [JsonIgnore]
    public bool IsReleased => Moderation.Status is ModerationStatus.Approved or ModerationStatus.Limited;

    /// <summary>Whether its description may still change: nothing shows it with the present one.</summary>
    [JsonIgnore]
    public bool IsDescribable => DiscardedAt is null && PostId is null;

    /// <summary>Name of the bytes of what an owner made; the same whatever the format, so that whoever repeats a step finds them.</summary>
    public static string BlobNameOf(string id, string ownerId) => $"{ownerId}/{id}";

    /// <summary>The document of a picture that was processed.</summary>
    public static MediaDocument Of(string id, string ownerId, ProcessedPicture picture) => new()
    {
        Id = OwnedIds.Make(id, ownerId),
        OwnerId = ownerId,
        ContentType = picture.ContentType,
        Extension = picture.Extension,
        Width = picture.Width,
        Height = picture.Height,
        Blurhash = picture.Blurhash,
        Thumbnails = [.. picture.Thumbnails.Select(thumbnail => new MediaThumbnail(thumbnail.Size, thumbnail.Width, thumbnail.Height))],
        Fingerprint = picture.Fingerprint,
        Frames = picture.Frames,
        HasSheet = picture.Sheet is not null,
        Moderation = new(ModerationStatus.Pending, null, null, null),
        BlobName = BlobNameOf(id, ownerId),
        CreatedAt = Ids.TimeOf(id),
        WorkSince = Ids.TimeOf(id),
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>Whether it may go into a post: it is in none, or in that very one.</summary>
    public bool IsFreeFor(string postId) => DiscardedAt is null && (PostId is null || PostId == postId);
}

/// <summary>A smaller version of a picture.</summary>
/// <param name="Size">Longest side in pixels, which names it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record MediaThumbnail(int Size, int Width, int Height);
