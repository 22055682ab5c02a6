using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;

namespace ServerlessSocial.Tests.Moderation;

/// <summary>What becomes of decisions that later ones turn, and who is told of it.</summary>
public sealed class TurnedDecisionTests
{
    [Fact]
    public async Task A_sanction_for_something_else_is_laid_while_an_appeal_waits_and_does_not_answer_it()
    {
        await using var host = await TestHost.StartAsync();
        var (zoe, mona, max) = (await host.SignUpAsync("zoe"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        const string Sanctions = "moderation/accounts/zoe/sanctions";
        const string Appeal = "profiles/me/moderation/appeal";
        await mona.SendAsync(Sanctions, new { kind = "warn", clause = "spam", reason = "Slow down." });
        Assert.Equal(HttpStatusCode.NoContent, await zoe.TrySendAsync(Appeal, new { text = "I am slow." }));
        await host.SettleAsync();

        await mona.SendAsync(Sanctions, new { kind = "limit", clause = "harassment", reason = "Threats." });
        await host.SettleAsync();

        Assert.Equal("limited", (await zoe.GetAsync("me")).GetProperty("standing").Text("status"));
        Assert.Equal($"account.{zoe.Id}", Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id());
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync($"moderation/cases/account.{zoe.Id}/decision", new { decision = "keep" }));
        Assert.Equal("I am slow.", (await max.ClaimAsync($"account.{zoe.Id}")).Text("appeal"));
        await max.SendAsync($"moderation/cases/account.{zoe.Id}/decision", new { decision = "keep", reason = "Not slow enough." });
        await host.SettleAsync();

        // The limit has had no appeal of its own yet.
        Assert.Equal(HttpStatusCode.NoContent, await zoe.TrySendAsync(Appeal, new { text = "No threats." }));
        await host.SettleAsync();
        Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed"));
    }

    [Fact]
    public async Task Of_decisions_in_the_same_moment_the_one_that_came_last_holds_everywhere()
    {
        await using var host = await TestHost.StartAsync();
        var (zoe, ben, mona) = (await host.SignUpAsync("zoe"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var post = await host.PostAsync(zoe, "Buy!");
        await ben.SendAsync("reports", new { subject = new { type = "post", id = post }, clause = "spam" });
        await host.SettleAsync();
        var desk = host.Services.GetRequiredService<CaseDesk>();
        var (subject, moderator, now) = (new SubjectRef(SubjectType.Post, post), new Viewer(mona.Id, IsModerator: true) { AccountId = "mona" }, DateTimeOffset.UtcNow);

        // The second one was begun first, or on an instance whose clock is behind.
        var first = new CaseDecision(Ids.New(now), ModerationAct.Remove, Clause.Spam, "One.", null, mona.Id, now, null);
        var second = new CaseDecision(Ids.New(now.AddSeconds(-3)), ModerationAct.Limit, Clause.Spam, "Two.", null, mona.Id, now, null);
        Assert.Null((await desk.DecideAsync(subject, first, moderator, default)).Error);
        Assert.Null((await desk.DecideAsync(subject, second, moderator, default)).Error);
        await host.SettleAsync();

        Assert.Equal("limited", (await zoe.GetAsync($"posts/{post}")).GetProperty("moderation").Text("status"));
        Assert.Equal("limit", Assert.Single(await ben.ItemsAsync("me/reports")).Text("decision"));
        Assert.Equal(["Two.", "One."], (await zoe.ItemsAsync($"posts/{post}/moderation")).Select(decision => decision.Text("reason")));
    }

    [Fact]
    public async Task Whoever_decided_takes_it_back_though_an_appeal_waits()
    {
        await using var host = await TestHost.StartAsync();
        var (zoe, mona, max) = (await host.SignUpAsync("zoe"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        await mona.SendAsync("moderation/accounts/zoe/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        Assert.Equal(HttpStatusCode.NoContent, await zoe.TrySendAsync("profiles/me/moderation/appeal", new { text = "Why?" }));
        await host.SettleAsync();

        await mona.SendAsync("moderation/accounts/zoe/sanctions", new { kind = "lift" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.OK, await zoe.Client.StatusAsync("feed"));
        Assert.Empty(await max.ItemsAsync("moderation/queue?kind=appealed"));
        Assert.Equal((HttpStatusCode.Conflict, "nothing-to-lift"), await mona.RefusedAsync("moderation/accounts/zoe/sanctions", new { kind = "lift" }));
        Assert.Equal(2, (await zoe.ItemsAsync("notifications")).Count);
    }

    [Theory]
    [InlineData("post")]
    [InlineData("media")]
    [InlineData("profile")]
    public async Task Who_was_overturned_does_not_remove_it_again_and_another_removal_can_be_appealed(string type)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var nora = await host.SignUpAsync("nora", "moderator");
        var id = type switch
        {
            "post" => await host.PostAsync(anna, "Good morning!"),
            "media" => await anna.UploadedAsync(SampleImages.Png),
            _ => anna.Id,
        };
        if (type == "media")
        {
            await anna.PostAsync(new { text = "Look", media = new[] { new { id } } });
        }

        await host.SettleAsync();
        var (decide, appeal) = ($"moderation/cases/{type}.{id}/decision", type == "profile" ? "profiles/me/moderation/appeal" : $"{(type == "post" ? "posts" : "media")}/{id}/moderation/appeal");
        var remove = new { decision = "remove", clause = "other", reason = "No." };
        await mona.SendAsync(decide, remove);
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync(appeal, new { text = "Why?" }));
        await host.SettleAsync();
        await max.SendAsync(decide, type == "profile" ? new { decision = "restore", edition = 1 } : new { decision = "restore" });
        await host.SettleAsync();

        Assert.Equal((HttpStatusCode.Forbidden, "overturned"), await mona.RefusedAsync(decide, remove));
        await nora.SendAsync(decide, remove);
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync(appeal, new { text = "Again?" }));
        await host.SettleAsync();
        await max.TrySendAsync(decide, new { decision = "keep" });
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await nora.RefusedAsync(decide, remove));
    }

    [Fact]
    public async Task Everybody_who_reported_it_has_the_outcome_that_stands_and_is_told_once()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, gus, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("gus"), await host.SignUpAsync("ben"));
        var (mona, max, nora) = (await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"), await host.SignUpAsync("nora", "moderator"));
        var id = await host.PostAsync(anna, "You are fools");
        var report = (await gus.SendAsync("reports", new { subject = new { type = "post", id }, clause = "harassment" })).Id();
        await ben.SendAsync("reports", new { subject = new { type = "post", id }, clause = "harassment" });
        await host.SettleAsync();
        await host.DecideAsync(mona, id, "keep", "It harms nobody.");
        await gus.SendAsync($"me/reports/{report}/contest", new { text = "It harms me." });
        await host.SettleAsync();

        await host.DecideAsync(max, id, "limit", "It harms him.");
        Assert.Equal(["limit", "limit"], await OutcomesAsync(gus, ben));
        Assert.Equal([2, 2], await ToldAsync(gus, ben));

        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync($"posts/{id}/moderation/appeal", new { text = "A joke." }));
        await host.SettleAsync();
        await host.DecideAsync(nora, id, "restore", "It is a joke.");
        Assert.Equal(["restore", "restore"], await OutcomesAsync(gus, ben));
        Assert.Equal([3, 3], await ToldAsync(gus, ben));
        var last = (await ben.ItemsAsync("notifications"))[0].Text("text");
        Assert.Contains("shown as before", last);
        Assert.Contains("contest", last);
        Assert.DoesNotContain("contest", (await gus.ItemsAsync("notifications"))[0].Text("text"));
    }

    [Fact]
    public async Task A_notification_says_what_was_done_whether_one_can_appeal_and_why_and_none_takes_another_away()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        await host.DecideAsync(mona, id, "limit", "Loud.");
        await host.DecideAsync(mona, id, "remove", "Too loud.");
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync($"posts/{id}/moderation/appeal", new { text = "Why?" }));
        await host.SettleAsync();
        await host.DecideAsync(max, id, "keep", "Fine then.");

