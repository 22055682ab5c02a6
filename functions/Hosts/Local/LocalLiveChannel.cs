using System.Collections.Concurrent;
using ServerlessSocial.Platform.Live;

namespace ServerlessSocial.Hosts.Local;

/// <summary>
/// Those who are connected to this process. Each has a set of topics and nothing else: a client that reads slowly finds them set however much came, and one that is gone is disposed of with
/// its request. Of a profile the newest <see cref="MostEars"/> listen.
/// </summary>
internal sealed class LocalLiveChannel(IHostApplicationLifetime lifetime) : ILiveChannel
{
    /// <summary>Connections of a profile; beyond them the oldest ends, which most likely nobody reads any more.</summary>
    public const int MostEars = 5;

    private readonly ConcurrentDictionary<string, Ear[]> listening = new(StringComparer.Ordinal);

    /// <summary>Profiles that listen, for tests.</summary>
    internal int Count => listening.Count;

    /// <inheritdoc/>
    public ValueTask TellAsync(IEnumerable<string> profileIds, LiveTopics topic, CancellationToken cancellationToken)
    {
        if (!listening.IsEmpty)
        {
            foreach (var ear in profileIds.SelectMany(profileId => listening.GetValueOrDefault(profileId) ?? []))
            {
                ear.Tell(topic);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ILiveEar Listen(string profileId)
    {
        var ear = new Ear(this, profileId, lifetime.ApplicationStopping);
        var ears = listening.AddOrUpdate(profileId, _ => [ear], (_, others) => [.. others, ear]);
        foreach (var oldest in ears.SkipLast(MostEars))
        {
            oldest.Dispose();
        }

        return ear;
    }

    /// <inheritdoc/>
    public ValueTask<LiveAddress?> AddressOfAsync(string profileId, CancellationToken cancellationToken) => ValueTask.FromResult<LiveAddress?>(null);

    private void Forget(string profileId, Ear gone)
    {
        while (listening.TryGetValue(profileId, out var ears))
        {
            Ear[] others = [.. ears.Where(ear => ear != gone)];
            if (others.Length == 0 ? listening.TryRemove(new(profileId, ears)) : listening.TryUpdate(profileId, others, ears))
            {
                return;
            }
        }
    }

    private sealed class Ear : ILiveEar
    {
        private readonly LocalLiveChannel channel;
        private readonly string profileId;
        private readonly SemaphoreSlim bell = new(0, 1);
        private readonly CancellationTokenRegistration atTheEnd;
        private int topics;
        private volatile bool isOver;

        public Ear(LocalLiveChannel channel, string profileId, CancellationToken stopping)
        {
            (this.channel, this.profileId) = (channel, profileId);
            atTheEnd = stopping.Register(Dispose);
        }

        public void Tell(LiveTopics topic)
        {
            Interlocked.Or(ref topics, (int)topic);
            Ring();
        }

        public async ValueTask<LiveTopics?> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
        {
            if (!isOver)
            {
                await bell.WaitAsync(patience, cancellationToken);
            }

            return isOver ? null : (LiveTopics)Interlocked.Exchange(ref topics, 0);
        }

        public void Dispose()
        {
            isOver = true;
            channel.Forget(profileId, this);
            atTheEnd.Unregister();
            Ring();
        }

        private void Ring()
        {
            lock (bell)
            {
                if (bell.CurrentCount == 0)
                {
                    bell.Release();
                }
            }
        }
    }
}
