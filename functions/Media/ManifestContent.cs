using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Media;

/// <summary>Answers with a manifest store, streamed from the media store. Executing it disposes the blob.</summary>
/// <param name="MediaId">The picture it came with.</param>
/// <param name="Blob">Its bytes.</param>
public sealed record ManifestContent(string MediaId, StoredBlob Blob) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (headers, name) = (httpContext.Response.Headers, MediaId[..Ids.Length]);
        headers.CacheControl = MediaContent.PrivateCaching;
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(Blob.Content, MediaFiles.ManifestType, $"{name}.c2pa", entityTag: new EntityTagHeaderValue($"\"{name}-manifest\"")).ExecuteAsync(httpContext);
    }

    /// <summary>Describes the answers for OpenAPI.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [MediaFiles.ManifestType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
