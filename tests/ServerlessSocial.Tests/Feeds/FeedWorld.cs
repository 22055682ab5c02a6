using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Feeds;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Feeds;

/// <summary>
/// A host with people in it. Posts, relations and boosts are written as documents, in the states that matter here; distribution and
/// reading are the product's own.
/// </summary>
internal sealed class FeedWorld(TestHost host) : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private long relationRevision;
    private long lastMoment;

    public TestHost Host => host;

    public IDocumentStore Documents { get; } = host.Services.GetRequiredService<IDocumentStore>();

    public Followers Followers => host.Services.GetRequiredService<Followers>();

    public FeedMaintenance Maintenance => host.Services.GetRequiredService<FeedMaintenance>();

    public static async Task<FeedWorld> StartAsync(params string[] settings) => new(await TestHost.StartAsync(settings));

    /// <summary>Signs somebody up, whose feed is not opened yet.</summary>
    public Task<TestUser> SignUpAsync(string handle) => host.SignUpAsync(handle);

    /// <summary>Signs somebody up and opens the feed, so that posts are delivered.</summary>
    public async Task<TestUser> ReaderAsync(string handle)
    {
        var user = await SignUpAsync(handle);
        await FeedAsync(user);
        return user;
    }

    public async Task FollowAsync(TestUser follower, TestUser followee)
    {
        await SetRelationAsync(follower.Id, followee.Id, relation => relation with { Following = true, SettledFollowing = true });
        await Followers.AddAsync(followee.Id, follower.Id, None);
        await CountAsync(follower, followee, counts: true);
        await Maintenance.BackfillAsync(follower.Id, followee.Id, None);
    }

    public async Task UnfollowAsync(TestUser follower, TestUser followee)
    {
        await SetRelationAsync(follower.Id, followee.Id, relation => relation with { Following = false, SettledFollowing = false });
        await Followers.RemoveAsync(followee.Id, follower.Id, None);
        await CountAsync(follower, followee, counts: false);
        await Maintenance.RemoveAuthorAsync(follower.Id, followee.Id, None);
    }

    public async Task SetRelationAsync(string ownerId, string otherId, Func<RelationDocument, RelationDocument> change) =>
        await Documents.SetAsync<RelationDocument>(
            ownerId, otherId, found => change(found ?? new() { Id = otherId, OwnerId = ownerId, WorkSince = DateTimeOffset.UnixEpoch }), None);

    /// <summary>Somebody posts, and moderation has approved it already unless said otherwise.</summary>
    public async Task<PostDocument> PostAsync(
        TestUser author, string text, ModerationStatus status = ModerationStatus.Approved, PostDocument? replyTo = null, TimeSpan ago = default)
    {
        var now = Moment() - ago;
        var id = OwnedIds.Make(Ids.New(now), author.Id);
        var created = await Documents.CreateAsync(
            new PostDocument
            {
                Id = id,
                AuthorId = author.Id,
                Text = text,
                ReplyTo = replyTo?.Id,
                RootId = replyTo?.RootId ?? id,
                Moderation = new(status, null, "test", now),
                CreatedAt = now,
                WorkSince = now,
            },
            None);
        return created.Document!;
    }

    public async Task ChangePostAsync(PostDocument post, Func<PostDocument, PostDocument> change) =>
        await Documents.UpdateAsync(post.AuthorId, post.Id, change, None);

    /// <summary>A moment of now, later than any before.</summary>
    public DateTimeOffset Later() => Moment();

    public Task BoostAsync(TestUser booster, PostDocument post) => SetBoostAsync(booster, post, active: true);

    public Task UnboostAsync(TestUser booster, PostDocument post) => SetBoostAsync(booster, post, active: false);

    public Task SettleAsync() => host.SettleAsync();

    /// <summary>Texts in somebody's feed, newest first.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(TestUser reader) =>
        [.. (await FeedAsync(reader)).Select(item => item.GetProperty("post").GetProperty("text").GetString()!)];

    /// <summary>Everything in somebody's feed, page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> FeedAsync(TestUser reader, int limit = 100)
    {
        var items = new List<JsonElement>();
        for (var query = $"feed?limit={limit}"; ;)
        {
            var (page, next) = await PageAsync(reader, query);
            items.AddRange(page);
            if (next is null)
            {
                return items;
            }

            query = $"feed?limit={limit}&cursor={next}";
        }
    }

    public static async Task<(IReadOnlyList<JsonElement> Items, string? Next)> PageAsync(TestUser reader, string query)
    {
        using var response = await reader.Client.GetAsync(query);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return ([.. body.GetProperty("items").EnumerateArray()], body.TryGetProperty("next", out var next) ? next.GetString() : null);
    }

    /// <summary>What is stored in somebody's feed.</summary>
    public async Task<IReadOnlyList<FeedEntry>> StoredAsync(TestUser reader) =>
        (await Documents.QueryAsync<FeedEntry>(new DocumentQuery(reader.Id, 1_000) { From = Ids.First, To = Ids.End }, None)).Items;

    public async Task<ProfileDocument> ProfileAsync(TestUser user) => (await Documents.FindAsync<ProfileDocument>(user.Id, user.Id, None))!;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Now, and later than any moment before: ids of one millisecond have no order.</summary>
    private DateTimeOffset Moment()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var last = lastMoment; ;)
        {
            var next = Math.Max(now, last + 1);
            var found = Interlocked.CompareExchange(ref lastMoment, next, last);
            if (found == last)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(next);
            }

            last = found;
        }
    }

    /// <summary>As <see cref="ReactionWriter"/> does it.</summary>
    private async Task SetBoostAsync(TestUser booster, PostDocument post, bool active)
    {
        var now = Moment();
        var id = ReactionDocument.IdOf(ReactionKind.Boost, post.Id);
        await Documents.SetAsync<ReactionDocument>(
            booster.Id,
            id,
            found => found switch
            {
                null => new() { Id = id, ActorId = booster.Id, Kind = ReactionKind.Boost, PostId = post.Id, Active = active, EventId = Ids.New(now), WorkSince = now },
                _ when found.Active == active => null,
                _ => found with { Active = active, Settled = !active, EventId = active && !found.Settled ? Ids.New(now) : found.EventId, WorkSince = now },
            },
            None);
    }

    private ValueTask CountAsync(TestUser follower, TestUser followee, bool counts) =>
        Documents.TallyAsync([new(followee.Id, ProfilePresenter.FollowersCounter, follower.Id, counts, Interlocked.Increment(ref relationRevision))], None);
}
