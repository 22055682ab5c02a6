using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class CaseTests
{
    [Fact]
    public async Task The_most_urgent_case_comes_first_and_a_flood_takes_one_place()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (flo, ida, anna, mona) = (await host.SignUpAsync("flo"), await host.SignUpAsync("ida"), await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var flood = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            flood.Add(await host.PostAsync(flo, $"[IllegalGoods] {i}"));
        }

        var later = await host.PostAsync(anna, "[IllegalGoods]");
        var danger = await host.PostAsync(ida, "[SelfHarm]");

        Assert.Equal([danger, flood[0], later], await mona.HeldAsync());
        Assert.Equal(5, (await mona.ItemsAsync("moderation/queue?kind=held"))[1].Count("moreByOwner"));
        Assert.Equal(HttpStatusCode.BadRequest, await mona.Client.StatusAsync("moderation/queue?kind=everything"));
        Assert.Equal(HttpStatusCode.BadRequest, await mona.Client.StatusAsync("moderation/queue"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_flood_takes_one_place_in_the_whole_list_until_its_most_urgent_case_is_decided(int shards)
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier(), $"Moderation:ReviewShards={shards}");
        var (flo, mona) = (await host.SignUpAsync("flo"), await host.SignUpAsync("mona", "moderator"));
        var (flood, others) = (new List<string>(), new List<string>());
        for (var i = 0; i < 3; i++)
        {
            var other = await host.SignUpAsync($"author{i}");
            flood.Add(await host.PostAsync(flo, $"[IllegalGoods] {i}"));
            flood.Add(await host.PostAsync(flo, $"[IllegalGoods] {i} again"));
            others.Add(await host.PostAsync(other, "[IllegalGoods]"));
        }

        Assert.Equal([flood[0], .. others], await AllHeldAsync(mona, 1));
        Assert.Equal([flood[0], .. others], await AllHeldAsync(mona, 2));

        // A place whose case moved on, as two workers at once can leave behind, stands for nobody.
        var caseId = $"post.{flood[0]}";
        var left = CaseRules.PlacesOf((await Documents(host).FindAsync<CaseFileDocument>(caseId, caseId, default))!)[0];
        await host.DecideAsync(mona, flood[0], "restore");
        await host.DecideAsync(mona, flood[1], "restore");
        await Documents(host).UpsertManyAsync([ReviewDocument.Of(left, flo.Id, shards)], default);

        Assert.Equal([others[0], flood[2], .. others[1..]], await AllHeldAsync(mona, 1));
    }

    [Fact]
    public async Task A_page_of_cases_ends_before_it_is_too_large_and_the_next_one_goes_on()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (mona, ids) = (await host.SignUpAsync("mona", "moderator"), new List<string>());
        foreach (var name in (string[])["anna", "ben", "cleo"])
        {
            var author = await host.SignUpAsync(name);
            ids.Add(await host.PostAsync(author, "[IllegalGoods]"));
            await host.PostAsync(author, "[IllegalGoods] again");
            var caseId = $"post.{ids[^1]}";
            await Documents(host).UpdateAsync<CaseFileDocument>(caseId, caseId, file => file with { Classifier = new string('x', 450_000) }, default);
        }

        await host.SettleAsync();
        var page = await mona.GetAsync("moderation/queue?kind=held");

        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        Assert.Equal(ids, await AllHeldAsync(mona, 20));
    }

    [Fact]
    public async Task A_page_of_the_audit_trail_ends_before_it_is_too_large_and_is_whole()
    {
        await using var host = await TestHost.StartAsync();
        var mona = await host.SignUpAsync("mona", "moderator");
        for (var i = 0; i < 5; i++)
        {
            await host.Services.GetRequiredService<AuditLog>().AppendAsync(mona.Id, AuditAct.Decide, "post.some", new string('x', 450_000), default);
        }

        var (ids, cursor) = (new List<string>(), string.Empty);
        for (var pages = 1; ; pages++)
        {
            var page = await mona.GetAsync($"moderation/audit?{cursor}");
            Assert.True(page.GetProperty("whole").GetBoolean());
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.Id()));
            if (!page.TryGetProperty("next", out var next))
            {
                Assert.Equal(3, pages);
                break;
            }

            cursor = $"cursor={next.GetString()}";
        }

        Assert.Equal(["000000000005", "000000000004", "000000000003", "000000000002", "000000000001"], ids);
    }

    [Fact]
    public async Task Two_moderators_do_not_work_on_the_same_case()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "[IllegalGoods]");

        Assert.Equal("[IllegalGoods]", (await mona.ClaimAsync($"post.{id}")).GetProperty("post").Text("text"));

        Assert.Equal(HttpStatusCode.Conflict, await max.TrySendAsync($"moderation/cases/post.{id}/claim"));
        Assert.Equal(HttpStatusCode.Conflict, await max.TrySendAsync($"moderation/cases/post.{id}/decision", new { decision = "keep" }));
        Assert.False(Assert.Single(await max.ItemsAsync("moderation/queue?kind=held")).GetProperty("claim").GetProperty("mine").GetBoolean());
        await mona.ClaimAsync($"post.{id}");
        await host.DecideAsync(mona, id, "keep");
        Assert.Equal(HttpStatusCode.NotFound, await max.TrySendAsync($"moderation/cases/post.{id}/claim"));
    }

    [Fact]
    public async Task Moderators_see_what_a_case_of_theirs_is_about_and_nothing_else_that_is_private()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        var secret = (await anna.PostAsync(new { text = "For my friends", visibility = "followers" })).Id();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await mona.Client.StatusAsync($"posts/{secret}"));
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/post.{secret}/claim"));
        Assert.Equal(HttpStatusCode.NotFound, await mona.TrySendAsync($"moderation/cases/post.{secret}/decision", new { decision = "remove", clause = "other" }));
        Assert.Empty((await mona.GetAsync("moderation/audit")).GetProperty("items").EnumerateArray());

        await ben.SendAsync("reports", new { subject = new { type = "post", id = secret }, clause = "privacy" });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await mona.Client.StatusAsync($"posts/{secret}"));
        await mona.ClaimAsync($"post.{secret}");

        Assert.Equal("For my friends", (await mona.GetAsync($"posts/{secret}")).Text("text"));
        Assert.Equal(HttpStatusCode.NotFound, await max.Client.StatusAsync($"posts/{secret}"));
        Assert.Empty(await mona.ItemsAsync("profiles/anna/posts"));
        await host.DecideAsync(mona, secret, "keep");
        Assert.Equal(HttpStatusCode.NotFound, await mona.Client.StatusAsync($"posts/{secret}"));

        var trail = await mona.GetAsync("moderation/audit");
        Assert.Equal(["decide", "look", "claim"], trail.GetProperty("items").EnumerateArray().Select(entry => entry.Text("act")));
        Assert.All(trail.GetProperty("items").EnumerateArray(), entry => Assert.Equal("mona", entry.GetProperty("moderator").Text("handle")));
        Assert.Equal(HttpStatusCode.Forbidden, await anna.Client.StatusAsync("moderation/audit"));
    }

    [Fact]
    public async Task Whatever_is_changed_in_the_audit_trail_shows()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        foreach (var decision in (string[])["limit", "restore", "remove", "restore"])
        {
            await host.DecideAsync(mona, id, decision);
        }

        var page = await mona.GetAsync("moderation/audit?limit=3");
        Assert.True(page.GetProperty("whole").GetBoolean());
        var rest = await mona.GetAsync($"moderation/audit?limit=3&cursor={page.Text("next")}");
        Assert.True(rest.GetProperty("whole").GetBoolean());
        Assert.Equal(["000000000004", "000000000003", "000000000002", "000000000001"], page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(entry => entry.Id()));

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var kept = await documents.FindAsync<AuditEntryDocument>("audit:0", "000000000002", default);
        await documents.UpdateAsync<AuditEntryDocument>("audit:0", kept!.Id, entry => entry with { CaseId = "post.another" }, default);
        Assert.False((await mona.GetAsync("moderation/audit")).GetProperty("whole").GetBoolean());

        var changed = await documents.FindAsync<AuditEntryDocument>("audit:0", kept.Id, default);
        await documents.ReplaceAsync(changed! with { Hash = changed.ComputeHash() }, default);
        Assert.False((await mona.GetAsync("moderation/audit")).GetProperty("whole").GetBoolean());

        await documents.DeleteAsync<AuditEntryDocument>("audit:0", kept.Id, default);
        Assert.False((await mona.GetAsync("moderation/audit")).GetProperty("whole").GetBoolean());
    }

    [Fact]
    public async Task What_everyone_sees_can_be_decided_on_without_a_report_and_an_appeal_goes_to_somebody_else()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        await host.DecideAsync(mona, id, "remove", "No.");
        var statement = (await anna.ItemsAsync($"posts/{id}/moderation"))[0];
        Assert.Equal(("other", "No."), (statement.Text("clause"), statement.Text("reason")));
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync($"posts/{id}/moderation/appeal", new { text = "Why?" }));
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await mona.TrySendAsync($"moderation/cases/post.{id}/decision", new { decision = "keep" }));
        await host.DecideAsync(max, id, "restore");

        Assert.Equal(HttpStatusCode.OK, await host.Anonymous.StatusAsync($"posts/{id}"));
    }

    private static IDocumentStore Documents(TestHost host) => host.Services.GetRequiredService<IDocumentStore>();

    /// <summary>What is held, page by page to the end of the list.</summary>
    private static async Task<List<string>> AllHeldAsync(TestUser moderator, int limit)
    {
        var (ids, cursor) = (new List<string>(), string.Empty);
        while (true)
        {
            var page = await moderator.GetAsync($"moderation/queue?kind=held&limit={limit}{cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subject").Id()));
            if (!page.TryGetProperty("next", out var next))
            {
                return ids;
            }

            cursor = $"&cursor={next.GetString()}";
        }
    }
}
