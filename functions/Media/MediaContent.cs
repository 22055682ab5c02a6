using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Media;

/// <summary>
/// Answers with a picture's bytes, streamed from the store: whole, as a range, or not at all when the client has them (RFC 9110 and RFC 7233
/// semantics come with the framework's file result). Executing it disposes the blob.
/// </summary>
/// <param name="Media">The picture.</param>
/// <param name="Blob">Its bytes.</param>
/// <param name="Audience">Decides who may keep a copy.</param>
/// <param name="Thumbnail">Which of its thumbnails the bytes are; null for the picture itself.</param>
public sealed record MediaContent(MediaDocument Media, StoredBlob Blob, Audience Audience, MediaThumbnail? Thumbnail = null) : IResult, IEndpointMetadataProvider
{
    /// <summary>For what anyone may see: the bytes of an id never change.</summary>
    public const string PublicCaching = "public, max-age=31536000, immutable";

    /// <summary>For what only some may see: their browser keeps it and asks every time whether they still may.</summary>
    public const string PrivateCaching = "private, no-cache";

    /// <summary>The answer for what is not there, or not for this viewer. What is hidden now may be shown in a moment: nobody shall remember it.</summary>
    public static Platform.Http.Error NotFound(HttpRequest http)
    {
        http.HttpContext.Response.Headers.CacheControl = "no-store";
        return new Platform.Http.Missing("media");
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var uuid = Media.Id[..Platform.Documents.Ids.Length];
        var (name, type, extension) = Thumbnail is { Size: var size } ? ($"{uuid}-{size}", PictureThumbnail.ContentType, ".webp") : (uuid, Media.ContentType, Media.Extension);
        var headers = httpContext.Response.Headers;
        headers.CacheControl = Audience == Audience.Anyone ? PublicCaching : PrivateCaching;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = $"inline; filename=\"{name}{extension}\"";
        return TypedResults.Stream(
            Blob.Content, type, lastModified: Media.CreatedAt, entityTag: new EntityTagHeaderValue($"\"{name}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }

    /// <summary>Describes the answers for OpenAPI.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        string[] types = ["image/png", "image/jpeg", "image/gif", "image/webp"];
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), types));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(Stream), types));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status416RangeNotSatisfiable));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status416RangeNotSatisfiable));
    }
}
