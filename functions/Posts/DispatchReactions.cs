using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Posts;

/// <summary>
/// Carries out likes given for the first time, all that come together in a few batches; sends other changed reactions to the queue of the
/// worker that settles them. Likes are by far the most frequent change, and what follows from one is small.
/// </summary>
public sealed partial class DispatchReactions(Dispatcher dispatcher, Fairness fairness, ReactionEffects effects, ILogger<DispatchReactions> log)
{
    /// <summary>Runs for changed reactions.</summary>
    [Function(nameof(DispatchReactions))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    [Access(Access.System)]
    public async Task RunAsync(
        [CosmosDBTrigger(DocumentDatabase.Name, "reactions", Connection = DocumentDatabase.Connection, LeaseContainerName = DocumentDatabase.Leases, LeaseContainerPrefix = nameof(DispatchReactions), StartFromBeginning = true)]
        IReadOnlyList<ReactionDocument> changed,
        CancellationToken cancellationToken)
    {
        var likes = changed.Where(IsFreshLike).ToList();
        var others = likes.Count == 0 || !await SettleAsync(likes, cancellationToken) ? changed : [.. changed.Where(reaction => !IsFreshLike(reaction))];
        if (others.Count > 0)
        {
            await dispatcher.DispatchAsync<ReactionPipeline, ReactionDocument>(
                others, ReactionPipeline.Queues, cancellationToken, (queue, reaction) => fairness.NotBefore(queue, reaction.ActorId));
        }
    }

    /// <summary>One that was taken back before is not fresh: that may still be waiting, and the queue's worker has it struck off.</summary>
    private static bool IsFreshLike(ReactionDocument reaction) => reaction is { Kind: ReactionKind.Like, Active: true, Settled: false, Revision: 1 };

    /// <summary>Carries likes out; false if that did not work, and then their queue tries one by one, as often as it takes.</summary>
    private async Task<bool> SettleAsync(List<ReactionDocument> likes, CancellationToken cancellationToken)
    {
        var spans = new Stack<Activity?>(likes.DistinctBy(like => like.TraceParent)
            .Select(like => ServiceTelemetry.Continue("likes", ActivityKind.Consumer, like.TraceParent)));
        try
        {
            await effects.CountAsync(likes, cancellationToken);
            await effects.TellOfLikesAsync(likes, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            foreach (var span in spans)
            {
                ServiceTelemetry.Fail(span, exception);
            }

            LeftToQueue(log, exception, likes.Count);
            return false;
        }
        finally
        {
            while (spans.TryPop(out var span))
            {
                span?.Dispose();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} likes could not be carried out together and go through their queue.")]
    private static partial void LeftToQueue(ILogger log, Exception exception, int count);
}
