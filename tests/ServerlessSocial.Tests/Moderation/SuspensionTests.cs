using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Images;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class SuspensionTests
{
    [Fact]
    public async Task A_suspension_reaches_every_path_at_once_and_lifting_it_restores_everything()
    {
        await using var host = await TestHost.StartAsync(["Recent:Seconds=60"]);
        var (eve, ben, cleo, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/eve/follow");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/cleo/follow");
        await ben.GetAsync("feed");
        var root = await host.PostAsync(ben, "What do you think?");
        var boosted = await host.PostAsync(ben, "Boost me");
        var id = await host.PostAsync(eve, "This is mine #mine", root);
        var quote = (await cleo.PostAsync(new { text = "See", quote = id })).Id();
        var own = await host.PostAsync(cleo, "From Cleo");
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{own}/boost");
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{root}/like");

        // Everybody has looked, so that whatever remembers anything remembers it.
        var before = await SeenAsync(ben, id, quote);
        Assert.DoesNotContain(false, before);

        var sanction = await SanctionAsync(mona, "eve", new { kind = "suspend", until = DateTimeOffset.UtcNow.AddDays(3), clause = "harassment", reason = "Threats." });

        Assert.DoesNotContain(true, await SeenAsync(ben, id, quote));
        Assert.DoesNotContain(true, await SeenAsync(mona, id, quote));
        foreach (var path in (string[])["feed", "notifications", "me/likes", "me/bookmarks"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await eve.Client.StatusAsync(path));
        }

        // What anyone may read stays open to them, as to anyone: it knows nothing of the viewer.
        foreach (var path in (string[])[$"posts/{root}", "profiles/ben", "tags/mine"])
        {
            Assert.Equal((await host.Anonymous.GetStringAsync(path)), await eve.Client.GetStringAsync(path));
        }

        using var refused = await eve.Client.GetAsync("feed");
        var problem = await refused.Content.ReadAsStringAsync();
        Assert.Contains("account-suspended", problem);
        Assert.Contains(DateTimeOffset.UtcNow.AddDays(3).ToString("yyyy-MM-dd", null), problem);
        Assert.Contains("profiles/me/moderation/appeal", problem);
        Assert.Contains("me/export", problem);
        Assert.Equal(HttpStatusCode.Forbidden, await eve.TrySendAsync("posts", new { text = "Still here" }));
        var standing = (await eve.GetAsync("me")).GetProperty("standing");
        Assert.Equal(("suspended", "Threats."), (standing.Text("status"), standing.Text("reason")));
        Assert.Equal(sanction.Id(), Assert.Single(await eve.ItemsAsync("profiles/me/moderation")).Id());
        var profile = await ben.GetAsync("profiles/eve");
        Assert.Equal(("suspended", "eve", 0), (profile.GetProperty("standing").Text("status"), profile.Text("displayName"), profile.Count("posts")));
        Assert.False(profile.GetProperty("standing").TryGetProperty("reason", out _));
        Assert.DoesNotContain(await ben.ItemsAsync("notifications"), item => item.ToString().Contains("eve", StringComparison.Ordinal));

        await SanctionAsync(mona, "eve", new { kind = "lift" });

        Assert.DoesNotContain(false, await SeenAsync(ben, id, quote));
        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));
        Assert.False((await eve.GetAsync("me")).TryGetProperty("standing", out _));
        Assert.False((await ben.GetAsync("profiles/eve")).TryGetProperty("standing", out _));
    }

    [Fact]
    public async Task A_suspension_ends_at_its_time_by_itself()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(eve, "This is mine");

        await SanctionAsync(mona, "eve", new { kind = "suspend", until = DateTimeOffset.UtcNow.AddSeconds(2), clause = "spam", reason = "Calm down." });
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync($"posts/{id}"));

        await Eventually.HoldsAsync(async () => await eve.Client.StatusAsync("feed") != HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await host.Anonymous.StatusAsync($"posts/{id}"));
        Assert.Equal(HttpStatusCode.BadRequest, await mona.TrySendAsync(
            "moderation/accounts/eve/sanctions", new { kind = "suspend", until = DateTimeOffset.UtcNow.AddSeconds(-1), clause = "spam", reason = "Late." }));
    }

    [Fact]
    public async Task Work_of_a_suspended_account_waits_and_goes_on_when_it_is_lifted()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, ben, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/eve/follow");
        await ben.GetAsync("feed");
        await SanctionAsync(mona, "eve", new { kind = "suspend", clause = "spam", reason = "Enough." });

        // What stood in queues when the suspension came.
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var now = DateTimeOffset.UtcNow;
        var postId = OwnedIds.Make(Ids.New(now), eve.Id);
        await documents.CreateAsync(
            new ServerlessSocial.Posts.PostDocument
            {
                Id = postId,
                AuthorId = eve.Id,
                RootId = postId,
                Text = "Written just before",
                Moderation = new(ServerlessSocial.Moderation.ModerationStatus.Pending, null, null, null),
                CreatedAt = now,
                WorkSince = now,
            },
            default);
        var job = new ImageJobDocument { Id = Ids.New(now), OwnerId = eve.Id, Prompt = "A tree", Width = 1024, Height = 1024, CreatedAt = now, WorkSince = now };
        await documents.CreateAsync(job, default);
        await host.SettleAsync();

        Assert.Equal(ImageJobState.Queued, (await documents.FindAsync<ImageJobDocument>(eve.Id, job.Id, default))!.State);
        Assert.False((await documents.FindAsync<ServerlessSocial.Posts.PostDocument>(eve.Id, postId, default))!.Distributed);

        await SanctionAsync(mona, "eve", new { kind = "lift" });
        await host.SettleAsync();

        Assert.Equal("done", (await eve.GetAsync($"images/{job.Id}")).Text("status"));
        Assert.Equal(postId, Assert.Single(await ben.ItemsAsync("feed")).GetProperty("post").Id());
    }

    [Fact]
    public async Task Everything_of_a_limited_account_is_limited()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, ben, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(eve, "This is mine #mine @ben");
        Assert.Single(await ben.ItemsAsync("tags/mine"));

        await SanctionAsync(mona, "eve", new { kind = "limit", clause = "spam", reason = "Advertising." });

        Assert.Equal("limited", (await ben.GetAsync($"posts/{id}")).Status());
        Assert.Empty(await ben.ItemsAsync("tags/mine"));
        Assert.Empty(await ben.ItemsAsync("notifications"));
        Assert.Equal(HttpStatusCode.Conflict, await ben.PutAsync($"posts/{id}/boost"));
        Assert.Equal("limited", (await eve.GetAsync("me")).GetProperty("standing").Text("status"));
        Assert.False((await ben.GetAsync("profiles/eve")).TryGetProperty("standing", out _));
        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));
    }

    [Fact]
    public async Task What_a_limited_account_boosts_comes_into_no_feed_and_strangers_are_told_nothing_of_it()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, ben, cleo, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var (reader, friend) = (await host.SignUpAsync("reader"), await host.SignUpAsync("friend"));
        await host.DoAsync(friend, HttpMethod.Put, "profiles/eve/follow");
        await host.DoAsync(reader, HttpMethod.Put, "profiles/eve/follow");
        await host.DoAsync(reader, HttpMethod.Put, "profiles/ben/follow");
        await reader.GetAsync("feed");
        var (early, late, friends) = (await host.PostAsync(cleo, "Early"), await host.PostAsync(cleo, "Late"), await host.PostAsync(friend, "A friend's"));
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{early}/boost");
        Assert.Equal([early], await FeedAsync());

        await SanctionAsync(mona, "eve", new { kind = "limit", clause = "spam", reason = "Advertising." });
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{late}/boost");
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{late}/like");
        await host.DoAsync(eve, HttpMethod.Put, $"posts/{friends}/like");
        await host.DoAsync(eve, HttpMethod.Put, "profiles/cleo/follow");

        Assert.Empty(await FeedAsync());
        Assert.Empty(await cleo.ItemsAsync("notifications"));
        Assert.Equal(0, (await cleo.GetAsync("notifications")).GetProperty("unread").GetInt32());
        Assert.Equal(["like"], (await friend.ItemsAsync("notifications")).Select(told => told.Text("kind")));

        // What somebody else boosts comes all the same.
        await host.DoAsync(ben, HttpMethod.Put, $"posts/{late}/boost");
        Assert.Equal([late], await FeedAsync());

        await SanctionAsync(mona, "eve", new { kind = "lift" });
        Assert.Equal([late, early], await FeedAsync());
        Assert.Equal(["boost", "follow", "like"], (await cleo.ItemsAsync("notifications")).Select(told => told.Text("kind")).Distinct().Order());

        async Task<IReadOnlyList<string>> FeedAsync() => [.. (await reader.ItemsAsync("feed")).Select(item => item.GetProperty("post").Id())];
    }

    [Fact]
    public async Task A_suspended_person_can_appeal_once_and_whoever_suspended_them_does_not_hear_it()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, mona, max) = (await host.SignUpAsync("eve"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        Assert.Equal(HttpStatusCode.Conflict, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "What for?" }));
        await SanctionAsync(mona, "eve", new { kind = "suspend", clause = "spam", reason = "Enough." });

        Assert.Equal(HttpStatusCode.NoContent, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "It was not me." }));
        Assert.Equal(HttpStatusCode.Conflict, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "Again." }));
        await host.SettleAsync();

        var caseId = Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id();
        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync($"moderation/cases/{caseId}/claim"));
        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync($"moderation/cases/{caseId}/decision", new { decision = "keep" }));
        Assert.Equal("It was not me.", (await max.ClaimAsync(caseId)).Text("appeal"));
        await max.SendAsync($"moderation/cases/{caseId}/decision", new { decision = "restore", reason = "You are right." });

        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));
        Assert.Equal(HttpStatusCode.Conflict, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "Once more." }));
    }

    [Fact]
    public async Task Sanctions_are_for_moderators_and_never_for_themselves()
    {
        await using var host = await TestHost.StartAsync();
        var (eve, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("mona", "moderator"));
        var suspend = new { kind = "suspend", clause = "spam", reason = "Enough." };

        Assert.Equal(HttpStatusCode.Forbidden, await eve.TrySendAsync("moderation/accounts/mona/sanctions", suspend));
        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync("moderation/accounts/mona/sanctions", suspend));
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync("moderation/accounts/nobody_here/sanctions", suspend));
        Assert.Equal(HttpStatusCode.BadRequest, await mona.TrySendAsync("moderation/accounts/eve/sanctions", new { kind = "suspend" }));
        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));
    }

    private static Task<JsonElement> SanctionAsync(TestUser moderator, string handle, object sanction) =>
        moderator.SendAsync($"moderation/accounts/{handle}/sanctions", sanction);

    /// <summary>Whether somebody sees the post: by its address, in its thread, its author's timeline, under its tag, in the feed, in a quote; and what its author boosted.</summary>
    private static async Task<bool[]> SeenAsync(TestUser user, string id, string quote)
    {
        var feed = await user.ItemsAsync("feed");
        return
        [
            await user.Client.StatusAsync($"posts/{id}") == HttpStatusCode.OK,
            await user.Client.StatusAsync($"posts/{id}/thread") == HttpStatusCode.OK,
            (await user.ItemsAsync("profiles/eve/posts")).Count > 0,
            (await user.ItemsAsync("tags/mine")).Count > 0,
            user.Handle == "ben" ? feed.Any(item => item.GetProperty("post").Id() == id) : await user.Client.StatusAsync($"posts/{id}") == HttpStatusCode.OK,
            (await user.GetAsync($"posts/{quote}")).TryGetProperty("quoted", out _),
        ];
    }
}
