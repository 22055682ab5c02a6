namespace ServerlessSocial.Platform.Live;

/// <summary>Nobody is connected: clients ask from time to time.</summary>
public sealed class NoLiveChannel : ILiveChannel
{
    /// <inheritdoc/>
    public ValueTask TellAsync(IEnumerable<string> profileIds, LiveTopics topic, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ILiveEar? Listen(string profileId) => null;

    /// <inheritdoc/>
    public ValueTask<LiveAddress?> AddressOfAsync(string profileId, CancellationToken cancellationToken) => ValueTask.FromResult<LiveAddress?>(null);
}
