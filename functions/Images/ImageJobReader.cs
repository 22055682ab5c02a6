using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Images;

/// <summary>Shapes jobs for clients, together with their runs and pictures: one batched load for any number of jobs of one owner.</summary>
public sealed class ImageJobReader(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Shapes jobs, in order.</summary>
    public async ValueTask<IReadOnlyList<ImageJob>> ShapeAsync(IReadOnlyList<ImageJobDocument> jobs, CancellationToken cancellationToken)
    {
        var keys = new List<DocumentKey>(jobs.Count);
        foreach (var job in jobs)
        {
            if (job.State == ImageJobState.Queued)
            {
                keys.Add(DocumentKey.Of<ImageRunDocument>(job.OwnerId, ImageRunDocument.IdOf(job.Id)));
            }
            else if (job.State == ImageJobState.Done)
            {
                keys.Add(DocumentKey.Of<MediaDocument>(job.OwnerId, job.MediaId));
            }
        }

        var loaded = keys.Count > 0 ? await documents.ReadManyAsync(keys, cancellationToken) : new DocumentSet();
        var now = time.GetUtcNow();
        return [.. jobs.Select(job => Shape(
            job, loaded.Get<ImageRunDocument>(job.OwnerId, ImageRunDocument.IdOf(job.Id)), loaded.Get<MediaDocument>(job.OwnerId, job.MediaId), now))];
    }

    /// <summary>Shapes one job. Pure.</summary>
    public static ImageJob Shape(ImageJobDocument job, ImageRunDocument? run, MediaDocument? media, DateTimeOffset now)
    {
        var reason = Wording.Of(job.Reason);
        return new(
            job.Id,
            StatusOf(job, run, now),
            reason.Words,
            reason.Code,
            media is { DiscardedAt: null } ? MediaPresenter.Shape(media) : null,
            job.Prompt,
            job.Style,
            $"{job.Width}x{job.Height}",
            job.CreatedAt);
    }

    private static ImageJobStatus StatusOf(ImageJobDocument job, ImageRunDocument? run, DateTimeOffset now) => job.State switch
    {
        ImageJobState.Queued when run is not null && run.Until > now => ImageJobStatus.Running,
        ImageJobState.Queued => ImageJobStatus.Queued,
        ImageJobState.Done => ImageJobStatus.Done,
        ImageJobState.Refused => ImageJobStatus.Refused,
        ImageJobState.Failed => ImageJobStatus.Failed,
        _ => throw new InvalidOperationException($"Image job {job.Id} is in no known state."),
    };
}
