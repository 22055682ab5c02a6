using System.Security.Cryptography;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.Media;

/// <summary>Takes a picture in.</summary>
public sealed class UploadMedia(
    IDocumentStore documents, IMediaStore store, PictureProcessor pictures, PictureIntake intake, UnusedMedia unused, GeneratedPictures generated, ContentCredentials credentials,
    RateLimiter limits, Idempotency idempotency)
{
    /// <summary>Upload a picture, to put it into a post or to make it your avatar.</summary>
    /// <remarks>
    /// The body is the file itself, at most 8 MiB: JPEG, PNG, GIF, WebP or AVIF, told by its content, of at most 16,383 pixels a side and 50 million in
    /// all; animations (GIF, WebP) of at most 1,000 frames and 64 million pixels in all of them. What browsers show in spite of damage is taken. It is
    /// decoded, turned upright and written anew: location, camera, author and everything else that is not the picture is gone, except the mark that a
    /// model made it. A picture that was made by a model here is recognised when it comes back, saved again or scaled, and labelled as generated. Content Credentials (C2PA)
    /// that came with it are kept aside for you (GET /media/{id}/manifest), and its provenance says what they claim. JPEG and PNG stay what they are, GIF becomes lossless WebP, AVIF becomes WebP; colours become sRGB or, where they reach beyond it,
    /// Display P3. Of an animated PNG or an AVIF sequence the still picture is kept. HEIC is refused with advice. Only you see it until something shows it, and
    /// moderation looks at it before: GET /media/{id}/moderation. What nothing shows after 24 hours is removed. Your uploads are taken one after the other,
    /// and seven may wait; more get 429 before their bodies are read. While too many of all people are under way, every upload gets 503. A body has a
    /// minute to arrive.
    /// </remarks>
    [Function(nameof(UploadMedia))]
    [Access(Access.Profile)]
    [Limit(Bucket.Uploads, WhenCarriedOut = true)]
    [RequestBody(typeof(byte[]), "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "application/octet-stream")]
    [RequestHeader("Alt-Text*", "What the picture shows, for those who do not see it: at most 1,500 characters, as UTF-8'' and percent-encoded (RFC 8187). PATCH takes it too.", MaxLength = AltText.MaxHeader)]
    [RequestHeader("Alt-Text", "The same in ASCII.", MaxLength = AltText.MaxHeader)]
    [Idempotent]
    [Answers(ErrorKind.Unavailable)]
    public async Task<Results<Created<Posts.Media>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "media")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (PictureIntake.TypeProblem(http) is { } wrong)
        {
            return wrong;
        }

        var (alt, unreadable) = AltText.Of(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var me = http.Me();
        var (received, refused) = await intake.ReceiveAsync(http, me, cancellationToken);
        using var file = received;
        if (file is null)
        {
            return refused!;
        }

        var request = $"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span))}\n{alt}";
        var (media, error) = await idempotency.OnceAsync<Posts.Media>(
            http,
            http.Caller()!,
            request,
            id => CreateAsync(http, id, me, file.Bytes, alt, cancellationToken),
            id => ReadAsync(id, me, cancellationToken),
            cancellationToken);
        return error is not null ? error : TypedResults.Created(media!.Url, media);
    }

    private async Task<Outcome<Posts.Media>> ReadAsync(string id, string ownerId, CancellationToken cancellationToken) =>
        await documents.FindAsync<MediaDocument>(ownerId, OwnedIds.Make(id, ownerId), cancellationToken) is { DiscardedAt: null } media
            ? MediaPresenter.Shape(media)
            : new Missing("media");

    private async Task<Outcome<Posts.Media>> CreateAsync(
        HttpRequest http, string id, string ownerId, ReadOnlyMemory<byte> file, string? alt, CancellationToken cancellationToken)
    {
        if (await limits.ChargeAsync(http, Bucket.Uploads) is { } limited)
        {
            return limited;
        }

        var (processed, error) = await pictures.ProcessAsync(file, generated: false, cancellationToken);
        if (processed is null)
        {
            return error!;
        }

        var (picture, model) = await LabelAsync(file, processed, cancellationToken);
        var manifest = await credentials.FindAsync(file, cancellationToken);
        var media = MediaDocument.Of(id, ownerId, picture) with { Alt = alt, GeneratedBy = model, Credentials = manifest?.Credentials };

        // The note that somebody must look after it, then the bytes, then the document: a crash in between leaves nothing that is never removed.
        await unused.WatchAsync(media, media.CreatedAt + UnusedMedia.Patience, cancellationToken);
        await store.WriteAsync(media.BlobName, picture, cancellationToken);
        if (manifest is not null)
        {
            await store.WriteManifestAsync(media.BlobName, manifest.Store.ToArray(), cancellationToken);
        }

        // A conflict is this very upload, carried out before by a request that did not live to answer.
        (await documents.CreateAsync(media, cancellationToken)).NotThrottled();
        return MediaPresenter.Shape(media);
    }

    /// <summary>The picture and the model that made it, if one did: because it was made here, or because the file says so. Then what is kept says so, too.</summary>
    private async ValueTask<(ProcessedPicture Picture, string? Model)> LabelAsync(ReadOnlyMemory<byte> file, ProcessedPicture picture, CancellationToken cancellationToken)
    {
        if (await generated.FindAsync(picture, cancellationToken) is not var (model, _))
        {
            return (picture, picture.IsMarked ? GenerationMark.UnknownModel : null);
        }

        return (picture.IsMarked ? picture : (await pictures.ProcessAsync(file, generated: true, cancellationToken)).Value ?? picture, model);
    }
}
