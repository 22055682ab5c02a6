using Microsoft.Extensions.Options;
using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Images;

/// <summary>Makes the picture of a job, or refuses to.</summary>
public sealed class GenerateImage(
    Worker worker,
    ParkedWork parked,
    Dispatcher dispatcher,
    ImageRuns runs,
    IOptions<ModerationOptions> moderation,
    ImageStudio studio,
    Notifier notifier,
    TimeProvider time,
    TextCheck texts)
{
    /// <summary>Runs for each job.</summary>
    [Function(nameof(GenerateImage))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ImagePipeline.GenerationQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ImagePipeline, ImageJobDocument>(
            ImagePipeline.GenerationQueue,
            message,
            job => parked.UnlessSuspendedAsync(job.OwnerId, ImagePipeline.GenerationQueue, message, () => GenerateAsync(job, message, cancellationToken), cancellationToken),
            cancellationToken);

    private async Task GenerateAsync(ImageJobDocument job, WorkMessage message, CancellationToken cancellationToken)
    {
        var (run, mine) = await runs.BeginAsync(job, cancellationToken);
        if (mine)
        {
            await runs.DuringAsync(run, () => DrawAsync(job, cancellationToken));
        }
        else
        {
            // Another worker is at it, or died at it: look again when its run would have ended.
            await dispatcher.SendLaterAsync(ImagePipeline.GenerationQueue, message, run.Until, cancellationToken);
        }
    }

    private async Task DrawAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var refusal = await RefusalAsync(job, cancellationToken) ?? await studio.MakeAsync(job, cancellationToken);
        var finished = job with
        {
            State = refusal is null ? ImageJobState.Done : ImageJobState.Refused,
            Reason = refusal,
            FinishedAt = time.GetUtcNow(),
        };
        await notifier.TellAsync([ImageNotifications.Of(finished)], cancellationToken);
        await worker.FinishAsync(finished, cancellationToken);
        ImageMetrics.Count(finished.State);
    }

    /// <summary>
    /// Why the description is refused. One that nothing can examine is not drawn: after its last try the job fails. Its tokens count; whether there were
    /// any left was asked when the job was taken.
    /// </summary>
    private async Task<string?> RefusalAsync(ImageJobDocument job, CancellationToken cancellationToken) => ImagePromptPolicy.Refusal(
        await texts.ScoresAsync(job.OwnerId, job.Prompt, null, cancellationToken), moderation.Value);
}
