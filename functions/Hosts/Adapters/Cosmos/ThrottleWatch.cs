using System.Net;
using Microsoft.Azure.Cosmos;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>
/// Stops a call of the SDK at the first answer that asks to come again later. The SDK's read-many goes on asking for as long as the
/// answer stays the same, and would tell its caller only afterwards.
/// </summary>
internal sealed class ThrottleWatch : IDisposable
{
    private static readonly AsyncLocal<ThrottleWatch?> Current = new();

    private readonly CancellationTokenSource stop;

    /// <summary>Watches what happens from here until it is disposed.</summary>
    public ThrottleWatch(CancellationToken cancellationToken)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Current.Value = this;
    }

    /// <summary>For the call that is watched.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>How long to wait, once the call was stopped.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Current.Value = null;
        stop.Dispose();
    }

    private async Task StopAsync(TimeSpan? retryAfter)
    {
        RetryAfter = retryAfter ?? TimeSpan.FromSeconds(1);
        await stop.CancelAsync();
    }

    /// <summary>Stands in the SDK's pipeline above its own short retries.</summary>
    public sealed class Handler : RequestHandler
    {
        /// <inheritdoc/>
        public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && Current.Value is { } watch)
            {
                await watch.StopAsync(response.Headers.RetryAfter());
            }

            return response;
        }
    }
}
