namespace ServerlessSocial.Platform.Live;

/// <summary>What a client that is connected is told of: that there is something new, never what. It is read then, by the same rules as ever.</summary>
[Flags]
public enum LiveTopics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A notification.</summary>
    Notifications = 1,

    /// <summary>A post in the home feed.</summary>
    Feed = 2,
}

/// <summary>Where a client connects that this host does not hold the connection of.</summary>
/// <param name="Url">A WebSocket address that is the caller's alone, with its token in it.</param>
/// <param name="ExpiresAt">Until when one can connect with it.</param>
public sealed record LiveAddress(string Url, DateTimeOffset ExpiresAt);

/// <summary>
/// Tells people who are connected just now that there is something new. It is a convenience and nothing more: what is not told is found by whoever looks, so nothing is kept for anybody, and
/// telling somebody who is not there costs next to nothing.
/// </summary>
public interface ILiveChannel
{
    /// <summary>Tells those of some profiles who are connected. It does not fail: a channel that is out logs that and lets go.</summary>
    /// <param name="profileIds">Profiles; a channel to which nobody listens does not go through them.</param>
    /// <param name="topic">What there is.</param>
    /// <param name="cancellationToken">Stops telling.</param>
    ValueTask TellAsync(IEnumerable<string> profileIds, LiveTopics topic, CancellationToken cancellationToken);

    /// <summary>Begins to listen for a profile; null where this host holds no connections.</summary>
    ILiveEar? Listen(string profileId);

    /// <summary>Where a profile's client connects instead; null where there is no such place.</summary>
    ValueTask<LiveAddress?> AddressOfAsync(string profileId, CancellationToken cancellationToken);
}

/// <summary>Listens for a profile until it is disposed.</summary>
public interface ILiveEar : IDisposable
{
    /// <summary>What there is new since the last call; waits for it. However much came meanwhile, it is one answer.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The topics; <see cref="LiveTopics.None"/> when nothing came; null when it is over, because the profile listens at too many places or the host stops.</returns>
    ValueTask<LiveTopics?> NextAsync(TimeSpan patience, CancellationToken cancellationToken);
}
