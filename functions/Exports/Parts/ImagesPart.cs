using System.Runtime.CompilerServices;
using ServerlessSocial.Images;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>images.json</c>: what the person had drawn, and what became of it.</summary>
public sealed class ImagesPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "image jobs";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("images.json", JobsAsync(archive.Profile.Id, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> JobsAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var job in documents.QueryAllAsync<ImageJobDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            yield return new { job.Id, job.Prompt, job.Alt, job.Style, Size = $"{job.Width}x{job.Height}", job.State, job.Reason, job.CreatedAt, job.FinishedAt, job.MediaId };
        }
    }
}