        Assert.Equal(
            [
                "A person heard your appeal: your post stays removed. Fine then.",
                "A person removed your post. You can appeal. Too loud.",
                "A person limited your post: it is not spread any more. You can appeal. Loud.",
            ],
            (await anna.ItemsAsync("notifications")).Select(told => told.Text("text")));
    }

    [Fact]
    public async Task A_notification_of_a_picture_says_in_which_post_it_was()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var post = (await anna.PostAsync(new { text = "Look", media = new[] { new { id = picture } } })).Id();
        await host.SettleAsync();
        await mona.SendAsync($"moderation/cases/media.{picture}/decision", new { decision = "remove", clause = "copyright", reason = "Not yours." });
        await host.SettleAsync();

        var told = Assert.Single(await anna.ItemsAsync("notifications"), item => item.Text("text") == "A person removed a picture in your post. You can appeal. Not yours.");
        Assert.Equal(post, told.GetProperty("post").Id());
    }

    [Fact]
    public async Task What_waits_for_nobody_is_neither_claimed_nor_kept_and_nothing_is_lifted_from_whom_nothing_holds_back()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        using var patched = await ProfileModerationTests.PatchAsync(anna, new { bio = "[Hate] of mine" });
        await host.SettleAsync();
        Assert.Equal("removed", (await anna.GetAsync("me")).Status());
        var told = (await anna.ItemsAsync("notifications")).Count;

        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/profile.{anna.Id}/claim"));
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/profile.{anna.Id}/decision", new { decision = "keep" }));
        Assert.Equal((HttpStatusCode.Conflict, "nothing-to-lift"), await mona.RefusedAsync("moderation/accounts/anna/sanctions", new { kind = "lift" }));
        await host.SettleAsync();
        Assert.Equal(told, (await anna.ItemsAsync("notifications")).Count);
    }

    private static async Task<IReadOnlyList<string>> OutcomesAsync(params TestUser[] reporters)
    {
        var outcomes = new List<string>();
        foreach (var reporter in reporters)
        {
            outcomes.Add(Assert.Single(await reporter.ItemsAsync("me/reports")).Text("decision")!);
        }

        return outcomes;
    }

    private static async Task<IReadOnlyList<int>> ToldAsync(params TestUser[] reporters)
    {
        var told = new List<int>();
        foreach (var reporter in reporters)
        {
            told.Add((await reporter.ItemsAsync("notifications")).Count(item => item.Text("kind") == "report"));
        }

        return told;
    }
}
