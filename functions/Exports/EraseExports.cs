using Microsoft.Extensions.Options;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Exports;

/// <summary>Removes a person's archives.</summary>
public sealed class EraseExports(IDocumentStore documents, IMediaStore store, IOptions<PrivacyOptions> options, TimeProvider time) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<ExportDocument>(new DocumentQuery(person.ProfileId, PageSize).After(after), cancellationToken);
        var now = time.GetUtcNow();
        foreach (var export in page.Items)
        {
            await documents.UpdateReadAsync(
                export, found => found.State == ExportState.Queued ? found with { State = ExportState.Failed, FinishedAt = now } : null, cancellationToken);
            await store.DeleteAsync(export.BlobName, cancellationToken);
            if (person.IsFinal)
            {
                var note = export.NoteOf(options.Value.ExportRetention);
                await documents.DeleteManyAsync(
                    [DocumentKey.Of<UnusedMediaDocument>(note.Bucket, note.Id), DocumentKey.Of<ExportDocument>(export.OwnerId, export.Id)], cancellationToken);
            }
        }

        return new(page.Next);
    }
}
