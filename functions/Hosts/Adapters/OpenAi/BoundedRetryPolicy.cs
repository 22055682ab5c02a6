using System.ClientModel.Primitives;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>
/// Tries again after faults that pass, waiting as long as the endpoint's Retry-After says, but not for ever: a call that is told to wait
/// longer fails at once, and the queue that brought the work brings it again.
/// </summary>
/// <param name="maxRetries">Tries after the first.</param>
/// <param name="longestWait">Longest wait before a try.</param>
internal sealed class BoundedRetryPolicy(int maxRetries, TimeSpan longestWait) : ClientRetryPolicy(maxRetries)
{
    /// <inheritdoc/>
    protected override bool ShouldRetry(PipelineMessage message, Exception? exception) => MayWait(message) && base.ShouldRetry(message, exception);

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(PipelineMessage message, Exception? exception) =>
        MayWait(message) && await base.ShouldRetryAsync(message, exception);

    /// <inheritdoc/>
    protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount)
    {
        var delay = base.GetNextDelay(message, tryCount);
        return delay < longestWait ? delay : longestWait;
    }

    /// <summary>The delay after a first try is short unless the endpoint asks for a longer one.</summary>
    private bool MayWait(PipelineMessage message) => message.Response is null || base.GetNextDelay(message, 1) <= longestWait;
}
