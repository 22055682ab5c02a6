using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Graph;

/// <summary>What many people do about following one profile, all at once, while others read its followers; and who follows it in the end.</summary>
internal sealed class FollowerHistory(IServiceProvider services, string profileId, int seed)
{
    private const int Steady = 3;
    private const int Fickle = 24;
    private const int MostBuckets = 16;
    private const int MostChanges = 2_000;
    private readonly Followers followers = services.GetRequiredService<Followers>();
    private readonly ConcurrentDictionary<string, bool> model = new();
    private readonly ConcurrentDictionary<int, bool> divisions = new();

    public IDocumentStore Documents { get; } = services.GetRequiredService<IDocumentStore>();

    /// <summary>Who follows now.</summary>
    public IEnumerable<string> Expected => model.Where(entry => entry.Value).Select(entry => entry.Key);

    /// <summary>Divisions that readers met, but for the first.</summary>
    public int Moves => divisions.Count - 1;

    public async Task RunAsync()
    {
        var steady = NewIds(Steady);
        foreach (var id in steady)
        {
            await ChangeAsync(id, follows: true);
        }

        using var done = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WatchAsync(steady, done.Token)));
        var fickle = NewIds(Fickle).Select((id, i) => (Id: id, Random: new Random((seed * 1_000) + i))).ToList();
        await Task.WhenAll(fickle.Select(one => ChangeMindAsync(one.Id, one.Random, inclined: 0.8, layout => layout is { Buckets: MostBuckets, IsMoving: false })));
        await Task.WhenAll(fickle.Select(one => ChangeMindAsync(one.Id, one.Random, inclined: 0.02, layout => layout.Buckets <= 4)));
        await Task.WhenAll(fickle.Select(one => ChangeMindAsync(one.Id, one.Random, inclined: 0.5, _ => one.Random.Next(4) == 0)));
        await done.CancelAsync();
        await reading;
    }

    public async Task<ProfileDocument> ProfileAsync() => (await Documents.FindAsync<ProfileDocument>(profileId, profileId, default))!;

    /// <summary>Everyone, page by page, as fan-out reads them.</summary>
    public async Task<List<string>> ReadAsync()
    {
        var profile = await ProfileAsync();
        divisions.TryAdd(profile.Followers.Buckets, true);
        var found = new List<string>();
        foreach (var whole in FollowerShare.All(profile.Followers.Buckets))
        {
            for (FollowerShare? share = whole; share is { } here;)
            {
                var page = await followers.PageAsync(profile, here, 3, default);
                found.AddRange(page.Ids);
                share = page.Next is { } next ? here with { After = next } : null;
            }
        }

        return found;
    }

    /// <summary>Follows and unfollows until the followers are where they shall be.</summary>
    private async Task ChangeMindAsync(string id, Random random, double inclined, Func<FollowerLayout, bool> isEnough)
    {
        for (var i = 0; i < MostChanges; i++)
        {
            await ChangeAsync(id, follows: random.NextDouble() < inclined);
            if (isEnough((await ProfileAsync()).Followers))
            {
                return;
            }
        }
    }

    /// <summary>As the worker of relations does it: the relation first.</summary>
    private async Task ChangeAsync(string id, bool follows)
    {
        await Documents.SetAsync<RelationDocument>(
            id,
            profileId,
            found => (found ?? new() { Id = profileId, OwnerId = id, WorkSince = DateTimeOffset.UnixEpoch }) with { Following = follows, SettledFollowing = follows },
            default);
        await (follows ? followers.AddAsync(profileId, id, default) : followers.RemoveAsync(profileId, id, default));
        model[id] = follows;
        await followers.FitAsync(await ProfileAsync(), Expected.Count(), default);
    }

    /// <summary>Whoever follows all the time is there all the time, and nobody is there twice.</summary>
    private async Task WatchAsync(IReadOnlyList<string> steady, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var found = await ReadAsync();
            Assert.Empty(steady.Except(found));
            Assert.Equal(found.Distinct().Count(), found.Count);
        }
    }

    private static List<string> NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Ids.New(TimeProvider.System))];
}
