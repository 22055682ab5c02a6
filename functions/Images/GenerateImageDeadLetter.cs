using ServerlessSocial.Notifications;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Images;

/// <summary>Ends jobs that could not be made after several tries: their owners are told and may ask again.</summary>
public sealed partial class GenerateImageDeadLetter(
    DeadLetters deadLetters, Worker worker, ImageRuns runs, Credits credits, Notifier notifier, TimeProvider time, ILogger<GenerateImageDeadLetter> log)
{
    /// <summary>Why there is no picture, for the person who asked.</summary>
    public const string Reason = "The picture could not be made. It cost you nothing; please try again later.";

    /// <summary>Runs for each job that was tried too often.</summary>
    [Function(nameof(GenerateImageDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ImagePipeline.GenerationQueue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(
            ImagePipeline.GenerationQueue,
            message,
            () => worker.StepAsync<ImagePipeline, ImageJobDocument>(ImagePipeline.GenerationQueue, message, job => FailAsync(job, cancellationToken), cancellationToken),
            cancellationToken);

    private async Task FailAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var (run, mine) = await runs.BeginAsync(job, cancellationToken);

        // If another message's worker is at it, it may still succeed; if it does not, the sweep of waiting work sends the job again.
        if (mine)
        {
            await runs.DuringAsync(run, () => EndAsync(job, cancellationToken));
        }
    }

    private async Task EndAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var failed = job with { State = ImageJobState.Failed, Reason = Reason, FinishedAt = time.GetUtcNow() };
        await credits.ReleaseAsync(job.OwnerId, job.Id, cancellationToken);
        await notifier.TellAsync([ImageNotifications.Of(failed)], cancellationToken);
        await worker.FinishAsync(failed, cancellationToken);
        ImageMetrics.Count(failed.State);
        Failed(log, job.Id);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Image job {JobId} failed for good.")]
    private static partial void Failed(ILogger log, string jobId);
}
