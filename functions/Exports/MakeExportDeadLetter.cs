using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Exports;

/// <summary>Ends exports that could not be made after several tries: their owners may ask again.</summary>
public sealed class MakeExportDeadLetter(DeadLetters deadLetters, Worker worker, ExportTurns turns, TimeProvider time)
{
    /// <summary>Why there is no archive, for the person who asked.</summary>
    public const string Reason = "The archive could not be made. It does not count towards today's archives; please try again later.";

    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(MakeExportDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync(
        [ServiceBusTrigger(ExportPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        deadLetters.SettleAsync(
            ExportPipeline.Queue,
            message,
            () => worker.StepAsync<ExportPipeline, ExportDocument>(ExportPipeline.Queue, message, export => FailAsync(export, cancellationToken), cancellationToken),
            cancellationToken);

    private async Task FailAsync(ExportDocument export, CancellationToken cancellationToken)
    {
        await turns.ReturnAsync(export, cancellationToken);
        await worker.FinishAsync(export with { State = ExportState.Failed, Reason = Reason, FinishedAt = time.GetUtcNow() }, cancellationToken);
    }
}
