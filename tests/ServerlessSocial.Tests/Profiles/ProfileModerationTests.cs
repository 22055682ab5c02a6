using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Profiles;

public sealed class ProfileModerationTests
{
    [Fact]
    public async Task What_is_new_on_a_profile_shows_once_it_is_approved_and_in_every_place()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");

        using var patched = await PatchAsync(anna, new { displayName = "Anna M.", bio = "Maps.", links = new[] { new { name = "Garden", url = "https://garden.example/" } } });
        var own = await patched.Content.ReadFromJsonAsync<JsonElement>();
        await host.SettleAsync();

        Assert.Equal("Anna M.", own.GetProperty("displayName").GetString());
        Assert.Equal("approved", (await anna.GetAsync("me")).Status());
        var seen = await ben.GetAsync("profiles/anna");
        Assert.Equal(("Anna M.", "Maps."), (seen.Text("displayName"), seen.Text("bio")));
        Assert.Equal("https://garden.example/", seen.GetProperty("links")[0].Text("url"));
        Assert.False(seen.TryGetProperty("moderation", out _));
        var post = await host.PostAsync(anna, "Hello");
        Assert.Equal("Anna M.", (await ben.GetAsync($"posts/{post}")).GetProperty("author").Text("displayName"));
    }

    [Fact]
    public async Task What_is_not_approved_is_seen_by_its_owner_alone_and_the_former_stands_everywhere()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/follow");
        var post = await host.PostAsync(anna, "Hello");

        using var patched = await PatchAsync(anna, new { displayName = "[Hate] Anna", bio = "Maps." });
        await host.SettleAsync();

        var me = await anna.GetAsync("me");
        Assert.Equal(("[Hate] Anna", "removed"), (me.Text("displayName"), me.Status()));
        Assert.Contains("hatred", me.GetProperty("moderation").Text("reason"));
        var seen = await ben.GetAsync("profiles/anna");
        Assert.Equal(("anna of the tests", string.Empty), (seen.Text("displayName"), seen.Text("bio")));
        Assert.Equal("anna of the tests", (await ben.GetAsync($"posts/{post}")).GetProperty("author").Text("displayName"));
        Assert.Equal("anna of the tests", Assert.Single(await ben.ItemsAsync("profiles/ben/followers")).Text("displayName"));
        Assert.DoesNotContain("[Hate]", (await ben.GetAsync("notifications")).ToString());
        Assert.Equal("removed", Assert.Single(await anna.ItemsAsync("profiles/me/moderation")).Text("status"));
        Assert.Empty(await ben.ItemsAsync("profiles/me/moderation"));
        Assert.Contains("Your profile", Assert.Single(await anna.ItemsAsync("notifications")).Text("text"));

        using var better = await PatchAsync(anna, new { displayName = "Anna again" });
        await host.SettleAsync();
        Assert.Equal(("Anna again", "Maps."), ((await ben.GetAsync("profiles/anna")).Text("displayName"), (await ben.GetAsync("profiles/anna")).Text("bio")));
        Assert.Equal("approved", (await anna.GetAsync("me")).Status());
    }

    [Fact]
    public async Task Of_a_new_profile_only_the_handle_is_seen_until_it_is_approved()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var ben = await host.SignUpAsync("ben");
        var client = host.NewClient(await host.TokenAsync("anna"));

        using var response = await client.PostAsJsonAsync("profiles", new { handle = "anna", displayName = "[IllegalGoods]", bio = "Buy here", interests = new[] { "maps" } });
        var created = await response.Content.ReadFromJsonAsync<JsonElement>();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("[IllegalGoods]", created.Text("displayName"));
        Assert.Equal("pending", created.Status());
        var seen = await ben.GetAsync("profiles/anna");
        Assert.Equal(("anna", string.Empty, 0), (seen.Text("displayName"), seen.Text("bio"), seen.GetProperty("interests").GetArrayLength()));
        Assert.Equal("held", (await client.GetFromJsonAsync<JsonElement>("me")).Status());
    }

    [Fact]
    public async Task A_held_change_goes_to_the_moderators_who_release_or_remove_what_they_looked_at_and_nothing_else()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        using var first = await PatchAsync(anna, new { bio = "[IllegalGoods] one" });
        await host.SettleAsync();

        Assert.Equal([anna.Id], await mona.HeldAsync(type: "profile"));
        var held = (await mona.ClaimAsync($"profile.{anna.Id}")).GetProperty("profile");
        Assert.Equal(("anna", "[IllegalGoods] one", string.Empty), (held.Text("handle"), held.GetProperty("wanted").Text("bio"), held.GetProperty("shown").Text("bio")));
        using var second = await PatchAsync(anna, new { bio = "[IllegalGoods] two" });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(host, mona, anna, new { decision = "keep", edition = held.GetProperty("edition").GetInt64() }));
        Assert.Equal(HttpStatusCode.BadRequest, await DecideAsync(host, mona, anna, new { decision = "keep" }));
        Assert.Equal(HttpStatusCode.BadRequest, await DecideAsync(host, mona, anna, new { decision = "restore" }));
        Assert.Equal(HttpStatusCode.BadRequest, await DecideAsync(host, mona, anna, new { decision = "limit", clause = "other", edition = 1 }));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(host, anna, anna, new { decision = "keep", edition = 3 }));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(host, mona, mona, new { decision = "remove", clause = "other" }));
        Assert.Equal(string.Empty, (await mona.GetAsync("profiles/anna")).Text("bio"));

        await host.ReleaseProfileAsync(mona, anna);
        Assert.Equal("[IllegalGoods] two", (await mona.GetAsync("profiles/anna")).Text("bio"));
        Assert.Empty(await mona.HeldAsync(type: "profile"));
        Assert.Contains("released", (await anna.ItemsAsync("notifications"))[0].Text("text"));

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "remove", clause = "other", reason = "No trade here." }));
        var bare = await mona.GetAsync("profiles/anna");
        Assert.Equal(("anna", string.Empty), (bare.Text("displayName"), bare.Text("bio")));
        Assert.Equal("No trade here.", (await anna.GetAsync("me")).GetProperty("moderation").Text("reason"));
    }

    [Fact]
    public async Task A_removed_change_leaves_what_was_shown_unless_that_was_reported()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        using var first = await PatchAsync(anna, new { bio = "[IllegalGoods] one" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "remove", clause = "illegalGoods" }));
        Assert.Equal("anna of the tests", (await ben.GetAsync("profiles/anna")).Text("displayName"));

        using var second = await PatchAsync(anna, new { bio = "[IllegalGoods] two" });
        await ben.SendAsync("reports", new { subject = new { type = "profile", id = anna.Id }, clause = "impersonation" });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "remove", clause = "impersonation" }));
        Assert.Equal("anna", (await ben.GetAsync("profiles/anna")).Text("displayName"));
        Assert.Equal(("anna of the tests", "removed"), ((await anna.GetAsync("me")).Text("displayName"), (await anna.GetAsync("me")).Status()));
    }

    [Fact]
    public async Task What_is_wanted_after_a_decision_is_held_and_decided_anew()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "remove", clause = "other" }));

        using var better = await PatchAsync(anna, new { displayName = "Anna again" });
        await host.SettleAsync();
        Assert.Equal("Anna again", (await ben.GetAsync("profiles/anna")).Text("displayName"));

        using var worse = await PatchAsync(anna, new { bio = "[IllegalGoods]" });
        await host.SettleAsync();
        Assert.Equal([anna.Id], await mona.HeldAsync(type: "profile"));
        using var taken = await PatchAsync(anna, new { bio = "Maps." });
        await host.SettleAsync();
        Assert.Empty(await mona.HeldAsync(type: "profile"));

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "remove", clause = "other" }));
        Assert.Equal("anna", (await ben.GetAsync("profiles/anna")).Text("displayName"));
    }

    [Fact]
    public async Task A_refused_change_can_be_appealed_once_and_a_person_answers()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna));
        using var patched = await PatchAsync(anna, new { bio = "[Hate]" });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NoContent, await AppealAsync(anna));
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna));
        await host.SettleAsync();
        Assert.Equal([anna.Id], await mona.HeldAsync(type: "profile", kind: "appealed"));
        var waiting = await mona.ClaimAsync($"profile.{anna.Id}");
        Assert.Equal("It is a quotation.", waiting.Text("appeal"));
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, anna, new { decision = "keep", edition = waiting.GetProperty("profile").GetProperty("edition").GetInt64() }));

        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna));
        Assert.Equal("It is a quotation.", (await anna.ItemsAsync("profiles/me/moderation"))[0].Text("appeal"));
        Assert.Equal(string.Empty, (await mona.GetAsync("profiles/anna")).Text("bio"));
    }

    [Fact]
    public async Task Decisions_on_account_and_profile_are_one_list_and_the_last_one_is_appealed_first()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona, max) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        using var patched = await PatchAsync(anna, new { bio = "[Hate]" });
        await host.SettleAsync();
        await mona.SendAsync("moderation/accounts/anna/sanctions", new { kind = "limit", clause = "hate", reason = "Again." });
        await host.SettleAsync();

        Assert.Equal(["account", "profile"], (await anna.ItemsAsync("profiles/me/moderation")).Select(item => item.Text("subject")));
        Assert.Equal(HttpStatusCode.NoContent, await AppealAsync(anna));
        await host.SettleAsync();
        Assert.Equal($"account.{anna.Id}", Assert.Single(await max.ItemsAsync("moderation/queue?kind=appealed")).Id());
        Assert.Equal(HttpStatusCode.NoContent, await AppealAsync(anna));
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna));
    }

    [Fact]
    public async Task What_is_taken_away_is_gone_at_once_whatever_becomes_of_the_rest()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        using var first = await PatchAsync(anna, new { bio = "My address is 1 Example Street.", interests = new[] { "maps", "tea" } });
        await host.SettleAsync();

        using var second = await PatchAsync(anna, new { bio = (string?)null, interests = new[] { "tea" }, displayName = "[IllegalGoods]" });

        var seen = await ben.GetAsync("profiles/anna");
        Assert.Equal((string.Empty, "anna of the tests"), (seen.Text("bio"), seen.Text("displayName")));
        Assert.Equal(["tea"], seen.Texts("interests"));
    }

    [Fact]
    public async Task Moderation_does_not_change_the_version_that_an_edit_speaks_of()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var before = await anna.Client.GetAsync("me");
        await host.SettleAsync();

        using var patched = await PatchAsync(anna, new { bio = "Hello" }, before.Headers.ETag!.ToString());
        await host.SettleAsync();
        using var after = await anna.Client.GetAsync("me");
        using var again = await PatchAsync(anna, new { bio = "Hello" }, after.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal(patched.Headers.ETag, after.Headers.ETag);
        Assert.Equal(after.Headers.ETag, again.Headers.ETag);
    }

    [Theory]
    [InlineData("https://evil.example/\"><script>alert(1)</script>", "https://evil.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("https://a.example/'onload='x", "https://a.example/%27onload=%27x")]
    [InlineData("https://аpple.example/", "https://xn--pple-43d.example/")]
    [InlineData("https://bücher.example/ä?q=ü#é", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC#%C3%A9")]
    [InlineData("HTTPS://Garden.Example", "https://garden.example/")]
    [InlineData("https://a.example:8443/x@y?mail=a@b", "https://a.example:8443/x@y?mail=a@b")]
    [InlineData("https://[::1]:8080/x", "https://[::1]:8080/x")]
    [InlineData("https://a.example/%E2%80%AE%C3%A4", "https://a.example/%E2%80%AE%C3%A4")]
    public async Task An_address_is_shown_as_it_can_stand_in_a_page_and_says_where_it_leads(string given, string shown)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));

        using var answer = await PatchAsync(anna, new { links = new[] { new { name = "x", url = given } } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await host.SettleAsync();
        Assert.Equal(shown, (await ben.Client.ReadAsync("profiles/anna")).GetProperty("links")[0].Text("url"));

        // What one reads one may send back.
        using var again = await PatchAsync(anna, new { links = new[] { new { name = "x", url = shown } } });
        Assert.Equal(shown, (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("links")[0].Text("url"));
        Assert.Equal("approved", (await anna.Client.ReadAsync("me")).GetProperty("moderation").Text("status"));
    }

    [Fact]
    public async Task What_percent_signs_hide_in_an_address_is_judged()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier>(new ObedientClassifier()));
        var anna = await host.SignUpAsync("anna");

        using var answer = await PatchAsync(anna, new { links = new[] { new { name = "x", url = "https://a.example/%5B%48arassment%5D" } } });
        await host.SettleAsync();

        Assert.NotEqual("approved", (await anna.Client.ReadAsync("me")).GetProperty("moderation").Text("status"));
    }

    [Theory]
    [InlineData("""{"links":[{"name":"x","url":"javascript:alert(1)"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"ftp://files.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://user:secret@site.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://bank.example@evil.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://@evil.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https:\\\\evil.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://bank.example\\@evil.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://a.example/\u0001"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://a.example/a b"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://a.example/\u0085"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://a.example/\n"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https:a.example"}]}""")]
    [InlineData("""{"links":[{"name":"x","url":"https://<b>.example"}]}""")]
    [InlineData("""{"links":[{"name":"","url":"https://site.example"}]}""")]
    [InlineData("""{"links":[{"name":"x"}]}""")]
    [InlineData("""{"links":[null]}""")]
    [InlineData("""{"links":[{"name":"1","url":"https://a.example"},{"name":"2","url":"https://a.example"},{"name":"3","url":"https://a.example"},{"name":"4","url":"https://a.example"},{"name":"5","url":"https://a.example"},{"name":"6","url":"https://a.example"}]}""")]
    public async Task Links_that_are_none_are_refused(string body)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var answer = await PatchAsync(anna, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("links", out _));
    }

    [Fact]
    public async Task Without_a_classifier_a_person_looks_at_every_profile()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier>(new BrokenClassifier()));
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        await host.SettleAsync();

        Assert.Equal("anna", (await mona.GetAsync("profiles/anna")).Text("displayName"));
        Assert.Equal("held", (await anna.GetAsync("me")).Status());
        Assert.Contains(anna.Id, await mona.HeldAsync(type: "profile"));
    }

    internal static async Task<HttpResponseMessage> PatchAsync(TestUser user, object changes, string ifMatch = "*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await user.Client.SendAsync(request);
    }

    private static async Task<HttpStatusCode> DecideAsync(TestHost host, TestUser moderator, TestUser owner, object decision)
    {
        var status = await moderator.TrySendAsync($"moderation/cases/profile.{owner.Id}/decision", decision);
        await host.SettleAsync();
        return status;
    }

    private static async Task<HttpStatusCode> AppealAsync(TestUser user)
    {
        using var response = await user.Client.PostAsJsonAsync("profiles/me/moderation/appeal", new { text = "It is a quotation." });
        return response.StatusCode;
    }
}
