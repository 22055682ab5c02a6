using System.Runtime.CompilerServices;
using ServerlessSocial.Drafts;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>drafts.json</c>: what the person has begun and not posted, with earlier texts.</summary>
public sealed class DraftsPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "drafts";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("drafts.json", DraftsAsync(archive.Profile.Id, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> DraftsAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var draft in documents.QueryAllAsync<DraftDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            yield return new { draft.Id, draft.Kind, draft.Content, draft.Versions, draft.Provenance, CreatedAt = Ids.TimeOf(draft.Id), draft.UpdatedAt };
        }
    }
}
