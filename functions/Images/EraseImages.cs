using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Images;

/// <summary>Stops a person's image jobs, and removes them with whatever bytes they had made.</summary>
public sealed class EraseImages(IDocumentStore documents, IMediaStore store, TimeProvider time) : IErasureStep
{
    private const int PageSize = 50;
    private const string Reason = "The account was deleted.";

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ImageJobDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        var now = time.GetUtcNow();
        foreach (var job in page.Items)
        {
            if (job.State == ImageJobState.Queued)
            {
                await documents.UpdateReadAsync(
                    job, found => found.State == ImageJobState.Queued ? found with { State = ImageJobState.Failed, Reason = Reason, FinishedAt = now } : null, cancellationToken);
            }

            if (person.IsFinal)
            {
                // Also what a worker had drawn when it was stopped before it could say so.
                await store.DeletePictureAsync(MediaDocument.BlobNameOf(job.Id, job.OwnerId), cancellationToken);
                await documents.DeleteAsync<ImageJobDocument>(job.OwnerId, job.Id, cancellationToken);
            }
        }

        return new(page.Next);
    }
}
