using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Reports;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;

namespace ServerlessSocial.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task A_report_gets_a_receipt_an_outcome_and_one_contest_that_another_moderator_hears()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (mona, max) = (await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Ben lives at the harbour, second house.");

        var receipt = await ReportAsync(ben, "post", id, "privacy", "That is my address.");
        await host.SettleAsync();

        Assert.Equal("received", receipt.Text("status"));
        Assert.Equal(receipt.Id(), Assert.Single(await ben.ItemsAsync("me/reports")).Id());
        Assert.Equal(HttpStatusCode.Conflict, await ContestAsync(ben, receipt.Id()));
        var waiting = Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Equal($"post.{id}", waiting.Id());
        Assert.Equal(["privacy"], waiting.Texts("clauses"));
        Assert.Equal("That is my address.", Assert.Single((await mona.ClaimAsync($"post.{id}")).GetProperty("statements").EnumerateArray()).Text("details"));

        await host.DecideAsync(mona, id, "keep", "It names nobody.");

        var answered = Assert.Single(await ben.ItemsAsync("me/reports"));
        Assert.Equal(("decided", "keep", "It names nobody."), (answered.Text("status"), answered.Text("decision"), answered.Text("reason")));
        Assert.Equal("report", Assert.Single(await ben.ItemsAsync("notifications")).Text("kind"));
        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=reported"));

        Assert.Equal(HttpStatusCode.Created, await ContestAsync(ben, receipt.Id()));
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Conflict, await ContestAsync(ben, receipt.Id()));
        Assert.Equal($"post.{id}", Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id());
        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync($"moderation/cases/post.{id}/claim"));
        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync($"moderation/cases/post.{id}/decision", new { decision = "keep" }));

        await host.DecideAsync(max, id, "remove", "It tells where somebody lives.");

        var final = Assert.Single(await ben.ItemsAsync("me/reports"));
        Assert.Equal(("final", "remove"), (final.Text("status"), final.Text("decision")));
        Assert.Equal(HttpStatusCode.Conflict, await ContestAsync(ben, receipt.Id()));
        Assert.Equal(2, (await ben.ItemsAsync("notifications")).Count(item => item.Text("kind") == "report"));
    }

    [Fact]
    public async Task Reports_of_one_thing_are_one_case_and_count_people()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Buy my watches");

        var first = await ReportAsync(ben, "post", id, "spam");
        var again = await ReportAsync(ben, "post", id, "hate", "Really.");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReportAsync(cleo, "post", id, "spam")));
        await host.SettleAsync();

        Assert.Equal(first.Id(), again.Id());
        Assert.Equal("spam", again.Text("clause"));
        Assert.Single(await cleo.ItemsAsync("me/reports"));
        Assert.Equal(2, Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported")).Count("reports"));
    }

    [Fact]
    public async Task Whoever_is_reported_learns_of_the_decision_and_never_by_whom()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, benedikt, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("benedikt"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "A fine day");
        await ReportAsync(benedikt, "post", id, "harassment", "She means me.");
        await host.SettleAsync();

        Assert.Empty(await anna.ItemsAsync("notifications"));
        Assert.Empty(await anna.ItemsAsync($"posts/{id}/moderation"));
        Assert.Empty(await anna.ItemsAsync("me/reports"));
        await host.DecideAsync(mona, id, "limit", "It is unkind.");

        foreach (var path in (string[])["notifications", $"posts/{id}/moderation", $"posts/{id}", "me/reports", "profiles/me/moderation"])
        {
            var seen = (await anna.GetAsync(path)).ToString();
            Assert.DoesNotContain(benedikt.Id, seen);
            Assert.DoesNotContain("benedikt", seen);
            Assert.DoesNotContain("She means me", seen);
        }

        Assert.DoesNotContain(benedikt.Id, (await mona.GetAsync("moderation/queue?kind=reported")).ToString());
        Assert.Equal(HttpStatusCode.NotFound, await ContestAsync(anna, Assert.Single(await benedikt.ItemsAsync("me/reports")).Id()));
    }

    [Fact]
    public async Task What_one_cannot_see_one_cannot_report_and_a_block_keeps_nobody_from_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var open = await host.PostAsync(anna, "Ben is a fool");
        var closed = (await anna.PostAsync(new { text = "For my friends", visibility = "followers" })).Id();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, "post", closed));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, "post", "nothing"));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, "profile", Guid.NewGuid().ToString("N")));
        Assert.Equal(HttpStatusCode.BadRequest, await TryAsync(ben, "account", anna.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(anna, "post", open));

        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/block");
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"posts/{open}"));
        Assert.Equal(HttpStatusCode.Created, await TryAsync(ben, "post", open));
        Assert.Equal(HttpStatusCode.Created, await TryAsync(ben, "profile", anna.Id));
        Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, "post", closed));
    }

    [Fact]
    public async Task A_reported_profile_and_a_reported_picture_can_be_taken_down_and_put_back()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var picture = (await UploadAsync(anna)).Id();
        await anna.PostAsync(new { text = "Look", media = new[] { new { id = picture } } });
        await host.SettleAsync();
        await ReportAsync(ben, "profile", anna.Id, "impersonation");
        await ReportAsync(ben, "media", picture, "copyright");
        await host.SettleAsync();

        Assert.Equal("anna", (await mona.ClaimAsync($"profile.{anna.Id}")).GetProperty("profile").Text("handle"));
        Assert.Equal(picture, (await mona.ClaimAsync($"media.{picture}")).GetProperty("media").Id());
        await mona.SendAsync($"moderation/cases/profile.{anna.Id}/decision", new { decision = "remove", clause = "impersonation", reason = "Not you." });
        await mona.SendAsync($"moderation/cases/media.{picture}/decision", new { decision = "remove", clause = "copyright", reason = "Not yours." });
        await host.SettleAsync();

        Assert.Equal("anna", (await ben.GetAsync("profiles/anna")).Text("displayName"));
        Assert.Equal("anna of the tests", (await anna.GetAsync("me")).Text("displayName"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"media/{picture}"));
        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync($"media/{picture}"));
        Assert.All(await ben.ItemsAsync("me/reports"), report => Assert.Equal("remove", report.Text("decision")));
        Assert.Equal("remove", Assert.Single(await anna.ItemsAsync("profiles/me/moderation")).Text("act"));

        Assert.Equal(HttpStatusCode.BadRequest, await mona.TrySendAsync($"moderation/cases/profile.{anna.Id}/decision", new { decision = "restore" }));
        await mona.SendAsync($"moderation/cases/profile.{anna.Id}/decision", new { decision = "restore", edition = 1 });
        await mona.SendAsync($"moderation/cases/media.{picture}/decision", new { decision = "restore" });
        await host.SettleAsync();

        Assert.Equal("anna of the tests", (await ben.GetAsync("profiles/anna")).Text("displayName"));
        Assert.Equal(HttpStatusCode.OK, await ben.Client.StatusAsync($"media/{picture}"));
    }

    [Fact]
    public async Task What_its_owner_deletes_leaves_the_list_and_whoever_reported_it_learns_that_it_is_gone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var (shown, loose) = ((await UploadAsync(anna)).Id(), (await UploadAsync(anna)).Id());
        await host.SettleAsync();
        using var with = await ProfileModerationTests.PatchAsync(anna, new { avatar = new { mediaId = loose } });
        var post = (await anna.PostAsync(new { text = "Buy my watches", media = new[] { new { id = shown } } })).Id();
        await host.SettleAsync();
        foreach (var (type, id) in ((string, string)[])[("post", post), ("media", shown), ("media", loose)])
        {
            await ReportAsync(ben, type, id, "spam");
        }

        await ReportAsync(cleo, "post", post, "illegalGoods");
        await host.SettleAsync();
        Assert.Equal(2, Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported")).Count("moreByOwner"));

        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{post}");
        Assert.Equal(loose, Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported")).GetProperty("subject").Id());
        using var without = await ProfileModerationTests.PatchAsync(anna, new { avatar = (object?)null });
        await host.DoAsync(anna, HttpMethod.Delete, $"media/{loose}");

        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Empty((await Documents(host).QueryAsync<ReviewDocument>(new("reported", 10), default)).Items);
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/post.{post}/claim"));
        var bens = await ben.ItemsAsync("me/reports");
        Assert.All(bens, report => Assert.Equal("final", report.Text("status")));
        Assert.All(bens, report => Assert.False(report.TryGetProperty("decision", out _)));
        Assert.All(bens, report => Assert.Contains("no longer there", report.Text("reason")));
        Assert.Equal(3, (await ben.ItemsAsync("notifications")).Count(told => told.Text("kind") == "report" && told.Text("text") == "What you reported is no longer there."));
        Assert.Equal("final", Assert.Single(await cleo.ItemsAsync("me/reports")).Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, await ContestAsync(ben, bens[0].Id()));
        Assert.DoesNotContain("report", (await anna.GetAsync("notifications")).ToString());
    }

    [Fact]
    public async Task A_contest_about_what_is_deleted_is_answered_and_a_decision_before_stands()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Buy my watches");
        var contested = await ReportAsync(ben, "post", id, "spam");
        await ReportAsync(cleo, "post", id, "spam");
        await host.SettleAsync();
        await host.DecideAsync(mona, id, "keep");
        await ContestAsync(ben, contested.Id());
        await host.SettleAsync();

        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{id}");

        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=appealed"));
        var bens = Assert.Single(await ben.ItemsAsync("me/reports"));
        Assert.Equal("final", bens.Text("status"));
        Assert.False(bens.TryGetProperty("decision", out _));
        var cleos = Assert.Single(await cleo.ItemsAsync("me/reports"));
        Assert.Equal(("decided", "keep"), (cleos.Text("status"), cleos.Text("decision")));

        // Whoever contests only now is answered as well.
        Assert.Equal(HttpStatusCode.Created, await ContestAsync(cleo, cleos.Id()));
        await host.SettleAsync();
        Assert.Equal("final", Assert.Single(await cleo.ItemsAsync("me/reports")).Text("status"));
    }

    [Fact]
    public async Task A_report_that_comes_while_its_post_is_deleted_is_answered_too_and_nobody_is_told_twice()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Buy my watches");
        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{id}");

        // As of a request that had seen the post just before.
        var (caseId, now) = (new SubjectRef(SubjectType.Post, id).CaseId, DateTimeOffset.UtcNow);
        await Documents(host).CreateAsync(
            new ReportDocument { Id = ben.Id, CaseId = caseId, ReportId = Ids.New(now), Clause = Clause.Spam, At = now, WorkSince = now }, default);
        await host.SettleAsync();

        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Equal("final", Assert.Single(await ben.ItemsAsync("me/reports")).Text("status"));

        // As after a crash between the answers and the note that they were given.
        await Documents(host).UpdateAsync<CaseFileDocument>(caseId, caseId, file => file with { ReportsAnswered = 0 }, default);
        await Documents(host).UpdateAsync<ReportDocument>(caseId, ben.Id, report => report with { Answer = null }, default);
        await host.SettleAsync();

        Assert.Equal("final", Assert.Single(await ben.ItemsAsync("me/reports")).Text("status"));
        Assert.Single(await ben.ItemsAsync("notifications"));
        Assert.Equal(1, (await Documents(host).FindAsync<CaseFileDocument>(caseId, caseId, default))!.ReportsAnswered);
    }

    [Fact]
    public async Task Of_whoever_leaves_nothing_can_be_reported_from_that_moment_on()
    {
        await using var host = await TestHost.StartAsync(["Privacy:Quiet=01:00:00"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (post, picture) = (await host.PostAsync(anna, "Ben is a fool"), (await UploadAsync(anna)).Id());
        await anna.PostAsync(new { text = "Look", media = new[] { new { id = picture } } });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await anna.LeaveAsync());

        foreach (var (type, id) in ((string, string)[])[("profile", anna.Id), ("post", post), ("media", picture)])
        {
            Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, type, id));
        }
    }

    [Fact]
    public async Task A_profile_that_was_reported_leaves_the_list_with_its_owner_and_who_reported_it_is_told()
    {
        await using var host = await TestHost.StartAsync(["Privacy:Quiet=01:00:00"]);
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        await ReportAsync(ben, "profile", anna.Id, "impersonation");
        await mona.SendAsync("moderation/accounts/anna/sanctions", new { kind = "limit", clause = "spam", reason = "Slow down." });
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync("profiles/me/moderation/appeal", new { text = "I am slow." }));
        await host.SettleAsync();
        Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Single(await mona.ItemsAsync("moderation/queue?kind=appealed"));

        await anna.LeaveAsync();
        await Eventually.HoldsAsync(async () => Assert.Single(await ben.ItemsAsync("me/reports")).Text("status") == "final");
        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=appealed"));
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/profile.{anna.Id}/claim"));
    }

    [Fact]
    public async Task What_has_changed_since_the_answer_can_be_reported_again_and_what_is_the_same_under_another_rule_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var keep = new { decision = "keep", reason = "It is her name." };
        var first = await ReportAsync(ben, "profile", anna.Id, "impersonation");
        await host.SettleAsync();
        await mona.SendAsync($"moderation/cases/profile.{anna.Id}/decision", keep);
        await host.SettleAsync();

        Assert.Equal(first.Id(), (await ReportAsync(ben, "profile", anna.Id, "impersonation", "Still.")).Id());
        using var patched = await ProfileModerationTests.PatchAsync(anna, new { bio = "I am Ben" });
        await host.SettleAsync();
        var second = await ReportAsync(ben, "profile", anna.Id, "impersonation", "Now she says it.");
        Assert.Equal(("received", "Now she says it."), (second.Text("status"), second.Text("details")));
        Assert.Equal(second.Id(), (await ReportAsync(ben, "profile", anna.Id, "spam")).Id());
        await host.SettleAsync();

        Assert.Equal("Now she says it.", Assert.Single((await mona.ClaimAsync($"profile.{anna.Id}")).GetProperty("statements").EnumerateArray()).Text("details"));
        Assert.Equal(second.Id(), Assert.Single(await ben.ItemsAsync("me/reports")).Id());
        Assert.Equal(HttpStatusCode.NotFound, await ContestAsync(ben, first.Id()));
        await mona.SendAsync($"moderation/cases/profile.{anna.Id}/decision", keep);
        await host.SettleAsync();

        var third = await ReportAsync(ben, "profile", anna.Id, "spam");
        await host.SettleAsync();
        Assert.Equal("received", third.Text("status"));
        Assert.Single(await mona.ItemsAsync("moderation/queue?kind=reported"));
        Assert.Equal(2, (await ben.ItemsAsync("notifications")).Count(item => item.Text("kind") == "report"));
    }

    [Fact]
    public async Task What_is_refused_or_reported_already_costs_no_report()
    {
        await using var host = await TestHost.StartAsync(["Limits:Factor=1", "Limits:NewHours=0", "Limits:Reports:Burst=2", "Limits:Reports:PerHour=1"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        for (var tries = 0; tries < 4; tries++)
        {
            Assert.Equal(HttpStatusCode.NotFound, await TryAsync(ben, "post", "nothing"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(ben, "profile", ben.Id));
        }

        var id = (await ReportAsync(ben, "profile", anna.Id, "spam")).Id();
        Assert.Equal(id, (await ReportAsync(ben, "profile", anna.Id, "spam")).Id());
        Assert.Equal(HttpStatusCode.Created, await TryAsync(ben, "post", await host.PostAsync(anna, "Buy")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(ben, "post", await host.PostAsync(anna, "Buy more")));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_receipt()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        ben.Client.DefaultRequestHeaders.Add("Idempotency-Key", "report-1");

        var first = await ReportAsync(ben, "profile", anna.Id, "spam");
        var second = await ReportAsync(ben, "profile", anna.Id, "spam");

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(ben, "profile", anna.Id, "hate"));
    }

    private static async Task<JsonElement> ReportAsync(TestUser user, string type, string id, string clause, string? details = null) =>
        await user.SendAsync("reports", new { subject = new { type, id }, clause, details });

    private static Task<HttpStatusCode> TryAsync(TestUser user, string type, string id, string clause = "other") =>
        user.TrySendAsync("reports", new { subject = new { type, id }, clause });

    private static Task<HttpStatusCode> ContestAsync(TestUser user, string reportId) =>
        user.TrySendAsync($"me/reports/{reportId}/contest", new { text = "Look again." });

    private static IDocumentStore Documents(TestHost host) => host.Services.GetRequiredService<IDocumentStore>();

    private static async Task<JsonElement> UploadAsync(TestUser user)
    {
        using var content = new ByteArrayContent(Media.Formats.SampleImages.Png) { Headers = { ContentType = new("image/png") } };
        using var response = await user.Client.PostAsync("media", content);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
