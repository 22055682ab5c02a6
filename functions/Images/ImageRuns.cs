using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Images;

/// <summary>Lets one worker at a time draw a job's picture.</summary>
public sealed class ImageRuns(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a run counts as alive without a sign of life: a worker that died holds a job up no longer.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SignOfLife = Duration / 4;

    /// <summary>Begins a run. Another one may be alive: then its token is not the caller's.</summary>
    /// <returns>The run that is alive now, and whether it is the caller's.</returns>
    public async ValueTask<(ImageRunDocument Run, bool Mine)> BeginAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mine = new ImageRunDocument { Id = ImageRunDocument.IdOf(job.Id), OwnerId = job.OwnerId, Token = Ids.New(now), Until = now + Duration };
        var run = await documents.SetAsync<ImageRunDocument>(
            job.OwnerId, mine.Id, found => found is { } other && other.Until > now ? other : mine, cancellationToken);
        return (run!, run!.Token == mine.Token);
    }

    /// <summary>Does the work of a run, gives signs of life meanwhile, and ends it, so that the next may begin at once.</summary>
    public async Task DuringAsync(ImageRunDocument run, Func<Task> work)
    {
        using var ended = new CancellationTokenSource();
        var living = LiveAsync(run, ended.Token);
        try
        {
            await work();
        }
        finally
        {
            await ended.CancelAsync();
            await living;

            // Not cancelled with its work: it is what makes a failed step repeat quickly.
            await SetUntilAsync(run, time.GetUtcNow());
        }
    }

    private async Task LiveAsync(ImageRunDocument run, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(SignOfLife, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsCancellationRequested)
            {
                await SetUntilAsync(run, time.GetUtcNow() + Duration);
            }
        }
    }

    private async Task SetUntilAsync(ImageRunDocument run, DateTimeOffset until) => await documents.UpdateAsync<ImageRunDocument>(
        run.OwnerId, run.Id, found => found.Token == run.Token ? found with { Until = until } : null, CancellationToken.None);
}
