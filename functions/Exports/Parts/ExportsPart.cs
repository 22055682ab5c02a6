using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>exports.json</c>: the archives that the person asked for, this one among them, as long as that is kept.</summary>
public sealed class ExportsPart(IDocumentStore documents, TimeProvider time) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "exports";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("exports.json", ExportsAsync(archive.Profile.Id, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> ExportsAsync(string me, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var activity = await documents.FindAsync<ExportActivityDocument>(me, ExportActivityDocument.ActivityId, cancellationToken);
        await foreach (var export in documents.QueryAllAsync<ExportDocument>(new DocumentQuery(me, 100), cancellationToken))
        {
            var shown = Export.Of(export, activity, time.GetUtcNow());
            yield return new { shown.Id, shown.Status, shown.Reason, shown.Bytes, shown.CreatedAt, shown.ExpiresAt };
        }
    }
}
