using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Reports;

/// <summary>Tells that a report could not be filed. It stands, and is tried again from the waiting index.</summary>
public sealed class FileReportDeadLetter(DeadLetters deadLetters)
{
    /// <summary>Takes a message that workers gave up on.</summary>
    [Function(nameof(FileReportDeadLetter))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ReportPipeline.Queue + DeadLetters.Suffix, Connection = "ServiceBus")] WorkMessage message) =>
        deadLetters.ReportAsync(ReportPipeline.Queue, message);
}
