using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;

namespace ServerlessSocial.Tests.Moderation;

/// <summary>No moderator judges in their own cause, however they go about it.</summary>
public sealed class OwnCauseTests
{
    [Theory]
    [InlineData("post")]
    [InlineData("media")]
    [InlineData("profile")]
    public async Task An_appeal_is_heard_by_somebody_else_from_the_moment_it_is_made(string type)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = type switch
        {
            "post" => await host.PostAsync(anna, "Good morning!"),
            "media" => await ShownPictureAsync(host, anna),
            _ => anna.Id,
        };
        await host.SettleAsync();
        var (decide, appeal) = ($"moderation/cases/{type}.{id}/decision", type == "profile" ? "profiles/me/moderation/appeal" : $"{(type == "post" ? "posts" : "media")}/{id}/moderation/appeal");
        await mona.SendAsync(decide, new { decision = "remove", clause = "other", reason = "No." });

        // Not a moment later: nothing has told the case of the appeal yet.
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync(appeal, new { text = "Why?" }));
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync(decide, new { decision = "remove", clause = "other", reason = "Still no." }));
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync(decide, new { decision = "remove", clause = "spam", reason = "Still no." }));
        await host.SettleAsync();

        Assert.Equal([id], await max.HeldAsync(type: type, kind: "appealed"));
        await max.SendAsync(decide, new { decision = "remove", clause = "other", reason = "I see it so, too." });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Conflict, await anna.TrySendAsync(appeal, new { text = "Once more." }));
    }

    [Fact]
    public async Task Who_hears_an_appeal_at_once_answers_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        await host.DecideAsync(mona, id, "remove", "No.");
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync($"posts/{id}/moderation/appeal", new { text = "Why?" }));

        await host.DecideAsync(max, id, "remove", "I see it so, too.");

        Assert.Equal("Why?", (await anna.ItemsAsync($"posts/{id}/moderation"))[0].Text("appeal"));
        Assert.Empty(await max.ItemsAsync("moderation/queue?kind=appealed"));
    }

    [Fact]
    public async Task A_contested_answer_is_not_given_again_by_whoever_gave_it()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Ben is a fool");
        var report = (await ben.SendAsync("reports", new { subject = new { type = "post", id }, clause = "harassment" })).Id();
        await host.SettleAsync();
        await host.DecideAsync(mona, id, "keep", "It harms nobody.");

        // Whether or not the case has learnt of the contest yet.
        await ben.SendAsync($"me/reports/{report}/contest", new { text = "It harms me." });
        await mona.TrySendAsync($"moderation/cases/post.{id}/decision", new { decision = "keep", reason = "As I said." });
        await host.SettleAsync();

        Assert.Equal("contested", Assert.Single(await ben.ItemsAsync("me/reports")).Text("status"));
        Assert.Equal($"post.{id}", Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id());
        await host.DecideAsync(max, id, "remove");
        Assert.Equal("final", Assert.Single(await ben.ItemsAsync("me/reports")).Text("status"));
    }

    [Fact]
    public async Task A_moderator_who_left_and_came_back_is_the_same_to_the_case()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");
        await host.DecideAsync(mona, id, "remove", "No.");
        await mona.LeaveAsync();
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Created, await mona.TrySendAsync("profiles", new { handle = "mona_again", displayName = "Mona" }));
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync($"posts/{id}/moderation/appeal", new { text = "Why?" }));
        await host.SettleAsync();

        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync($"moderation/cases/post.{id}/claim", new { }));
        Assert.Equal((HttpStatusCode.Forbidden, "heard-before"), await mona.RefusedAsync($"moderation/cases/post.{id}/decision", new { decision = "keep" }));
        await host.DecideAsync(max, id, "restore");
    }

    [Fact]
    public async Task Whoever_reported_it_neither_takes_the_case_nor_decides_in_it_in_this_life_and_the_next()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        await host.DoAsync(mona, HttpMethod.Put, "profiles/anna/follow");
        var id = (await anna.PostAsync(new { text = "For my friends", visibility = "followers" })).Id();
        await host.SettleAsync();
        await mona.SendAsync("reports", new { subject = new { type = "post", id }, clause = "privacy" });
        var remove = new { decision = "remove", clause = "privacy" };

        Assert.Equal((HttpStatusCode.Forbidden, "own-report"), await mona.RefusedAsync($"moderation/cases/post.{id}/decision", remove));
        await host.SettleAsync();
        Assert.Equal((HttpStatusCode.Forbidden, "own-report"), await mona.RefusedAsync($"moderation/cases/post.{id}/decision", remove));
        Assert.Equal((HttpStatusCode.Forbidden, "own-report"), await mona.RefusedAsync($"moderation/cases/post.{id}/claim", new { }));

        await mona.LeaveAsync();
        await host.SettleAsync();
        await mona.TrySendAsync("profiles", new { handle = "mona_again", displayName = "Mona" });
        Assert.Equal((HttpStatusCode.Forbidden, "own-report"), await mona.RefusedAsync($"moderation/cases/post.{id}/claim", new { }));
        Assert.Equal("For my friends", (await max.ClaimAsync($"post.{id}")).GetProperty("post").Text("text"));
    }

    [Fact]
    public async Task A_report_of_a_profile_opens_what_it_shows_and_an_appeal_what_is_kept_back()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        await host.SettleAsync();
        using var patched = await ProfileModerationTests.PatchAsync(anna, new { bio = "[Hate] of mine", avatar = new { mediaId = picture } });
        await host.SettleAsync();
        Assert.Equal("removed", (await anna.GetAsync("me")).Status());
        await ben.SendAsync("reports", new { subject = new { type = "profile", id = anna.Id }, clause = "impersonation" });
        await host.SettleAsync();

        var reported = await mona.ClaimAsync($"profile.{anna.Id}");
        Assert.Equal("anna of the tests", reported.GetProperty("profile").GetProperty("wanted").Text("displayName"));
        Assert.DoesNotContain("of mine", reported.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(picture, reported.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await mona.Client.StatusAsync($"media/{picture}"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync("profiles/me/moderation/appeal", new { text = "It is a song." }));
        await host.SettleAsync();
        Assert.Equal("[Hate] of mine", (await mona.ClaimAsync($"profile.{anna.Id}")).GetProperty("profile").GetProperty("wanted").Text("bio"));
        Assert.Equal(HttpStatusCode.OK, await mona.Client.StatusAsync($"media/{picture}"));
    }

    [Fact]
    public async Task A_case_about_a_post_opens_nothing_else_that_is_kept_back()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var quoted = await host.PostAsync(anna, "The secret of the quoted");
        var id = (await ben.PostAsync(new { text = "As she said", quote = quoted })).Id();
        await host.SettleAsync();
        await cleo.SendAsync("reports", new { subject = new { type = "post", id }, clause = "spam" });
        await host.DecideAsync(mona, quoted, "remove");

        Assert.DoesNotContain("secret", (await mona.ClaimAsync($"post.{id}")).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await mona.GetAsync($"posts/{id}")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moderators_do_not_hold_back_each_other_until_one_of_them_is_none_any_more()
    {
        await using var host = await TestHost.StartAsync();
        var (mona, max) = (await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        Assert.Equal(HttpStatusCode.OK, await max.Client.StatusAsync("moderation/audit"));

        foreach (var kind in (string[])["suspend", "limit"])
        {
            Assert.Equal(
                (HttpStatusCode.Conflict, "moderator-account"),
                await mona.RefusedAsync("moderation/accounts/max/sanctions", new { kind, clause = "spam", reason = "Because." }));
        }

        Assert.Equal(HttpStatusCode.Created, await mona.TrySendAsync("moderation/accounts/max/sanctions", new { kind = "warn", clause = "spam", reason = "Mind." }));
        Assert.Equal(HttpStatusCode.OK, await max.Client.StatusAsync("moderation/audit"));

        // The identity provider took the role away.
        using var without = host.NewClient(await host.TokenAsync("max"));
        Assert.Equal(HttpStatusCode.OK, await without.StatusAsync("feed"));
        await mona.SendAsync("moderation/accounts/max/sanctions", new { kind = "suspend", clause = "spam", reason = "Because." });
        Assert.Equal(HttpStatusCode.Forbidden, await without.StatusAsync("feed"));
    }

    private static async Task<string> ShownPictureAsync(TestHost host, TestUser owner)
    {
        var picture = await owner.UploadedAsync(SampleImages.Png);
        await owner.PostAsync(new { text = "Look", media = new[] { new { id = picture } } });
        await host.SettleAsync();
        return picture;
    }
}

/// <summary>Calls that are refused.</summary>
internal static class RefusedCalls
{
    /// <summary>Calls, and tells how it was refused: status and last part of the problem's type.</summary>
    public static async Task<(HttpStatusCode Status, string? Problem)> RefusedAsync(this TestUser user, string path, object body)
    {
        using var response = await user.Client.PostAsJsonAsync(path, body);
        return (response.StatusCode, response.IsSuccessStatusCode ? null : await response.ProblemAsync());
    }
}
