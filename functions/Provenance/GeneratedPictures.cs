using System.Security.Cryptography;
using System.Text.Json.Serialization;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Provenance;

/// <summary>
/// A picture that a model made here, under the hash of one of its files, or under one of the bands of its fingerprint: whatever is like it shares at least
/// one of them (<see cref="PictureFingerprint.Bands"/>). It stays when the picture goes, since copies of it are elsewhere by then, and names nobody.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "By what a picture is recognised as made by a model, which names neither whoever had it made nor what they asked for.")]
public sealed record GeneratedPictureDocument : Document, IDocument<GeneratedPictureDocument>
{
    /// <summary>Id of those under the hash of a file.</summary>
    internal const string File = "file";

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("generated-pictures", "/key");

    /// <summary>SHA-256 of a file as 64 hexadecimal digits, or a band. Under a band the id is the time-ordered part of the picture's.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the model that made it.</summary>
    public required string Model { get; init; }

    /// <summary>By what it is recognised; null under the hash of a file.</summary>
    public PictureFingerprint? Fingerprint { get; init; }

    /// <summary>Its detail; null under the hash of a file.</summary>
    public PictureDetail? Detail { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Key;
}

/// <summary>Recognises what models made here when it comes again, as the same file, saved again, scaled or mirrored; crops and turned ones are not recognised.</summary>
public sealed class GeneratedPictures(IDocumentStore documents)
{
    /// <summary>Of a band, the newest pictures that are compared: of four million pictures in all about that many share one.</summary>
    private const int MostCompared = 1_000;

    private const int PageSize = 100;

    /// <summary>
    /// Bits of 64 in which the shapes may differ where the details agree. Who differs in four is always found, since a band is equal then; in eight, two times
    /// of three.
    /// </summary>
    private const int MostApart = 8;

    /// <summary>Keeps a picture in mind. May be repeated. Costs a write for each of its files and of at most ten bands.</summary>
    /// <param name="id">The time-ordered part of the picture's id.</param>
    /// <param name="picture">The picture as it is stored.</param>
    /// <param name="model">Name of the model that made it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task NoteAsync(string id, ProcessedPicture picture, string model, CancellationToken cancellationToken)
    {
        var files = picture.Thumbnails.Select(thumbnail => thumbnail.Content).Append(picture.Content)
            .Select(file => new GeneratedPictureDocument { Id = GeneratedPictureDocument.File, Key = Convert.ToHexStringLower(SHA256.HashData(file)), Model = model });
        var bands = picture.Fingerprint.KeptBands()
            .Select(band => new GeneratedPictureDocument { Id = id, Key = band, Model = model, Fingerprint = picture.Fingerprint, Detail = picture.Detail });
        await documents.UpsertManyAsync([.. files, .. bands], cancellationToken);
    }

    /// <summary>The model that made a file here; null if none did.</summary>
    /// <param name="sha256">SHA-256 of the file, 64 hexadecimal digits in small letters.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<string?> FindFileAsync(string sha256, CancellationToken cancellationToken) =>
        (await documents.FindAsync<GeneratedPictureDocument>(sha256, GeneratedPictureDocument.File, cancellationToken))?.Model;

    /// <summary>The model that made a picture here, and how it was recognised: its pixels, or its likeness by both measures. Null if none is like it. Five queries.</summary>
    public async ValueTask<(string Model, ProvenanceMatch Match)?> FindAsync(ProcessedPicture picture, CancellationToken cancellationToken)
    {
        GeneratedPictureDocument? near = null;
        foreach (var band in picture.Fingerprint.Bands())
        {
            var compared = 0;
            await foreach (var made in documents.QueryAllAsync<GeneratedPictureDocument>(new(band, PageSize) { Descending = true }, cancellationToken))
            {
                if (made.Fingerprint?.Pixels == picture.Fingerprint.Pixels)
                {
                    return (made.Model, ProvenanceMatch.Pixels);
                }

                near ??= IsNear(picture, made) ? made : null;
                if (++compared == MostCompared)
                {
                    break;
                }
            }
        }

        return near is null ? null : (near.Model, ProvenanceMatch.Likeness);
    }

    private static bool IsNear(ProcessedPicture picture, GeneratedPictureDocument made) =>
        picture is { Detail: { } detail, Fingerprint: { IsTelling: true } print } && made is { Detail: { } itsDetail, Fingerprint: { } itsPrint }
        && print.Apart(itsPrint) <= MostApart && detail.IsNear(itsDetail);
}
