using System.Net;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Accounts;

/// <summary>What holds an account back outlasts leaving and coming back.</summary>
public sealed class RestraintTests
{
    [Fact]
    public async Task Whoever_was_suspended_and_comes_back_is_suspended()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (eve, ben, mona, max) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var until = DateTimeOffset.UtcNow.AddDays(3);
        await mona.SendAsync("moderation/accounts/eve/sanctions", new { kind = "suspend", until, clause = "harassment", reason = "You wrote to Dora." });
        await eve.LeaveAsync();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Created, await eve.TrySendAsync("profiles", new { handle = "eve_again", displayName = "Eve" }));

        Assert.Equal((HttpStatusCode.Forbidden, "account-suspended"), await eve.RefusedAsync("posts", new { text = "Here I am" }));
        Assert.Equal(HttpStatusCode.Forbidden, await eve.Client.StatusAsync("feed"));
        var standing = (await eve.GetAsync("me")).GetProperty("standing");
        Assert.Equal("suspended", standing.Text("status"));
        Assert.Contains("harassment", standing.Text("reason"), StringComparison.Ordinal);
        Assert.DoesNotContain("Dora", standing.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(until.ToUnixTimeSeconds(), standing.GetProperty("until").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal("suspended", (await ben.GetAsync("profiles/eve_again")).GetProperty("standing").Text("status"));

        // It can be appealed, once, before somebody who had no part in it.
        Assert.Equal(HttpStatusCode.NoContent, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "It was not me." }));
        Assert.Equal(HttpStatusCode.Conflict, await eve.TrySendAsync("profiles/me/moderation/appeal", new { text = "Again." }));
        await host.SettleAsync();
        var caseId = Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id();
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync($"moderation/cases/{caseId}/claim", new { }));
        await max.SendAsync($"moderation/cases/{caseId}/decision", new { decision = "restore" });
        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));

        // Lifted is lifted, also the next time.
        await eve.LeaveAsync("eve_again");
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Created, await eve.TrySendAsync("profiles", new { handle = "eve_once_more", displayName = "Eve" }));
        Assert.Equal(HttpStatusCode.OK, await eve.Client.StatusAsync("feed"));
    }

    [Fact]
    public async Task Whoever_was_limited_comes_back_limited_however_often_and_others_as_they_are()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (eve, ben, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        await mona.SendAsync("moderation/accounts/eve/sanctions", new { kind = "limit", clause = "spam", reason = "Advertising." });
        foreach (var handle in (string[])["eve_b", "eve_c"])
        {
            await eve.LeaveAsync(handle == "eve_b" ? "eve" : "eve_b");
            await host.SettleAsync();
            Assert.Equal(HttpStatusCode.Created, await eve.TrySendAsync("profiles", new { handle, displayName = "Eve" }));
            Assert.Equal("limited", (await eve.GetAsync("me")).GetProperty("standing").Text("status"));
            var id = await host.PostAsync(eve, "Buy this #bargain");
            Assert.Equal("limited", (await ben.GetAsync($"posts/{id}")).Status());
        }

        await ben.LeaveAsync();
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Created, await ben.TrySendAsync("profiles", new { handle = "ben_again", displayName = "Ben" }));
        Assert.False((await ben.GetAsync("me")).TryGetProperty("standing", out _));
    }

    [Fact]
    public async Task A_restraint_that_is_over_or_kept_no_longer_does_not_come_back()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce, "Privacy:CaseRetention=00:00:01"]);
        var (eve, zoe, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("zoe"), await host.SignUpAsync("mona", "moderator"));
        await mona.SendAsync("moderation/accounts/eve/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        await mona.SendAsync("moderation/accounts/zoe/sanctions", new { kind = "suspend", until = DateTimeOffset.UtcNow.AddSeconds(1), clause = "spam", reason = "Enough." });
        foreach (var who in (TestUser[])[eve, zoe])
        {
            await who.LeaveAsync();
        }

        await host.SettleAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.2));

        foreach (var who in (TestUser[])[eve, zoe])
        {
            Assert.Equal(HttpStatusCode.Created, await who.TrySendAsync("profiles", new { handle = $"{who.Handle}_again", displayName = "Somebody" }));
            Assert.Equal(HttpStatusCode.OK, await who.Client.StatusAsync("feed"));
        }
    }

    [Fact]
    public async Task A_suspended_moderator_who_comes_back_does_not_see_the_queue()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (eve, mona) = (await host.SignUpAsync("eve"), await host.SignUpAsync("mona", "moderator"));
        await mona.SendAsync("moderation/accounts/eve/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        using var moderator = host.NewClient(await host.TokenAsync("eve", "moderator"));
        Assert.Equal(HttpStatusCode.Forbidden, await moderator.StatusAsync("moderation/queue?kind=held"));
        await eve.LeaveAsync();
        await host.SettleAsync();

        var again = new TestUser(eve.Id, "eve_again", moderator);
        Assert.Equal(HttpStatusCode.Created, await again.TrySendAsync("profiles", new { handle = "eve_again", displayName = "Eve" }));
        Assert.Equal(HttpStatusCode.Forbidden, await moderator.StatusAsync("moderation/queue?kind=held"));
    }
}
