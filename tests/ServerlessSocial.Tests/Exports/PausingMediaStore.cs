using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.Tests.Exports;

/// <summary>The host's own media store, which can be made to wait or to fail in the middle of an archive.</summary>
internal sealed class PausingMediaStore : IMediaStore
{
    private readonly TaskCompletionSource writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMediaStore inner = null!;

    /// <summary>Archives that fail before they are stored.</summary>
    public int FailuresLeft { get; set; }

    /// <summary>Completes when an archive is about to be stored.</summary>
    public Task Writing => writing.Task;

    /// <summary>Lets it be stored.</summary>
    public void Continue() => go.SetResult();

    /// <summary>Puts this in front of the host's own.</summary>
    public void Wrap(WebApplicationBuilder builder)
    {
        var own = builder.Services.Last(service => service.ServiceType == typeof(IMediaStore));
        builder.Services.AddSingleton<IMediaStore>(provider =>
        {
            inner = (IMediaStore)own.ImplementationFactory!(provider);
            return this;
        });
    }

    public async ValueTask WriteAsync(string name, Stream content, string contentType, CancellationToken cancellationToken)
    {
        if (name.Contains("export-", StringComparison.Ordinal))
        {
            if (FailuresLeft > 0)
            {
                FailuresLeft--;
                await content.ReadExactlyAsync(new byte[100], cancellationToken);
                throw new IOException("The store went away in the middle of it.");
            }

            writing.TrySetResult();
            if (!go.Task.IsCompleted && Waits)
            {
                await go.Task.WaitAsync(cancellationToken);
            }
        }

        await inner.WriteAsync(name, content, contentType, cancellationToken);
    }

    public ValueTask<StoredBlob?> OpenAsync(string name, CancellationToken cancellationToken) => inner.OpenAsync(name, cancellationToken);

    public ValueTask<StoredBlob?> OpenLargeAsync(string name, CancellationToken cancellationToken) => inner.OpenLargeAsync(name, cancellationToken);

    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    /// <summary>Whether archives wait for <see cref="Continue"/>.</summary>
    public bool Waits { get; set; }
}
