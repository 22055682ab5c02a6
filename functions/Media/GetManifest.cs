using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Media;

/// <summary>Gives back the manifest that came with an upload, to whoever uploaded it.</summary>
public sealed class GetManifest(IDocumentStore documents, IMediaStore store)
{
    /// <summary>Fetch the Content Credentials (C2PA manifest store) that came with an upload of yours, as they came.</summary>
    /// <remarks>
    /// The picture that is shown was written anew, so that its old manifest does not fit it any more and would give away what was left out: where it was taken, who by, and how it
    /// looked before it was cut. So it is kept aside, for you alone; others see what it claims in the picture's provenance.
    /// </remarks>
    [Function(nameof(GetManifest))]
    [Access(Access.Profile)]
    [Limit(Bucket.Pictures)]
    public async Task<Results<ManifestContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{id}/manifest")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (OwnedIds.TryParse(id, out var ownerId) && ownerId == http.Me()
            && await documents.FindAsync<MediaDocument>(ownerId, id, cancellationToken) is { DiscardedAt: null, Credentials: not null } media
            && await store.OpenAsync(MediaFiles.ManifestName(media.BlobName), cancellationToken) is { } blob)
        {
            return new ManifestContent(media.Id, blob);
        }

        return new Missing("manifest");
    }
}
