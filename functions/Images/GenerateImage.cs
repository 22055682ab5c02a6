using Microsoft.Extensions.Options;
using ServerlessSocial.Moderation;
using ServerlessSocial.Notifications;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
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
    TextCheck texts,
    Credits credits,
    SpendCeiling ceiling)
{
    private const string Paused = "The picture was not made: this service has spent on models what it may today. It cost you nothing; please ask again tomorrow.";
    private const string NoCredits =
        "The picture was not made: it took so long that its credits were free again, and others of your calls took them. It cost you nothing.";

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

    /// <summary>Makes the picture, and has it paid or not before the job says what became of it: whoever repeats any of that finds it done.</summary>
    private async Task DrawAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        var (state, reason) = await MakeAsync(job, cancellationToken);
        await (state == ImageJobState.Done ? credits.SettleAsync(job.OwnerId, job.Id, cancellationToken) : credits.ReleaseAsync(job.OwnerId, job.Id, cancellationToken));
        var finished = job with { State = state, Reason = reason, FinishedAt = time.GetUtcNow() };
        await notifier.TellAsync([ImageNotifications.Of(finished)], cancellationToken);
        await worker.FinishAsync(finished, cancellationToken);
        ImageMetrics.Count(finished.State);
    }

    private async Task<(ImageJobState State, string? Reason)> MakeAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        // Work that waited for long holds its credits anew, and a day's spending may have come to its end meanwhile: unless the picture is there already.
        var (held, _) = await credits.ReserveAsync(job.OwnerId, job.Id, CallKind.Image, cancellationToken);
        var obstacle = held is null ? NoCredits : await ceiling.ReachedAsync(cancellationToken) is not null ? Paused : null;
        if (obstacle is not null && !await studio.HasMadeAsync(job, cancellationToken))
        {
            return (ImageJobState.Failed, obstacle);
        }

        var refusal = await RefusalAsync(job, cancellationToken) ?? await studio.MakeAsync(job, cancellationToken);
        return (refusal is null ? ImageJobState.Done : ImageJobState.Refused, refusal);
    }

    /// <summary>
    /// Why the description is refused. One that nothing can examine is not drawn: after its last try the job fails. Its tokens count; whether there were
    /// any left was asked when the job was taken.
    /// </summary>
    private async Task<string?> RefusalAsync(ImageJobDocument job, CancellationToken cancellationToken) => ImagePromptPolicy.Refusal(
        await texts.ScoresAsync(job.OwnerId, job.Prompt, null, cancellationToken), moderation.Value);
}
