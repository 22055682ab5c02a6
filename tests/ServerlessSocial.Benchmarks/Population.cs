using ServerlessSocial.Feeds;
using ServerlessSocial.Graph;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Benchmarks;

/// <summary>How large a store is.</summary>
/// <param name="Profiles">Profiles, whose followers follow a power law.</param>
/// <param name="EntriesPerFeed">Feed entries of each.</param>
public sealed record PopulationSize(int Profiles, int EntriesPerFeed)
{
    private const int PostsPerProfile = 50;

    /// <summary>Followers of the profile that fan-out is measured with.</summary>
    public const int Crowd = 10_000;

    /// <summary>Posts in the store.</summary>
    public int Posts => Profiles * PostsPerProfile;
}

/// <summary>Fills a data directory directly, without the host, with everything at rest.</summary>
internal sealed class Population(PopulationSize size, string dataDirectory)
{
    /// <summary>Handle and token subject of the profile with <see cref="PopulationSize.Crowd"/> followers.</summary>
    public const string Star = "star";

    /// <summary>The division that fits the star's followers, so that the benchmark does not measure a move.</summary>
    private static readonly FollowerLayout CrowdLayout = new(16);

    private const int Batch = 5_000;
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(10);

    private readonly ServiceKey secret = new();
    private readonly Random random = new(7);
    private readonly List<string> profiles = [];
    private readonly List<string> posts = [];

    /// <summary>Handle and token subject of a profile.</summary>
    public static string Handle(int index) => $"user_{index}";

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync()
    {
        Directory.CreateDirectory(dataDirectory);
        await using var database = new SqliteDatabase(dataDirectory);
        var store = new SqliteDocumentStore(database, TimeProvider.System);
        await secret.LoadAsync(store, CancellationToken.None);
        for (var i = 0; i < size.Profiles; i++)
        {
            profiles.Add(await AddProfileAsync(store, Handle(i), FollowerLayout.Smallest));
        }

        await WritePostsAsync(store);
        await WriteGraphAndFeedsAsync(store);
        await WriteCrowdAsync(store, await AddProfileAsync(store, Star, CrowdLayout));

        // Nothing of this is news to the dispatchers.
        var last = await database.Main.WriteAsync(_ => database.Main.NextSequence());
        var leases = new SqliteLeases(database);
        foreach (var (function, _) in Hosts.Local.Triggers.FunctionCatalog.TriggeredBy<Microsoft.Azure.Functions.Worker.CosmosDBTriggerAttribute>())
        {
            await leases.SetAsync(function.Name, last.ToString(null, null), CancellationToken.None);
        }
    }

    private async Task<string> AddProfileAsync(SqliteDocumentStore store, string handle, FollowerLayout followers)
    {
        var id = Ids.New(Start);
        var account = secret.AccountIdOf(LocalTokenKeys.Issuer, handle);
        await store.UpsertManyAsync([new ProfileDocument { Id = id, Handle = handle, DisplayName = $"Somebody called {handle}", Bio = "Likes benchmarks.", CreatedAt = Start, Followers = followers }], default);
        await store.UpsertManyAsync([new HandleDocument { Id = handle, ProfileId = id, AccountId = account }], default);
        await store.UpsertManyAsync([new AccountDocument { Id = account, ProfileId = id }], default);
        return id;
    }

    private async Task WritePostsAsync(SqliteDocumentStore store)
    {
        for (var i = 0; i < size.Posts; i++)
        {
            var author = profiles[random.Next(profiles.Count)];
            posts.Add(OwnedIds.Make(Ids.New(Start + (TimeSpan.FromDays(9) * i / size.Posts)), author));
        }

        foreach (var chunk in posts.Chunk(Batch))
        {
            await store.UpsertManyAsync(chunk.Select(BenchmarkPost.Of).ToList(), default);
            await store.TallyAsync([.. chunk.Select(id => new Tally(id, PostPresenter.LikesCounter, profiles[random.Next(profiles.Count)], true, 1))], default);
        }
    }

    private async Task WriteGraphAndFeedsAsync(SqliteDocumentStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var reader in profiles)
        {
            var followed = Enumerable.Range(0, Math.Min(60, profiles.Count / 2)).Select(_ => PowerLaw()).Where(id => id != reader).Distinct().ToList();
            await store.UpsertManyAsync(followed.Select(id => Relation(reader, id)).ToList(), default);
            await store.UpsertManyAsync(followed.Select(id => Follower(id, reader, FollowerLayout.Smallest)).ToList(), default);
            await store.TallyAsync([.. followed.Select(id => new Tally(id, ProfilePresenter.FollowersCounter, reader, true, 1))], default);
            var authors = followed.ToHashSet();
            var entries = posts.Where(post => authors.Contains(OwnedIds.OwnerOf(post))).TakeLast(size.EntriesPerFeed).ToList();
            // Authors who follow few write little: the rest of the feed comes from all over, as boosts do.
            entries.AddRange(posts.Where(post => !authors.Contains(OwnedIds.OwnerOf(post))).Take(size.EntriesPerFeed - entries.Count));
            await store.UpsertManyAsync(entries.Select(post => Entry(reader, post)).ToList(), default);
            await store.UpsertManyAsync([Head(reader, now)], default);
        }
    }

    private static async Task WriteCrowdAsync(SqliteDocumentStore store, string star)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var chunk in Enumerable.Range(0, PopulationSize.Crowd).Select(_ => Ids.New(Start)).Chunk(Batch))
        {
            await store.UpsertManyAsync(chunk.Select(id => Follower(star, id, CrowdLayout)).ToList(), default);
            await store.UpsertManyAsync(chunk.Select(id => Relation(id, star)).ToList(), default);
            await store.UpsertManyAsync(chunk.Select(id => Head(id, now)).ToList(), default);
            await store.TallyAsync([.. chunk.Select(id => new Tally(star, ProfilePresenter.FollowersCounter, id, true, 1))], default);
        }
    }

    /// <summary>A profile, the earlier ones far more often than the later: followers fall with the square root of rank and faster.</summary>
    private string PowerLaw() => profiles[(int)(profiles.Count * Math.Pow(random.NextDouble(), 3))];

    private static RelationDocument Relation(string reader, string author) => new()
    {
        Id = author,
        OwnerId = reader,
        Revision = 1,
        Following = true,
        SettledFollowing = true,
        WorkSince = Start,
    };

    private static FollowerDocument Follower(string author, string reader, FollowerLayout layout) =>
        FollowerDocument.Of(author, FollowerLayout.HomeOf(reader, layout.Buckets), reader);

    private static FeedHead Head(string reader, DateTimeOffset now) => new()
    {
        Id = FeedHead.HeadId,
        OwnerId = reader,
        ReadAt = now,
        PulledAt = now,
        Built = true,
    };

    private static FeedEntry Entry(string reader, string post) => new()
    {
        Id = post,
        OwnerId = reader,
        Reason = FeedReason.Followed,
    };
}
