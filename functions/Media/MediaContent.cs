using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media;

/// <summary>
/// Answers with a picture's bytes, streamed from the store: whole, as a range, or not at all when the client has them (RFC 9110 semantics come with
/// the framework's file result). Executing it disposes the blob.
/// </summary>
/// <param name="Media">The picture.</param>
/// <param name="Blob">Its bytes; null for a client that has them.</param>
/// <param name="Audience">Decides who may keep a copy.</param>
/// <param name="Thumbnail">Which of its thumbnails the bytes are; null for the picture itself.</param>
public sealed record MediaContent(MediaDocument Media, StoredBlob? Blob, Audience Audience, MediaThumbnail? Thumbnail = null) : IResult, IEndpointMetadataProvider
{
    /// <summary>
    /// For what anyone may see. The bytes of an id never change, and who may see them does: after five minutes whoever keeps a copy asks again, which costs
    /// no bytes, so that what is taken down is gone from caches.
    /// </summary>
    public const string PublicCaching = "public, must-revalidate, max-age=300";

    /// <summary>For what only some may see: their browser keeps it and asks every time whether they still may.</summary>
    public const string PrivateCaching = "private, no-cache";

    private string Name => Thumbnail is { Size: var size } ? $"{Media.Id[..Platform.Documents.Ids.Length]}-{size}" : Media.Id[..Platform.Documents.Ids.Length];

    private EntityTagHeaderValue Tag => new($"\"{Name}\"");

    /// <summary>The answer for what is not there, or not for this viewer. What is hidden now may be shown in a moment: nobody shall remember it.</summary>
    public static Error NotFound(HttpRequest http)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        return new Platform.Http.Missing("media");
    }

    /// <summary>Answers for a picture that the viewer may see; its bytes are opened only for a client that does not have them.</summary>
    public static async ValueTask<Results<MediaContent, Error>> OfAsync(
        HttpRequest http, IMediaStore store, MediaDocument media, Audience audience, MediaThumbnail? thumbnail, CancellationToken cancellationToken)
    {
        var content = new MediaContent(media, null, audience, thumbnail);
        if (Answers.IsKnown(http.GetTypedHeaders(), content.Tag))
        {
            return content;
        }

        var name = thumbnail is null ? media.BlobName : MediaFiles.ThumbnailName(media.BlobName, thumbnail.Size);
        return await store.OpenAsync(name, cancellationToken) is { } blob ? content with { Blob = blob } : NotFound(http);
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = Audience == Audience.Anyone ? PublicCaching : PrivateCaching;
        if (Blob is null)
        {
            response.Headers.ETag = Tag.ToString();
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (type, extension) = Thumbnail is null ? (Media.ContentType, Media.Extension) : (PictureThumbnail.ContentType, ".webp");
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.ContentDisposition = $"inline; filename=\"{Name}{extension}\"";
        await TypedResults.Stream(Blob.Content, type, lastModified: Media.CreatedAt, entityTag: Tag, enableRangeProcessing: true).ExecuteAsync(httpContext);
        if (response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
        {
            response.ContentLength = null;
            await new NoSuchRange(Blob.Length).ExecuteAsync(httpContext);
        }
    }

    /// <summary>Describes the answers for OpenAPI.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        string[] types = ["image/png", "image/jpeg", "image/gif", "image/webp"];
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), types));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(Stream), types));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status416RangeNotSatisfiable, typeof(ProblemDetails), [Problems.MediaType]));
    }
}
