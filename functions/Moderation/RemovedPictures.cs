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

    /// <summary>The band. The document's id is the time-ordered part of the picture's; of a frame, with its number.</summary>
    public required string Band { get; init; }

    /// <summary>By what it is recognised.</summary>
    public required PictureFingerprint Fingerprint { get; init; }

    /// <summary>It is a frame of an animation that was removed as a whole.</summary>
    public bool IsFrame { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Band;
}

/// <summary>Recognises pictures that were removed when they come again, whoever brings them.</summary>
public sealed class RemovedPictures(IDocumentStore documents)
{
    private const int PageSize = 100;

    /// <summary>
    /// How like a removed picture another one is, or one of the frames of an animation. Costs a query for each band: five of a still picture, at most 85 of an
    /// animation (<see cref="PictureFrames.MostKept"/>).
    /// </summary>
    public async ValueTask<Likeness> FindAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var likeness = Likeness.None;
        var prints = media.Fingerprint is { } fingerprint ? media.Frames.Prepend(fingerprint) : media.Frames;
        foreach (var band in prints.SelectMany(print => print.Bands(), (print, band) => (band, print)).GroupBy(found => found.band, found => found.print, StringComparer.Ordinal))
        {
            await foreach (var removed in documents.QueryAllAsync<RemovedPictureDocument>(new(band.Key, PageSize), cancellationToken))
            {
                if (removed.Id.StartsWith(IdOf(media), StringComparison.Ordinal))
                {
                    continue;
                }

                // An animation is removed for one of its frames and nobody said for which: a frame of one never removes anything by itself.
                var found = band.Max(print => print.To(removed.Fingerprint));
                found = removed.IsFrame && found == Likeness.Same ? Likeness.Near : found;
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
        if (media.Fingerprint is null || media.Moderation.By == ModerateMedia.Recognition)
        {
            return;
        }

        var kept = NotesOf(media).ToList();
        if (media.Moderation.Status == ModerationStatus.Removed)
        {
            await documents.UpsertManyAsync(kept, cancellationToken);
        }
        else
        {
            await documents.DeleteManyAsync([.. kept.Select(note => DocumentKey.Of<RemovedPictureDocument>(note.Band, note.Id))], cancellationToken);
        }
    }

    /// <summary>The picture, and the frames of an animation; not those that tell nothing, such as a blank one, which would hold every other blank picture.</summary>
    private static IEnumerable<RemovedPictureDocument> NotesOf(MediaDocument media)
    {
        var whole = media.Fingerprint!;
        foreach (var band in whole.KeptBands())
        {
            yield return new RemovedPictureDocument { Id = IdOf(media), Band = band, Fingerprint = whole };
        }

        for (var frame = 0; frame < media.Frames.Count; frame++)
        {
            foreach (var band in media.Frames[frame].IsTelling ? media.Frames[frame].KeptBands() : [])
            {
                yield return new RemovedPictureDocument { Id = $"{IdOf(media)}-{frame}", Band = band, Fingerprint = media.Frames[frame], IsFrame = true };
            }
        }
    }

    private static string IdOf(MediaDocument media) => media.Id[..Ids.Length];
}
