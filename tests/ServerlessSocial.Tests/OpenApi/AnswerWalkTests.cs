using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Tests.Discovery;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Plans;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Provenance;
using ServerlessSocial.Tests.Push;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>
/// What the document says of answers is true, and all of it: a walk through the network holds every answer against its schema. Nothing is missing that is required, nothing is
/// null that may not be, nothing comes that is not described; and whatever is described comes at least once, and is left out at least once or else required.
/// </summary>
public sealed class AnswerWalkTests
{
    /// <summary>Described, and not met on this walk: it takes an outage, a moment, time that passes, or a host that holds no connections.</summary>
    private static readonly string[] NotMet =
        ["CaseVerdict.until", "Export.files", "Export.part", "Export.reason", "LiveAddress.expiresAt", "LiveAddress.url", "ScheduledPost.postId", "ScheduledPost.reason"];

    /// <summary>Came every time on this walk, and may be left out all the same: nobody left, nothing was emptied, moderators always gave a reason and an end.</summary>
    private static readonly string[] SometimesLeftOut =
    [
        "AccountStanding.decisionId", "AccountStanding.reason", "AccountStanding.until", "AuditEntry.moderator", "CaseVerdict.reason", "Decision.reason", "FeedPage.since",
        "FileManifest.generator", "FileManifest.signedBy", "HarmScore.evidence", "LedgerEntry.endedAt", "Media.blurhash", "ModerationCase.owner", "PostVersion.contentWarning", "ProblemDetails.instance", "ProblemDetails.traceId", "Sanction.clause",
        "Sanction.reason", "Sanction.until", "ScheduledPost.quotePolicy", "ScheduledPost.replyPolicy", "ScheduledPost.visibility",
    ];

    private readonly List<string> problems = [];
    private ApiDescription api = null!;
    private TestHost host = null!;
    private HttpClient nobody = null!, anna = null!, ben = null!, cleo = null!, mod = null!, chief = null!;
    private JsonElement job, first, poll, quoting, picture, uploaded, list, draft, deeper;

