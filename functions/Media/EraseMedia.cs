using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Media;

/// <summary>Removes a person's pictures: the bytes with their thumbnails, the notes to look after them, then their cases and the documents that name them.</summary>
public sealed class EraseMedia(IDocumentStore documents, IMediaStore store, CaseErasure cases) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<MediaDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        var isAtRest = true;
        foreach (var media in page.Items)
        {
            if (MediaPipeline.Next(media).Count > 0)
            {
                // It is still being looked at, or what was decided put on record.
                isAtRest = false;
                continue;
            }

            while (await cases.ErasePageAsync(new(SubjectType.Media, media.Id), person.ProfileId, cancellationToken))
            {
            }

            await store.DeletePictureAsync(media.BlobName, cancellationToken);
            await documents.DeleteManyAsync([.. UnusedMedia.NotesOf(media), DocumentKey.Of<MediaDocument>(media.OwnerId, media.Id)], cancellationToken);
        }

        return new(page.Next, isAtRest);
    }
}
