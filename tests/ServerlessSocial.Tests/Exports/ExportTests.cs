using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Lists;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;
using ServerlessSocial.Tests.Push;

namespace ServerlessSocial.Tests.Exports;

/// <summary>Taking one's data along.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task An_archive_holds_everything_of_ones_own_and_nothing_private_of_others()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier>(new ObedientClassifier()));
        var (anna, ben, cleo, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("dora"));
        foreach (var (who, what) in ((TestUser, string)[])[(anna, "ben/follow"), (ben, "anna/follow"), (cleo, "anna/follow"), (anna, "cleo/mute"), (anna, "dora/block")])
        {
            await host.DoAsync(who, HttpMethod.Put, $"profiles/{what}");
        }

        var (emil, fay) = (await host.SignUpAsync("emil"), await host.SignUpAsync("fay"));
        await emil.LockAsync(true);
        await anna.LockAsync(true);
        await host.DoAsync(anna, HttpMethod.Put, "profiles/emil/follow");
        await host.DoAsync(fay, HttpMethod.Put, "profiles/anna/follow");
        using var mute = await anna.Client.PutAsJsonAsync("profiles/fay/mute", new { expiresAt = DateTimeOffset.UtcNow.AddDays(3) });

        var bens = (await ben.PostAsync(new { text = "For Ben's followers: a secret", visibility = "followers" })).Id();
        await ben.PostAsync("A draft of Ben's that nobody is to have");
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var shown = (await anna.PostAsync(new { text = "Look & see <b>this</b> #ocean @ben", media = new[] { new { id = picture } }, contentWarning = "Water" })).Id();
        var quiet = (await anna.PostAsync(new { text = "For followers", visibility = "followers" })).Id();
        var removed = await host.PostAsync(anna, "[Hate] it was");
        var deleted = await host.PostAsync(anna, "Never said");
        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{deleted}");
        var open = await host.PostAsync(cleo, "An open word of Cleo's");
        foreach (var (post, what) in ((string, string)[])[(bens, "like"), (bens, "bookmark"), (open, "boost")])
        {
            await host.DoAsync(anna, HttpMethod.Put, $"posts/{post}/{what}");
        }

        await host.DoAsync(ben, HttpMethod.Put, $"posts/{shown}/like");
        using var job = await anna.Client.PostAsJsonAsync("images", new { prompt = "a lighthouse" });
        using var appeal = await anna.Client.PostAsJsonAsync($"posts/{removed}/moderation/appeal", new { text = "It was a quotation." });
        await host.SettleAsync();

        using var archive = await ArchiveAsync(host, anna);

        AssertFiles(archive, picture);
        AssertLists(archive, host.Root.Authority, bens);
        AssertPosts(archive, host.Root.Authority, picture, quiet, open);

        var decisions = Json(archive, "moderation.json")[0];
        Assert.Equal((removed, "removed"), (decisions.Text("post"), decisions.Text("status")));
        Assert.Equal("It was a quotation.", decisions.GetProperty("appeal").Text("text"));
        Assert.Equal("a lighthouse", Json(archive, "images.json")[0].Text("prompt"));
        Assert.Equal("settled", Json(archive, "credits.json")[0].Text("state"));
        Assert.Contains(Json(archive, "notifications.json").EnumerateArray(), told => told.Text("kind") == "like" && told.Text("by") == "ben");
        Assert.Equal("anna", Json(archive, "actor.json").Text("preferredUsername"));

        var everything = string.Concat(archive.Entries.Where(entry => !entry.FullName.StartsWith("media_attachments", StringComparison.Ordinal)).Select(entry => Text(archive, entry.FullName)));
        Assert.All((string[])["secret", "draft of Ben's", "open word", "Never said", deleted], text => Assert.DoesNotContain(text, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_holds_lists_tags_filters_and_muted_threads_and_names_nobody_behind_a_block()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await anna.ListAsync(new { name = "Sea, \"salt\"" }, ben, cleo);
        await anna.ListAsync(new { name = "Nobody yet", repliesPolicy = "none" });
        var (bens, cleos) = ((await ben.PostAsync("A thread of Ben's")).Id(), (await cleo.PostAsync("A thread of Cleo's")).Id());
        await host.SettleAsync();
        await anna.PutAsync($"posts/{bens}/mute");
        await anna.PutAsync($"posts/{cleos}/mute");
        await anna.PutAsync("tags/ocean/follow");
        await anna.FilterAsync(new { phrase = "spoiler", action = "hide" });
        await cleo.PutAsync("profiles/anna/block");
        await host.SettleAsync();

        using var archive = await ArchiveAsync(host, anna);

        var at = host.Root.Authority;
        Assert.Equal([$"\"Sea, \"\"salt\"\"\",ben@{at}"], Lines(archive, "lists.csv"));
        Assert.Equal(["list", "none"], Json(archive, "lists.json").EnumerateArray().Select(list => list.Text("repliesPolicy")));
        Assert.Equal(["Hashtag", "ocean"], Lines(archive, "followed_tags.csv"));
        var filters = Json(archive, "filters.json");
        Assert.Equal("spoiler", filters.GetProperty("filters")[0].Text("phrase"));
        Assert.Equal([$"http://{at}/api/posts/{bens}"], filters.Texts("mutedThreads"));
    }

    [Fact]
    public async Task An_archive_says_where_notifications_are_pushed_and_keeps_the_keys_to_itself()
    {
        await using var service = await PushServiceStandIn.StartAsync();
        await using var host = await TestHost.StartAsync(["Push:AllowAnyEndpoint=true", "Push:Subject=mailto:push@example.org"]);
        var anna = await host.SignUpAsync("anna");
        var phone = service.Browse("phone", (await anna.GetAsync("me/push")).Text("publicKey"));
        using (var subscribed = await anna.Client.PostAsJsonAsync("me/push", phone.Subscription()))
        {
            subscribed.EnsureSuccessStatusCode();
        }

        using var archive = await ArchiveAsync(host, anna);

        Assert.Equal(phone.Endpoint, Assert.Single(Json(archive, "push_subscriptions.json").EnumerateArray()).Text("endpoint"));
        Assert.DoesNotContain("p256dh", Text(archive, "push_subscriptions.json"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("auth", Text(archive, "push_subscriptions.json"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_archive_holds_what_was_decided_and_reported_and_the_profile_with_what_waits()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier>(new ObedientClassifier()));
        var (anna, benedikt, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("benedikt"), await host.SignUpAsync("mona", "moderator"));
        var (header, removed) = (await anna.UploadedAsync(SampleImages.Png), await anna.UploadedAsync(SampleImages.Png));
        await host.SettleAsync();
        using var shown = await ProfileModerationTests.PatchAsync(anna, new { header = new { mediaId = header }, links = new[] { new { name = "Garden & more", url = "https://garden.example/?a=1&b=2" } } });
        await anna.PostAsync(new { text = "Look", media = new[] { new { id = removed } } });
        var post = await host.PostAsync(benedikt, "A fine day");
        await host.SettleAsync();
        using var waits = await ProfileModerationTests.PatchAsync(anna, new { bio = "[IllegalGoods] for sale" });
        await host.SettleAsync();

        await benedikt.SendAsync("reports", new { subject = new { type = "media", id = removed }, clause = "copyright", details = "I drew that." });
        var report = (await anna.SendAsync("reports", new { subject = new { type = "post", id = post }, clause = "spam", details = "It is not." })).Id();
        await host.SettleAsync();
        await host.DecideAsync(mona, post, "keep", "It harms nobody.");
        await anna.SendAsync($"me/reports/{report}/contest", new { text = "It rains." });
        await mona.SendAsync($"moderation/cases/media.{removed}/decision", new { decision = "remove", clause = "copyright", reason = "Not yours." });
        await mona.SendAsync("moderation/accounts/anna/sanctions", new { kind = "limit", clause = "spam", reason = "Slow down." });
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await anna.TrySendAsync("profiles/me/moderation/appeal", new { text = "I am slow." }));
        await host.SettleAsync();

        using var archive = await ArchiveAsync(host, anna);

        AssertProfile(archive, header);
        AssertDecisions([.. Json(archive, "moderation.json").EnumerateArray()], removed);
        var reported = Assert.Single(Json(archive, "reports.json").EnumerateArray());
        Assert.Equal((report, "spam", "It is not.", "contested", "keep", "It harms nobody."), (reported.Id(), reported.Text("clause"), reported.Text("details"), reported.Text("status"), reported.Text("decision"), reported.Text("reason")));
        Assert.Equal("It rains.", reported.GetProperty("contest").Text("text"));
        Assert.Equal("running", Assert.Single(Json(archive, "exports.json").EnumerateArray()).Text("status"));
        Assert.Contains("reports.json", Text(archive, "README.txt"));

        var everything = string.Concat(archive.Entries.Where(entry => !entry.FullName.StartsWith("media_attachments", StringComparison.Ordinal)).Select(entry => Text(archive, entry.FullName)));
        Assert.All((string[])["I drew that", "benedikt", "mona", mona.Id, "A fine day", "obedient", "said so"], text => Assert.DoesNotContain(text, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_names_nobody_whom_its_owner_is_not_shown()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, dora) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("dora"));
        await anna.LockAsync(true);
        var (hers, his) = (await host.PostAsync(anna, "Good evening"), await host.PostAsync(ben, "A word of Ben's"));
        var doras = await host.PostAsync(dora, "A word of Dora's");
        foreach (var (who, what) in ((TestUser, string)[])[
            (ben, $"posts/{hers}/like"), (dora, $"posts/{hers}/like"), (ben, "profiles/anna/follow"),
            (anna, $"posts/{his}/like"), (anna, $"posts/{his}/bookmark"), (anna, $"posts/{his}/boost"), (anna, $"posts/{doras}/like")])
        {
            await host.DoAsync(who, HttpMethod.Put, what);
        }

        await host.PostAsync(anna, "I answer", his);
        await anna.PostAsync(new { text = "I quote", quote = his });
        await host.SettleAsync();
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/block");
        using var renamed = await ProfileModerationTests.PatchAsync(ben, new { handle = "benedikt" });
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        await host.SettleAsync();

        using var archive = await ArchiveAsync(host, anna);

        var everything = string.Concat(archive.Entries.Select(entry => Text(archive, entry.FullName)));
        Assert.DoesNotContain("benedikt", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(his, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(ben.Id, everything, StringComparison.Ordinal);
        Assert.Equal("dora", Assert.Single(Json(archive, "notifications.json").EnumerateArray(), told => told.Text("kind") == "like").Text("by"));
        Assert.Equal(1, Json(archive, "likes.json").GetProperty("totalItems").GetInt32());
    }

    private static void AssertProfile(ZipArchive archive, string header)
    {
        var actor = Json(archive, "actor.json");
        Assert.Equal($"media_attachments/{header[..32]}.png", actor.GetProperty("image").Text("url"));
        var link = Assert.Single(actor.GetProperty("attachment").EnumerateArray());
        Assert.Equal(("PropertyValue", "Garden & more"), (link.Text("type"), link.Text("name")));
        Assert.Contains("href=\"https://garden.example/?a=1&amp;b=2\"", link.Text("value"));
        Assert.Equal(string.Empty, actor.Text("summary"));

        var settings = Json(archive, "settings.json");
        Assert.Equal((header, string.Empty), (settings.Text("headerMediaId"), settings.Text("bio")));
        Assert.Equal("https://garden.example/?a=1&b=2", settings.GetProperty("links")[0].Text("url"));
        Assert.Equal(("held", "[IllegalGoods] for sale"), (settings.GetProperty("pending").Text("status"), settings.GetProperty("pending").Text("bio")));
    }

    private static void AssertDecisions(IReadOnlyList<JsonElement> items, string removed)
    {
        var picture = Assert.Single(items, item => item.TryGetProperty("media", out var id) && id.GetString() == removed);
        Assert.Equal("removed", picture.Text("status"));
        Assert.Contains(picture.GetProperty("decisions").EnumerateArray(), decision => decision.TryGetProperty("act", out var act) && act.GetString() == "remove" && decision.Text("reason") == "Not yours.");

        var profile = Assert.Single(items, item => item.TryGetProperty("profile", out _));
        Assert.Equal("held", profile.Text("status"));
        Assert.Equal("profile", Assert.Single(profile.GetProperty("decisions").EnumerateArray()).Text("subject"));

        var account = Assert.Single(items, item => item.TryGetProperty("account", out _));
        Assert.Equal(("limited", "Slow down."), (account.GetProperty("standing").Text("status"), account.GetProperty("standing").Text("reason")));
        Assert.Equal("limit", Assert.Single(account.GetProperty("decisions").EnumerateArray()).Text("act"));
        Assert.Equal("I am slow.", account.GetProperty("appeal").Text("text"));
    }

    private static void AssertFiles(ZipArchive archive, string picture)
    {
        var names = archive.Entries.Select(entry => entry.FullName).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "actor.json", "outbox.json", "likes.json", "bookmarks.json", "bookmarks.csv", "following_accounts.csv", "followers.csv", "blocked_accounts.csv",
                "muted_accounts.csv", "media.json", "moderation.json", "images.json", "credits.json", "notifications.json", "settings.json", "reports.json", "exports.json", "drafts.json", "scheduled.json", "votes.json", "notification_policy.json", "push_subscriptions.json", "README.txt", $"media_attachments/{picture[..32]}.png",
            },
            names);
        using var decoded = Drawn.Read(Bytes(archive, $"media_attachments/{picture[..32]}.png"));
        Assert.True(decoded.Width > 0);
    }

    private static void AssertLists(ZipArchive archive, string at, string bens)
    {
        Assert.Equal(["Account address,Show boosts,Notify on new posts,Languages", $"ben@{at},true,false,"], Lines(archive, "following_accounts.csv"));
        Assert.Equal(["Account address", $"ben@{at}", $"cleo@{at}"], Lines(archive, "followers.csv").Order(StringComparer.Ordinal));
        Assert.Equal([$"dora@{at}"], Lines(archive, "blocked_accounts.csv"));
        var mutes = Lines(archive, "muted_accounts.csv").ToList();
        Assert.Equal("Account address,Hide notifications,Expires at", mutes[0]);
        Assert.Contains($"cleo@{at},true,", mutes);
        Assert.Contains(mutes, line => line.StartsWith($"fay@{at},true,20", StringComparison.Ordinal));
        Assert.Equal(["Account address", $"emil@{at}"], Lines(archive, "requested_accounts.csv"));
        Assert.Equal(["Account address", $"fay@{at}"], Lines(archive, "follow_requests.csv"));
        Assert.Equal([$"http://{at}/api/posts/{bens}"], Lines(archive, "bookmarks.csv"));
        Assert.Equal($"http://{at}/api/posts/{bens}", Json(archive, "likes.json").GetProperty("orderedItems")[0].GetString());
    }

    private static void AssertPosts(ZipArchive archive, string at, string picture, string quiet, string open)
    {
        var outbox = Json(archive, "outbox.json");
        Assert.Equal(4, outbox.GetProperty("totalItems").GetInt32());
        var activities = outbox.GetProperty("orderedItems").EnumerateArray().ToList();
        Assert.Equal(["Create", "Create", "Create", "Announce"], activities.Select(activity => activity.Text("type")));
        var note = activities[0].GetProperty("object");
        Assert.Equal("<p>Look &amp; see &lt;b&gt;this&lt;/b&gt; #ocean @ben</p>", note.Text("content"));
        Assert.Equal("Water", note.Text("summary"));
        Assert.Equal($"media_attachments/{picture[..32]}.png", note.GetProperty("attachment")[0].Text("url"));
        Assert.Equal($"http://{at}/api/posts/{quiet}", activities[1].GetProperty("object").Text("id"));
        Assert.Equal($"http://{at}/api/posts/{open}", activities[3].Text("object"));
    }

    [Fact]
    public async Task An_archive_is_its_owners_alone_and_gone_when_its_time_is_over()
    {
        await using var host = await TestHost.StartAsync(["Privacy:ExportRetention=00:00:03"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var path = await RequestAsync(anna);
        await host.SettleAsync();

        Assert.Equal("done", (await anna.GetAsync(path)).Text("status"));
        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync($"{path}/archive"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"{path}/archive"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.StatusAsync($"{path}/archive"));

        await Eventually.HoldsAsync(async () => (await anna.GetAsync(path)).Text("status") == "expired");
        Assert.Equal(HttpStatusCode.Gone, await anna.Client.StatusAsync($"{path}/archive"));
    }

    [Fact]
    public async Task Archives_are_made_one_at_a_time_and_a_few_a_day()
    {
        var slow = new PausingMediaStore { Waits = true };
        await using var host = await TestHost.StartAsync(["Privacy:ExportsPerDay=2"], configure: slow.Wrap);
        var anna = await host.SignUpAsync("anna");

        var first = await RequestAsync(anna);
        await slow.Writing;
        Assert.Equal("running", (await anna.GetAsync(first)).Text("status"));
        Assert.Equal((HttpStatusCode.Conflict, "export-underway"), await RefusedAsync(anna));
        slow.Continue();
        await host.SettleAsync();
        await RequestAsync(anna);
        await host.SettleAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, "export-quota"), await RefusedAsync(anna));
        Assert.Equal("done", (await anna.GetAsync(first)).Text("status"));
    }

    [Fact]
    public async Task An_archive_that_fails_half_way_leaves_nothing_and_is_made_anew()
    {
        var failing = new PausingMediaStore { FailuresLeft = 1 };
        await using var host = await TestHost.StartAsync(configure: failing.Wrap);
        var anna = await host.SignUpAsync("anna");
        await host.PostAsync(anna, "Here I am");

        using var archive = await ArchiveAsync(host, anna);

        Assert.Equal(0, failing.FailuresLeft);
        Assert.Equal(1, Json(archive, "outbox.json").GetProperty("totalItems").GetInt32());
    }

    [Fact]
    public async Task What_posts_said_before_is_in_it_and_edits_that_were_refused()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Good evning");
        foreach (var text in new[] { "Good evening", "Ich bring dich um!" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"posts/{id}") { Content = JsonContent.Create(new { text }) };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await anna.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            await host.SettleAsync();
        }

        using var archive = await ArchiveAsync(host, anna);

        var edits = Assert.Single(Json(archive, "edits.json").EnumerateArray());
        Assert.Equal("Good evning", Assert.Single(edits.GetProperty("before").EnumerateArray()).Text("text"));
        Assert.Equal(("Ich bring dich um!", "removed"), (edits.Text("text"), edits.Text("status")));
    }

    private static async Task<string> RequestAsync(TestUser user)
    {
        using var response = await user.Client.PostAsync("me/export", null);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString["/api/".Length..];
    }

    private static async Task<(HttpStatusCode Status, string? Problem)> RefusedAsync(TestUser user)
    {
        using var response = await user.Client.PostAsync("me/export", null);
        return (response.StatusCode, await response.ProblemAsync());
    }

    private static async Task<ZipArchive> ArchiveAsync(TestHost host, TestUser user)
    {
        var path = await RequestAsync(user);
        await host.SettleAsync();
        var export = await user.GetAsync(path);
        Assert.True(export.Text("status") == "done", export.ToString());
        using var response = await user.Client.GetAsync(export.Text("url")["/api/".Length..]);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(export.Count("bytes"), bytes.Length);
        return new ZipArchive(new MemoryStream(bytes));
    }

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static string Text(ZipArchive archive, string name) => System.Text.Encoding.UTF8.GetString(Bytes(archive, name));

    private static JsonElement Json(ZipArchive archive, string name) => JsonSerializer.Deserialize<JsonElement>(Bytes(archive, name));

    private static string[] Lines(ZipArchive archive, string name) => Text(archive, name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