    [Fact]
    public async Task Every_answer_is_as_described_and_everything_described_is_met()
    {
        await using var started = await TestHost.StartAsync(["Trends:LeastPeople=1", "Trends:LeastReactions=1", "Push:AllowAnyEndpoint=true", "Push:Subject=mailto:push@example.org", $"Plans:WebhookSecret={PlanEvents.Secret}"]);
        host = started;
        api = new ApiDescription(await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json"));
        await WalkAsync();

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        var described = api.AnswerProperties();
        var unmet = described.Keys.Where(property => !api.Seen.Contains(property)).Except(NotMet).ToList();
        var always = described.Where(property => !property.Value && api.Seen.Contains(property.Key) && !api.LeftOut.Contains(property.Key)).Select(property => property.Key).Except(SometimesLeftOut).ToList();
        Assert.True(unmet.Count == 0, $"Never met: {string.Join(", ", unmet)}");
        Assert.True(always.Count == 0, $"Never left out, and not required: {string.Join(", ", always)}");
        Assert.DoesNotContain(NotMet, api.Seen.Contains);
    }

    private async Task WalkAsync()
    {
        await GatherAsync();
        await MeetAsync();
        await WriteAsync();
        await AnswerAsync();
        await DraftAsync();
        await ModerateAsync();
        await LeaveTracesAsync();
        await AskWhereFromAsync();
        await BeFoundAsync();
        await PayAsync();
        await ReadEverythingAsync();
    }

    /// <summary>Where pictures come from.</summary>
    private async Task AskWhereFromAsync()
    {
        var file = Signed.File(PictureFormat.Jpeg, Signed.Key());
        await UploadAsync(ben, file, null);
        foreach (var asked in (byte[][])[file, SampleImages.Png, await anna.GetByteArrayAsync(first.GetProperty("media")[0].GetProperty("url").GetString()!["/api/".Length..])])
        {
            await CallAsync(nobody, "GET", $"provenance?sha256={Convert.ToHexString(SHA256.HashData(asked))}");
            using var content = new ByteArrayContent(asked) { Headers = { ContentType = new("application/octet-stream") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "provenance") { Content = content };
            await SendAsync(nobody, request, described: true);
        }
    }

    /// <summary>Plans and credits.</summary>
    private async Task PayAsync()
    {
        await CallAsync(mod, "PUT", "moderation/accounts/anna/plan", new { plan = "plus", until = DateTimeOffset.UtcNow.AddDays(1) });
        await CallAsync(mod, "PUT", "moderation/accounts/ben/plan", new { plan = "free" });
        using var sold = new HttpRequestMessage(HttpMethod.Post, "plans/events")
        {
            Content = JsonContent.Create(new { profileId = (await CallAsync(cleo, "GET", "me")).Id(), plan = "plus", occurredAt = DateTimeOffset.UtcNow }),
        };
        await PlanEvents.SignAsync(sold, "evt_1");
        await SendAsync(nobody, sold, described: true);
        await CallAsync(anna, "GET", "me/credits?limit=1");
        await CallAsync(cleo, "GET", "me/credits");
    }

    /// <summary>Search, and what is talked about.</summary>
    private async Task BeFoundAsync()
    {
        foreach (var client in (HttpClient[])[anna, ben, mod])
        {
            await CallAsync(client, "PATCH", "me", new { discoverable = true, indexable = true, interests = new[] { "tea" } });
        }

        var talk = await CallAsync(anna, "POST", "posts", new { text = "Lanterns along the harbour tonight #harbour #night", language = "en", spontaneous = true });
        var other = await CallAsync(mod, "POST", "posts", new { text = "And lanterns on the water, too #harbour", language = "en" });
        await host.SettleAsync();
        await CallAsync(ben, "PUT", $"posts/{talk.Id()}/like");
        await CallAsync(ben, "PUT", $"posts/{other.Id()}/like");
        await CallAsync(chief, "PUT", "profiles/ben/follow");
        await CallAsync(mod, "PUT", "moderation/tags/rude");
        await CallAsync(mod, "PUT", "moderation/tags/ruder");
        await host.SettleAsync();
        await host.FindTrendsAsync();
        await CallAsync(nobody, "GET", "search?q=lantern%20tag%3Aharbour");
        await CallAsync(nobody, "GET", "search?type=posts&q=lantern&limit=1");
        await CallAsync(nobody, "GET", "search?type=people&q=be");
        await CallAsync(nobody, "GET", "search?type=tags&q=harb");
        await CallAsync(chief, "GET", "explore/people");
    }

    /// <summary>Who takes part.</summary>
    private async Task GatherAsync()
    {
        nobody = host.Anonymous;
        (anna, ben, cleo) = (await SignUpAsync("anna", null), await SignUpAsync("ben", null), await SignUpAsync("cleo", null));
        (mod, chief) = (await SignUpAsync("mo_derator", "moderator"), await SignUpAsync("chief_m", "moderator"));
        await CallAsync(nobody, "GET", "health");
        await CallAsync(nobody, "POST", "dev/token", new { subject = "x" });
        await CallAsync(nobody, "GET", "dev/backlog");
        await host.SettleAsync();
    }

    /// <summary>Profiles and relations.</summary>
    private async Task MeetAsync()
    {
        var avatar = (await UploadAsync(anna, SampleImages.Png, "A face")).Id();
        await CallAsync(anna, "PATCH", "me", new
        {
            bio = "Hello",
            interests = new[] { "tea" },
            links = new[] { new { name = "Garden", url = "https://garden.example/" } },
            avatar = new { mediaId = avatar },
            header = new { mediaId = avatar },
        });
        await host.SettleAsync();
        await CallAsync(anna, "GET", "me");
        await CallAsync(ben, "GET", "feed");
        await CallAsync(ben, "PUT", "profiles/anna/follow");
        await CallAsync(cleo, "PUT", "profiles/anna/follow");
        await CallAsync(cleo, "PATCH", "me", new { locked = true });
        await CallAsync(ben, "PUT", "profiles/cleo/follow");
        await CallAsync(anna, "PUT", "profiles/ben/mute", new { expiresAt = DateTimeOffset.UtcNow.AddDays(1) });
        await host.SettleAsync();
        await CallAsync(cleo, "GET", "me/follow-requests");
        await CallAsync(cleo, "GET", "notifications");
        await CallAsync(anna, "GET", "profiles/ben");
        await CallAsync(anna, "GET", "me/mutes");
        await CallAsync(anna, "DELETE", "profiles/ben/mute");
        await CallAsync(anna, "GET", "me/blocks");
    }

    /// <summary>Pictures by AI, posts, what others do about them.</summary>
    private async Task WriteAsync()
    {
        job = await CallAsync(anna, "POST", "images", new { prompt = "a lighthouse", style = "watercolor", alt = "A lighthouse" });
        await CallAsync(anna, "POST", "images", new { prompt = "a naked woman having sex" });
        await host.SettleAsync();
        var made = (await CallAsync(anna, "GET", $"images/{job.Id()}")).GetProperty("media").Id();
        first = await CallAsync(anna, "POST", "posts", new
        {
            text = "Good evening from the coast! #ocean @ben https://coast.example/",
            media = new[] { new { id = made } },
            contentWarning = "Sea",
            language = "en",
        });
        poll = await CallAsync(anna, "POST", "posts", new { text = "Tea?", poll = new { options = new[] { "Yes", "No" }, minutes = 60 } });
        await host.SettleAsync();
        var reply = await CallAsync(ben, "POST", "posts", new { text = "A fine evening", replyTo = first.Id() });
        await host.SettleAsync();
        deeper = await CallAsync(cleo, "POST", "posts", new { text = "It was", replyTo = reply.Id() });
        quoting = await CallAsync(ben, "POST", "posts", new { text = "Look", quote = first.Id() });
        picture = await UploadAsync(ben, SampleImages.Jpeg, null);
        await CallAsync(ben, "PATCH", $"media/{picture.Id()}", new { alt = "Something" });
        uploaded = await CallAsync(ben, "POST", "posts", new { text = "Mine #ocean", media = new[] { new { id = picture.Id() } } });
        await host.SettleAsync();
        await CallAsync(ben, "PUT", $"posts/{poll.Id()}/vote", new { choices = new[] { 0 } });
        foreach (var what in (string[])["like", "boost", "bookmark"])
        {
            await CallAsync(ben, "PUT", $"posts/{first.Id()}/{what}");
        }

        await CallAsync(cleo, "PUT", $"posts/{first.Id()}/like");
        await CallAsync(anna, "PUT", $"posts/{first.Id()}/pin");
        await CallAsync(anna, "PUT", $"posts/{first.Id()}/hidden-replies/{reply.Id()}");
        await CallAsync(anna, "DELETE", $"posts/{first.Id()}/quotes/{quoting.Id()}");
        await CallAsync(anna, "PATCH", $"posts/{first.Id()}", new { text = "Good evening from the coast! #ocean @ben (edited)" });
        await CallAsync(anna, "GET", $"posts/{first.Id()}");
        await host.SettleAsync();
        await CallAsync(ben, "DELETE", $"posts/{reply.Id()}");
        await CallAsync(ben, "PUT", "tags/ocean/follow");
        await CallAsync(cleo, "POST", "me/filters", new { phrase = "#ocean", expiresAt = DateTimeOffset.UtcNow.AddDays(1) });
        list = await CallAsync(ben, "POST", "lists", new { name = "Coast" });
        await CallAsync(ben, "PUT", $"lists/{list.Id()}/members/anna");
        await CallAsync(ben, "GET", "lists?member=anna");
    }

    /// <summary>Threads, and what moderation thinks of edits.</summary>
    private async Task AnswerAsync()
    {
        var answered = first;
        for (var i = 0; i < 4; i++)
        {
            answered = await CallAsync(ben, "POST", "posts", new { text = $"And {i}", replyTo = first.Id() });
        }

        await host.SettleAsync();
        for (var i = 0; i < 4; i++)
        {
            await CallAsync(cleo, "POST", "posts", new { text = $"Indeed {i}", replyTo = answered.Id() });
        }

        await CallAsync(cleo, "POST", "posts", new { text = "Look at this", quote = answered.Id() });
        await CallAsync(mod, "POST", "posts", new { text = "Look at the #lake", quote = first.Id() });
        await CallAsync(anna, "PUT", $"posts/{first.Id()}/hidden-replies/{answered.Id()}");
        await CallAsync(ben, "GET", $"posts/{answered.Id()}");
        await CallAsync(anna, "GET", "profiles/cleo/posts?filter=all");
        await CallAsync(ben, "PUT", "tags/lake/follow");
        await CallAsync(ben, "POST", "lists", new { name = "Lake" });
        await CallAsync(cleo, "POST", "me/filters", new { phrase = "wind" });
        await CallAsync(mod, "POST", "posts", new { text = "Out on the #ocean" });
        await CallAsync(anna, "PATCH", $"posts/{poll.Id()}", new { text = "I will kill you tomorrow, you will die" });
        await host.SettleAsync();
        await CallAsync(anna, "GET", $"posts/{poll.Id()}");
    }

    /// <summary>Drafts and scheduled posts.</summary>
    private async Task DraftAsync()
    {
        draft = await CallAsync(anna, "POST", "drafts", new
        {
            text = "Thoughts",
            replyTo = first.Id(),
            quote = uploaded.Id(),
            visibility = "public",
            contentWarning = "Bread",
            language = "en",
            replyPolicy = "everyone",
            quotePolicy = "nobody",
        });
        await CallAsync(anna, "PATCH", $"drafts/{draft.Id()}", new { text = "Thoughts on bread", replyTo = (string?)null, poll = new { options = new[] { "a", "b" }, minutes = 5 } });
        await CallAsync(anna, "POST", "drafts", new { });
        await CallAsync(anna, "POST", "posts", new
        {
            text = "Then",
            publishAt = DateTimeOffset.UtcNow.AddDays(1),
            replyTo = first.Id(),
            quote = uploaded.Id(),
            visibility = "public",
            contentWarning = "Later",
            language = "en",
            replyPolicy = "everyone",
            quotePolicy = "nobody",
        });
        await CallAsync(anna, "POST", "posts", new { text = "Then?", publishAt = DateTimeOffset.UtcNow.AddDays(1), poll = new { options = new[] { "a", "b" }, minutes = 5 } });
    }

    /// <summary>Moderation.</summary>
    private async Task ModerateAsync()
    {
        var bad = await CallAsync(cleo, "POST", "posts", new { text = "I will kill you tomorrow, you will die" });
        await CallAsync(ben, "POST", "reports", new { subject = new { type = "post", id = first.Id() }, clause = "spam", details = "It sells the coast.", posts = new[] { first.Id() } });
        await CallAsync(cleo, "POST", "reports", new { subject = new { type = "media", id = picture.Id() }, clause = "other" });
        await CallAsync(cleo, "POST", "reports", new { subject = new { type = "profile", id = (await CallAsync(anna, "GET", "me")).Id() }, clause = "impersonation" });
        var contested = await CallAsync(cleo, "POST", "reports", new { subject = new { type = "profile", id = (await CallAsync(ben, "GET", "me")).Id() }, clause = "spam" });
        await host.SettleAsync();
        await CallAsync(cleo, "GET", $"posts/{bad.Id()}/moderation");
        await CallAsync(cleo, "POST", $"posts/{bad.Id()}/moderation/appeal", new { text = "A quotation." });
        await host.SettleAsync();
        await CallAsync(mod, "GET", "moderation/queue?kind=reported&limit=1");
        await CallAsync(mod, "POST", $"moderation/cases/post.{bad.Id()}/claim");
        await CallAsync(mod, "GET", $"posts/{bad.Id()}/moderation");
        await CallAsync(mod, "POST", $"moderation/cases/profile.{(await CallAsync(anna, "GET", "me")).Id()}/claim");
        await CallAsync(mod, "POST", $"moderation/cases/{contested.GetProperty("subject").Text("type")}.{contested.GetProperty("subject").Id()}/claim");
        await CallAsync(mod, "GET", "moderation/queue?kind=held");
        await CallAsync(mod, "POST", $"moderation/cases/post.{first.Id()}/claim");
        await CallAsync(mod, "GET", "moderation/queue?kind=reported");
        await CallAsync(mod, "POST", $"moderation/cases/post.{first.Id()}/decision", new { decision = "limit", clause = "spam", reason = "It does." });
        await host.SettleAsync();
        await CallAsync(mod, "GET", $"posts/{first.Id()}/moderation");
        await CallAsync(nobody, "GET", "tags/lake");
        await CallAsync(anna, "GET", $"posts/{first.Id()}/moderation");
        await CallAsync(anna, "POST", $"posts/{first.Id()}/moderation/appeal", new { text = "It is an evening." });
        await host.SettleAsync();
        await CallAsync(chief, "GET", "moderation/queue?kind=appealed");
        await CallAsync(chief, "POST", $"moderation/cases/post.{first.Id()}/claim");
        await CallAsync(chief, "POST", $"moderation/cases/media.{picture.Id()}/claim");
        await CallAsync(chief, "POST", $"moderation/cases/post.{first.Id()}/decision", new { decision = "restore", reason = "It is." });
        await CallAsync(mod, "POST", "moderation/accounts/cleo/sanctions", new { kind = "limit", clause = "spam", reason = "Enough.", until = DateTimeOffset.UtcNow.AddDays(2) });
        await host.SettleAsync();
        await CallAsync(cleo, "GET", "me");
        await CallAsync(mod, "POST", $"moderation/cases/profile.{contested.GetProperty("subject").Id()}/decision", new { decision = "keep", reason = "Nothing." });
        await host.SettleAsync();
        await CallAsync(cleo, "POST", $"me/reports/{contested.Id()}/contest", new { text = "Look again." });
        await host.SettleAsync();
        await CallAsync(chief, "POST", $"moderation/cases/profile.{contested.GetProperty("subject").Id()}/claim");
        await CallAsync(cleo, "GET", "profiles/me/moderation");
        await CallAsync(mod, "GET", "moderation/audit");
        await CallAsync(ben, "GET", "me/reports");
    }

    /// <summary>One's own data.</summary>
    private async Task LeaveTracesAsync()
    {
        await CallAsync(ben, "POST", "reports", new { subject = new { type = "planet", id = "x" } });
        await CallAsync(ben, "GET", "nothing/here", described: false);
        var export = await CallAsync(anna, "POST", "me/export");
        await host.SettleAsync();
        await CallAsync(anna, "GET", $"me/exports/{export.Id()}");
        await CallAsync(anna, "PUT", "me/notifications/policy", new { notFollowing = "filter", newAccounts = "accept" });
        await CallAsync(mod, "POST", "posts", new { text = "Hello @anna" });
        await host.SettleAsync();
        await CallAsync(anna, "GET", "notifications/requests");
        await CallAsync(anna, "POST", "notifications/read", new { });
        await using var browsers = await PushServiceStandIn.StartAsync();
        var key = (await CallAsync(cleo, "GET", "me/push")).Text("publicKey");
        await CallAsync(cleo, "POST", "me/push", browsers.Browse("phone", key).Subscription());
        await CallAsync(cleo, "POST", "me/push", browsers.Browse("laptop", key).Subscription("like", "reply"));
        await CallAsync(cleo, "GET", "me/push");
    }

    /// <summary>Everything that can be read, by everybody, in short pages.</summary>
    private async Task ReadEverythingAsync()
    {
        var ids = new Dictionary<string, string> { ["posts"] = first.Id(), ["lists"] = list.Id(), ["drafts"] = draft.Id(), ["media"] = picture.Id(), ["images"] = job.Id() };
        foreach (var path in api.Operations.Where(operation => operation.Method == "GET").Select(operation => operation.Path["/api/".Length..]))
        {
            var filled = path.Replace("{handle}", "anna", StringComparison.Ordinal).Replace("{tag}", "ocean", StringComparison.Ordinal).Replace("{size}", "320", StringComparison.Ordinal)
                .Replace("{id}", ids.GetValueOrDefault(path.Split('/')[0], "nothing"), StringComparison.Ordinal);
            foreach (var client in (HttpClient[])[nobody, anna, ben, cleo, mod])
            {
                await CallAsync(client, "GET", filled);
                await CallAsync(client, "GET", $"{filled}?limit=1");
            }
        }

        await CallAsync(ben, "GET", "profiles/ben/posts?filter=all");
        await CallAsync(nobody, "GET", "profiles/ben/posts?filter=all");
        await CallAsync(ben, "GET", $"posts/{poll.Id()}");
        await CallAsync(ben, "GET", $"posts/{quoting.Id()}");
        await CallAsync(cleo, "GET", $"posts/{deeper.Id()}");
        var since = (await CallAsync(ben, "GET", "feed")).GetProperty("since").GetString()!;
        await CallAsync(anna, "POST", "posts", new { text = "Something new" });
        await host.SettleAsync();
        await CallAsync(ben, "GET", $"feed?since={Uri.EscapeDataString(since)}");
    }

    private async Task<HttpClient> SignUpAsync(string handle, string? role)
    {
        var client = host.NewClient(await host.TokenAsync(handle, role));
        await CallAsync(client, "POST", "profiles", new { handle, displayName = $"{handle} of the walk" });
        return client;
    }

    private async Task<JsonElement> UploadAsync(HttpClient client, byte[] file, string? alt)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "media") { Content = content };
        if (alt is not null)
        {
            request.Headers.Add("Alt-Text", alt);
        }

        return await SendAsync(client, request, described: true);
    }

    private async Task<JsonElement> CallAsync(HttpClient client, string method, string path, object? body = null, bool described = true)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (method == "PATCH")
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        }

        return await SendAsync(client, request, described);
    }

    private async Task<JsonElement> SendAsync(HttpClient client, HttpRequestMessage request, bool described)
    {
        using var answer = await client.SendAsync(request);
        var path = new Uri(client.BaseAddress!, request.RequestUri!).AbsolutePath;
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var value = isJson ? JsonSerializer.Deserialize<JsonElement>(bytes) : default;
        if (!described)
        {
            return value;
        }

        var call = $"{request.Method} {path}: {(int)answer.StatusCode}";
        if (answer.StatusCode >= HttpStatusCode.BadRequest && request.Method != HttpMethod.Get && !path.EndsWith("/reports", StringComparison.Ordinal))
        {
            // The walk cannot go on without what it asked for.
            Assert.Fail($"{call} {value}");
        }

        if (api.MismatchOf(request.Method.Method, path, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, isJson ? value : null) is { } mismatch)
        {
            problems.Add($"{call}: {mismatch}");
        }

        return value;
    }
}
