using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Media.Formats;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Media;

/// <summary>Takes a picture in.</summary>
public sealed class UploadMedia(IDocumentStore documents, IMediaStore store, UnusedMedia unused, Idempotency idempotency)
{
    /// <summary>Largest picture in bytes: 8 MiB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Longest description in grapheme clusters.</summary>
    public const int MaxAlt = 1_500;

    private static readonly string[] Accepted = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/octet-stream"];

    /// <summary>Upload a picture, to put it into a post or to make it your avatar.</summary>
    /// <remarks>
    /// The body is the file itself, at most 8 MiB: PNG, JPEG, GIF or WebP, told by its content. Location, camera, author and other
    /// metadata are removed; the pixels are not touched. Only you see it until something shows it. What nothing shows after 24 hours is removed.
    /// </remarks>
    [Function(nameof(UploadMedia))]
    [Access(Access.Profile)]
    [RequestBody(typeof(byte[]), "image/png", "image/jpeg", "image/gif", "image/webp", "application/octet-stream")]
    [QueryParameter("alt", "What the picture shows, for those who do not see it; at most 1,500 characters.")]
    [Idempotent]
    public async Task<Results<Created<Posts.Media>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "media")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || !Accepted.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return new WrongMediaType(string.Join(", ", Accepted));
        }

        var alt = TextLength.Normalize(http.Query["alt"].ToString());
        if (TextLength.Problem(alt, MaxAlt, required: false) is { } problem)
        {
            return new InvalidFields("alt", problem);
        }

        var (body, tooLarge) = await http.ReadBytesAsync(MaxBytes, cancellationToken);
        if (tooLarge is not null)
        {
            return tooLarge;
        }

        var me = http.Me();
        var request = $"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}\n{alt}";
        var (media, error) = await idempotency.OnceAsync<Posts.Media>(
            http, http.Caller()!, request, id => CreateAsync(id, me, body, TextLength.IsBlank(alt) ? null : alt, cancellationToken), cancellationToken);
        return error is not null ? error : TypedResults.Created(media!.Url, media);
    }

    private async Task<Outcome<Posts.Media>> CreateAsync(string id, string ownerId, ReadOnlyMemory<byte> body, string? alt, CancellationToken cancellationToken)
    {
        if (ImageInspector.Inspect(body.Span) is not { } image)
        {
            return new NotAPicture();
        }

        var media = new MediaDocument
        {
            Id = OwnedIds.Make(id, ownerId),
            OwnerId = ownerId,
            ContentType = image.ContentType,
            Extension = image.Extension,
            Width = image.Width,
            Height = image.Height,
            Alt = alt,
            GeneratedBy = GenerationMark.IsIn(body.Span) ? GenerationMark.UnknownModel : null,
            BlobName = MediaDocument.BlobNameOf(id, ownerId),
            CreatedAt = Ids.TimeOf(id),
        };

        // The note that somebody must look after it, then the bytes, then the document: a crash in between leaves nothing that is never removed.
        await unused.WatchAsync(media, media.CreatedAt + UnusedMedia.Patience, cancellationToken);
        using var cleaned = new MemoryStream(MetadataRemover.Clean(body.Span, image), writable: false);
        await store.WriteAsync(media.BlobName, cleaned, media.ContentType, cancellationToken);

        // A conflict is this very upload, carried out before by a request that did not live to answer.
        (await documents.CreateAsync(media, cancellationToken)).NotThrottled();
        return MediaPresenter.Shape(media);
    }
}
