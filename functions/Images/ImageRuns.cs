using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Images;

/// <summary>Lets one worker at a time draw a job's picture.</summary>
public sealed class ImageRuns(IDocumentStore documents, TimeProvider time)
{
    /// <summary>As long as the queue's lock: when a worker dies, its message comes again no sooner than its run has ended.</summary>
    public static readonly TimeSpan Duration = ImagePipeline.Generation.LockDuration;

    /// <summary>Begins a run; null while another is alive.</summary>
    public async ValueTask<ImageRunDocument?> TryBeginAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mine = new ImageRunDocument { Id = ImageRunDocument.IdOf(job.Id), OwnerId = job.OwnerId, Token = Ids.New(now), Until = now + Duration };
        var run = await documents.SetAsync<ImageRunDocument>(
            job.OwnerId, mine.Id, found => found is { } other && other.Until > now ? other : mine, cancellationToken);
        return run!.Token == mine.Token ? run : null;
    }

    /// <summary>Ends a run, so that the next may begin at once. Not cancelled with its work: it is what makes a failed step repeat quickly.</summary>
    public async ValueTask EndAsync(ImageRunDocument run)
    {
        var now = time.GetUtcNow();
        await documents.UpdateAsync<ImageRunDocument>(
            run.OwnerId, run.Id, found => found.Token == run.Token ? found with { Until = now } : null, CancellationToken.None);
    }
}
