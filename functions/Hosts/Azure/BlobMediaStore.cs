using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// The media port over a private container of Azure Blob Storage. Blobs are streamed through the function rather than handed out by
/// signed address: who may see a picture follows from the post it belongs to, at the moment of looking, and an address once given away
/// would outlive a deletion, a block or a removal.
/// </summary>
public sealed class BlobMediaStore(BlobContainerClient container) : IMediaStore
{
    private const string Immutable = "private, max-age=31536000, immutable";

    /// <summary>A picture goes in one call; of an archive no more is held than some blocks.</summary>
    private static readonly StorageTransferOptions Pieces = new() { InitialTransferSize = 8 << 20, MaximumTransferSize = 4 << 20, MaximumConcurrency = 2 };

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string name, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType, CacheControl = Immutable },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            TransferOptions = Pieces,
        };
        try
        {
            await container.GetBlobClient(name).UploadAsync(content, options, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.Status == StatusCodes.Status412PreconditionFailed)
        {
            // A name is written once; whoever came first stored the same.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredBlob?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(name);
        try
        {
            // One call: a picture is small (8 MiB at most) and mostly read whole.
            BlobDownloadResult found = await blob.DownloadContentAsync(cancellationToken);
            return new StoredBlob(found.Content.ToStream(), found.Details.ContentType, found.Details.ContentLength);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredBlob?> OpenLargeAsync(string name, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(name);
        try
        {
            BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            var content = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = (int)Pieces.MaximumTransferSize!.Value }, cancellationToken);
            return new StoredBlob(content, found.ContentType, found.ContentLength);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken) =>
        await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
}
