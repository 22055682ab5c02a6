using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Exports;

/// <summary>Answers with an archive, streamed from the store. Executing it disposes the blob.</summary>
/// <param name="Export">The export it belongs to.</param>
/// <param name="Blob">Its bytes.</param>
public sealed record ArchiveContent(ExportDocument Export, StoredBlob Blob) : IResult, IEndpointMetadataProvider
{
    /// <summary>Media type of archives.</summary>
    public const string ContentType = "application/zip";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(
            Blob.Content,
            ContentType,
            $"serverless-social-{Export.CreatedAt.UtcDateTime:yyyy-MM-dd}.zip",
            Export.FinishedAt,
            new EntityTagHeaderValue($"\"{Export.Id}\""),
            enableRangeProcessing: true).ExecuteAsync(httpContext);
    }

    /// <summary>Describes the answers for OpenAPI.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [ContentType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status206PartialContent, typeof(Stream), [ContentType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status416RangeNotSatisfiable));
    }
}
