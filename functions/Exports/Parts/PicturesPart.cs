using System.Runtime.CompilerServices;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>media_attachments/</c> and <c>media.json</c>: every picture, and what is known of each.</summary>
public sealed class PicturesPart(IDocumentStore documents, IMediaStore store) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "pictures";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await archive.WriteListAsync("media.json", DescriptionsAsync(archive.Profile.Id, cancellationToken), cancellationToken);
        await foreach (var media in StandingAsync(archive.Profile.Id, cancellationToken))
        {
            // One that was deleted since it was listed is left out.
            await using var blob = await store.OpenAsync(media.BlobName, cancellationToken);
            if (blob is not null)
            {
                await archive.WriteBytesAsync(ActivityStreams.FileOf(media.Id, media.Extension), blob.Content, cancellationToken);
            }

            await WriteManifestAsync(archive, media, cancellationToken);
            await archive.AliveAsync();
        }
    }

    /// <summary>The Content Credentials that came with an upload.</summary>
    private async Task WriteManifestAsync(ArchiveWriter archive, MediaDocument media, CancellationToken cancellationToken)
    {
        await using var manifest = media.Credentials is null ? null : await store.OpenAsync(MediaFiles.ManifestName(media.BlobName), cancellationToken);
        if (manifest is not null)
        {
            await archive.WriteBytesAsync(ActivityStreams.FileOf(media.Id, ".c2pa"), manifest.Content, cancellationToken);
        }
    }

    private async IAsyncEnumerable<object> DescriptionsAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var media in StandingAsync(ownerId, cancellationToken))
        {
            yield return new
            {
                media.Id,
                File = ActivityStreams.FileOf(media.Id, media.Extension),
                media.ContentType,
                media.Width,
                media.Height,
                media.Alt,
                media.GeneratedBy,
                media.Credentials,
                media.ImageJobId,
                media.PostId,
                media.CreatedAt,
            };
        }
    }

    private async IAsyncEnumerable<MediaDocument> StandingAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var media in documents.QueryAllAsync<MediaDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            if (media.DiscardedAt is null)
            {
                yield return media;
            }
        }
    }
}
