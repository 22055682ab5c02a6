using System.Text.Json.Serialization;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>
/// A picture that was removed, under one of the bands of its fingerprint: whatever is like it shares at least one of them
/// (<see cref="PictureFingerprint.Bands"/>). It names neither its owner nor where it was.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "A fingerprint of what must not come again, which names neither its owner nor where it was.")]
public sealed record RemovedPictureDocument : Document, IDocument<RemovedPictureDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("removed-pictures", "/band");

    /// <summary>The band. The document's id is the time-ordered part of the picture's.</summary>
    public required string Band { get; init; }

    /// <summary>By what it is recognised.</summary>
    public required PictureFingerprint Fingerprint { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Band;
}

/// <summary>Recognises pictures that were removed when they come again, whoever brings them.</summary>
public sealed class RemovedPictures(IDocumentStore documents)
{
    private const int PageSize = 100;

    /// <summary>How like a removed picture another one is.</summary>
    public async ValueTask<Likeness> FindAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var likeness = Likeness.None;
        foreach (var band in media.Fingerprint?.Bands() ?? [])
        {
            await foreach (var removed in documents.QueryAllAsync<RemovedPictureDocument>(new(band, PageSize), cancellationToken))
            {
                var found = removed.Id == IdOf(media) ? Likeness.None : media.Fingerprint!.To(removed.Fingerprint);
                if (found == Likeness.Same)
                {
                    return found;
                }

                likeness = found > likeness ? found : likeness;
            }
        }

        return likeness;
    }

    /// <summary>
    /// Keeps a picture in mind that was removed, or forgets one that was released. One that was recognised is not kept besides: once the first is released,
    /// nothing stands against it any more. May be repeated.
    /// </summary>
    public async Task NoteAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        if (media.Fingerprint is not { } fingerprint || media.Moderation.By == ModerateMedia.Recognition)
        {
            return;
        }

        if (media.Moderation.Status == ModerationStatus.Removed)
        {
            await documents.UpsertManyAsync(
                [.. fingerprint.Bands().Select(band => new RemovedPictureDocument { Id = IdOf(media), Band = band, Fingerprint = fingerprint })], cancellationToken);
        }
        else
        {
            await documents.DeleteManyAsync([.. fingerprint.Bands().Select(band => DocumentKey.Of<RemovedPictureDocument>(band, IdOf(media)))], cancellationToken);
        }
    }

    private static string IdOf(MediaDocument media) => media.Id[..Ids.Length];
}
