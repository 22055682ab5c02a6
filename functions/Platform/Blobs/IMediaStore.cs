namespace ServerlessSocial.Platform.Blobs;

/// <summary>Keeps immutable blobs by name.</summary>
public interface IMediaStore
{
    /// <summary>
    /// Stores a blob of any size, piece by piece. A name is written once: if it exists already the stored content stays as it is, whatever is
    /// read of the stream, and this is no error. If the stream fails, nothing is stored.
    /// </summary>
    ValueTask WriteAsync(string name, Stream content, string contentType, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading, seekable, or null if there is none.</summary>
    ValueTask<StoredBlob?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens a blob of any size for reading piece by piece, seekable, or null if there is none.</summary>
    ValueTask<StoredBlob?> OpenLargeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; a missing one counts as done.</summary>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>An opened blob; dispose it with its content.</summary>
/// <param name="Content">The bytes; seekable.</param>
/// <param name="ContentType">Media type it was stored with.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record StoredBlob(Stream Content, string ContentType, long Length) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
