using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Tests.Discovery;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Plans;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;
using ServerlessSocial.Tests.Provenance;
using ServerlessSocial.Tests.Push;
using ServerlessSocial.Tests.Search;

namespace ServerlessSocial.Tests.Costs;

/// <summary>Each call of the API and each pipeline in a situation that costs what it usually costs.</summary>
internal static class CostScenarios
{
    private const int PageSize = 20;
    private const int Authors = 10;
    private const int Followers = 12;

    /// <summary>Measures everything.</summary>
    public static async Task MeasureAsync(CostWorld world)
    {
        var reader = await world.Host.SignUpAsync("reader");
        var posts = await FeedOfAsync(world, reader);
        await MeasureReadingAsync(world, reader, posts);
        await MeasurePushAsync(world);
        await MeasureReactionsAsync(world, reader, posts);
        await MeasureGraphAsync(world, reader);
        await MeasurePostingAsync(world);
        await MeasurePicturesAsync(world, reader);
        await MeasureModerationAsync(world);
        await MeasureProfilesAsync(world, reader);
        await MeasureFindingAsync(world, reader);
        await MeasureFanOutAsync(world);
        await MeasureOwnDataAsync(world);
    }

    /// <summary>A reader with a full page of posts, two by each of ten authors.</summary>
    private static async Task<IReadOnlyList<string>> FeedOfAsync(CostWorld world, TestUser reader)
    {
        var ids = new List<string>();
        using var opened = await reader.Client.GetAsync("feed");
        for (var i = 0; i < Authors; i++)
        {
            var author = await world.Host.SignUpAsync($"author{i}");
            await world.Host.DoAsync(reader, HttpMethod.Put, $"profiles/author{i}/follow");
            for (var j = 0; j < PageSize / Authors; j++)
            {
                ids.Add(await world.Host.PostAsync(author, "A fine day #weather"));
            }
        }

        // By somebody else: the reader's own would stand in the page.
        var passer = await world.Host.SignUpAsync("passer_by");
        for (var i = 0; i < 5; i++)
        {
            await world.Host.PostAsync(passer, "So it is", ids[0]);
        }

        return ids;
    }

    private static async Task MeasureReadingAsync(CostWorld world, TestUser reader, IReadOnlyList<string> posts)
    {
        var feed = await world.CallAsync(reader.Client, "GET", "feed");
        Assert.Equal(PageSize, feed[^1].GetProperty("items").GetArrayLength());
        await world.CallAsync(reader.Client, "GET", "health");
        await world.CallAsync(reader.Client, "GET", "me");
        await world.CallAsync(reader.Client, "GET", "notifications");
        await world.CallAsync(reader.Client, "GET", "notifications/unread");
        await world.CallAsync(reader.Client, "POST", "notifications/read");
        await world.CallAsync(reader.Client, "PUT", "me/notifications/policy", body: _ => new { notFollowing = "filter", newAccounts = "accept" });
        await world.CallAsync(reader.Client, "GET", "me/notifications/policy");
        await world.CallAsync(reader.Client, "GET", "notifications/requests");
        await world.CallAsync(reader.Client, "PUT", "notifications/requests/{handle}", _ => "notifications/requests/author0");
        await world.CallAsync(reader.Client, "DELETE", "notifications/requests/{handle}", _ => "notifications/requests/author0");
        await world.CallAsync(reader.Client, "GET", "stream");
        await world.CallAsync(reader.Client, "GET", "posts/{id}", _ => $"posts/{posts[0]}");
        await world.CallAsync(reader.Client, "GET", "posts/{id}/thread", _ => $"posts/{posts[0]}/thread");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}", _ => "profiles/author0");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/posts", _ => "profiles/author0/posts");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/followers", _ => "profiles/author0/followers");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/following", _ => "profiles/reader/following");
        await world.CallAsync(reader.Client, "GET", "tags/{tag}", _ => "tags/weather");
    }

    /// <summary>Drafts, scheduled posts and polls.</summary>
    private static async Task MeasureWritingAsync(CostWorld world, TestUser reader)
    {
        var drafts = await world.CallAsync(reader.Client, "POST", "drafts", body: _ => new { text = "Thoughts on" });
        var draft = drafts[0].Id();
        await world.CallAsync(reader.Client, "GET", "drafts");
        await world.CallAsync(reader.Client, "GET", "drafts/{id}", _ => $"drafts/{draft}");
        await CallAnyVersionAsync(world, reader, "PATCH", "drafts/{id}", $"drafts/{draft}", round => new { text = $"Thoughts on bread, {round}" });
        await world.CallAsync(reader.Client, "DELETE", "drafts/{id}", round => $"drafts/{drafts[round].Id()}");

        var later = DateTimeOffset.UtcNow.AddDays(1);
        var scheduled = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await reader.Client.PostAsJsonAsync("posts", new { text = "Good morning", publishAt = later });
            scheduled.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).Id());
        }

        await world.CallAsync(reader.Client, "GET", "me/scheduled");
        await world.CallAsync(reader.Client, "GET", "me/scheduled/{id}", _ => $"me/scheduled/{scheduled[0]}");
        await CallAnyVersionAsync(world, reader, "PATCH", "me/scheduled/{id}", $"me/scheduled/{scheduled[0]}", round => new { publishAt = later.AddHours(round) });
        await world.CallAsync(reader.Client, "DELETE", "me/scheduled/{id}", round => $"me/scheduled/{scheduled[round]}");

        var asker = await world.Host.SignUpAsync("asker");
        var polls = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            polls.Add((await asker.PostAsync(new { text = "Tea?", poll = new { options = new[] { "Yes", "No" }, minutes = 60 } })).Id());
        }

        await world.Host.SettleAsync();
        await world.CallAsync(reader.Client, "PUT", "posts/{id}/vote", round => $"posts/{polls[round]}/vote", _ => new { choices = new[] { 0 } }, "a vote, until counted");
    }

    /// <summary>Filters, lists, followed tags and muted threads.</summary>
    private static async Task MeasurePreferencesAsync(CostWorld world, TestUser reader, IReadOnlyList<string> posts)
    {
        var filters = await world.CallAsync(reader.Client, "POST", "me/filters", body: round => new { phrase = $"rain{round}" });
        await world.CallAsync(reader.Client, "GET", "me/filters");
        await world.CallAsync(reader.Client, "GET", "me/filters/{id}", _ => $"me/filters/{filters[0].Id()}");
        await CallAnyVersionAsync(world, reader, "PATCH", "me/filters/{id}", $"me/filters/{filters[0].Id()}", round => new { phrase = $"hail{round}" });
        await world.CallAsync(reader.Client, "DELETE", "me/filters/{id}", round => $"me/filters/{filters[round].Id()}");
        await world.CallAsync(reader.Client, "PUT", "posts/{id}/mute", round => $"posts/{posts[round]}/mute");
        await world.CallAsync(reader.Client, "DELETE", "posts/{id}/mute", round => $"posts/{posts[round]}/mute");
        await world.CallAsync(reader.Client, "PUT", "tags/{tag}/follow", round => $"tags/sea{round}/follow");
        await world.CallAsync(reader.Client, "GET", "me/tags");
        await world.CallAsync(reader.Client, "DELETE", "tags/{tag}/follow", round => $"tags/sea{round}/follow");

        var lists = await world.CallAsync(reader.Client, "POST", "lists", body: round => new { name = $"List {round}" });
        var list = lists[0].Id();
        await world.CallAsync(reader.Client, "PUT", "lists/{id}/members/{handle}", round => $"lists/{list}/members/author{round}");
        await world.CallAsync(reader.Client, "GET", "lists");
        await world.CallAsync(reader.Client, "GET", "lists/{id}", _ => $"lists/{list}");
        await world.CallAsync(reader.Client, "GET", "lists/{id}/members", _ => $"lists/{list}/members");
        await world.CallAsync(reader.Client, "GET", "lists/{id}/feed", _ => $"lists/{list}/feed");
        await CallAnyVersionAsync(world, reader, "PATCH", "lists/{id}", $"lists/{list}", round => new { name = $"Others {round}" });
        await world.CallAsync(reader.Client, "DELETE", "lists/{id}/members/{handle}", round => $"lists/{list}/members/author{round}");
        await world.CallAsync(reader.Client, "DELETE", "lists/{id}", round => $"lists/{lists[round].Id()}");
    }

    /// <summary>Changes something whatever its version is.</summary>
    private static async Task CallAnyVersionAsync(CostWorld world, TestUser who, string method, string route, string path, Func<int, object> body)
    {
        who.Client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
        await world.CallAsync(who.Client, method, route, _ => path, body);
        who.Client.DefaultRequestHeaders.Remove("If-Match");
    }

    /// <summary>What subscriptions cost, and a push: what a mention of somebody who has some takes beyond one of somebody who has none.</summary>
    private static async Task MeasurePushAsync(CostWorld world)
    {
        await using var service = await PushServiceStandIn.StartAsync();
        var (listener, caller) = (await world.Host.SignUpAsync("listener"), await world.Host.SignUpAsync("caller"));
        await world.Host.SignUpAsync("hermit");
        var key = (await world.CallAsync(listener.Client, "GET", "me/push"))[0].GetProperty("publicKey").GetString()!;
        var subscriptions = await world.CallAsync(listener.Client, "POST", "me/push", body: round => service.Browse($"device{round}", key).Subscription());

        var alone = await world.WorkOfPostsAsync(caller, new { text = "@hermit a fine day" });
        world.Measured["a push, until a notification is sent to four devices"] = [(await world.WorkOfPostsAsync(caller, new { text = "@listener a fine day" })).Less(alone)];
        Assert.True(service.Wrong.IsEmpty, service.Wrong.FirstOrDefault());
        await world.CallAsync(listener.Client, "DELETE", "me/push/{id}", round => $"me/push/{subscriptions[round].GetProperty("id").GetString()}");
    }

    private static async Task MeasureReactionsAsync(CostWorld world, TestUser reader, IReadOnlyList<string> posts)
    {
        await world.CallAsync(reader.Client, "PUT", "posts/{id}/like", round => $"posts/{posts[round]}/like", pipeline: "a like, until counted and told");
        await world.CallAsync(reader.Client, "GET", "me/likes");
        await world.CallAsync(reader.Client, "DELETE", "posts/{id}/like", round => $"posts/{posts[round]}/like");
        await world.CallAsync(reader.Client, "PUT", "posts/{id}/bookmark", round => $"posts/{posts[round]}/bookmark");
        await world.CallAsync(reader.Client, "GET", "me/bookmarks");
        await world.CallAsync(reader.Client, "DELETE", "posts/{id}/bookmark", round => $"posts/{posts[round]}/bookmark");
        await world.CallAsync(reader.Client, "PUT", "posts/{id}/boost", round => $"posts/{posts[round]}/boost", pipeline: "a boost, until spread (no followers)");
        await MeasureWritingAsync(world, reader);
        await MeasurePreferencesAsync(world, reader, posts);
        await world.CallAsync(reader.Client, "GET", "posts/{id}/likes", _ => $"posts/{posts[0]}/likes");
        await world.CallAsync(reader.Client, "GET", "posts/{id}/boosts", _ => $"posts/{posts[0]}/boosts");
        await world.CallAsync(reader.Client, "GET", "posts/{id}/quotes", _ => $"posts/{posts[0]}/quotes");
        await world.CallAsync(reader.Client, "DELETE", "posts/{id}/boost", round => $"posts/{posts[round]}/boost");
    }

    private static async Task MeasureGraphAsync(CostWorld world, TestUser reader)
    {
        for (var i = 0; i < 4; i++)
        {
            await world.Host.PostAsync(await world.Host.SignUpAsync($"other{i}"), "Hello");
        }

        foreach (var kind in (string[])["follow", "mute", "block"])
        {
            await world.CallAsync(
                reader.Client, "PUT", $"profiles/{{handle}}/{kind}", round => $"profiles/other{round}/{kind}", pipeline: kind == "follow" ? "a follow, until settled" : null);
            await world.CallAsync(
                reader.Client, "DELETE", $"profiles/{{handle}}/{kind}", round => $"profiles/other{round}/{kind}", pipeline: kind == "follow" ? "an unfollow, until settled" : null);
        }

        await MeasureListsAsync(world, reader);
    }

    /// <summary>A locked profile that some ask to follow, and the lists that are the caller's own.</summary>
    private static async Task MeasureListsAsync(CostWorld world, TestUser reader)
    {
        var locked = await world.Host.SignUpAsync("locked");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = System.Net.Http.Json.JsonContent.Create(new { locked = true }), Headers = { IfMatch = { System.Net.Http.Headers.EntityTagHeaderValue.Any } } };
        using var answer = await locked.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        for (var i = 0; i < 4; i++)
        {
            await world.Host.DoAsync(reader, HttpMethod.Put, $"profiles/other{i}/block");
            await world.Host.DoAsync(reader, HttpMethod.Put, $"profiles/author{i}/mute");
            var asking = await world.Host.SignUpAsync($"asking{i}");
            await world.Host.DoAsync(asking, HttpMethod.Put, "profiles/locked/follow");
            await world.Host.DoAsync(await world.Host.SignUpAsync($"refused{i}"), HttpMethod.Put, "profiles/locked/follow");
        }

        await world.CallAsync(reader.Client, "GET", "me/blocks");
        await world.CallAsync(reader.Client, "GET", "me/mutes");
        await world.CallAsync(locked.Client, "GET", "me/follow-requests");
        await world.CallAsync(locked.Client, "DELETE", "me/follow-requests/{handle}", round => $"me/follow-requests/refused{round}");
        await world.CallAsync(locked.Client, "PUT", "me/follow-requests/{handle}", round => $"me/follow-requests/asking{round}");
        await world.CallAsync(locked.Client, "DELETE", "me/followers/{handle}", round => $"me/followers/asking{round}");
    }

    private static async Task MeasurePostingAsync(CostWorld world)
    {
        var lone = await world.Host.SignUpAsync("lone");
        var posted = await world.CallAsync(lone.Client, "POST", "posts", body: round => new { text = $"Day {round} #weather" }, pipeline: "a post with a tag, until visible (no followers)");
        world.Measured["a reply, until visible and told"] =
            [await world.WorkOfPostsAsync(await world.Host.SignUpAsync("replier"), new { text = "Yes", replyTo = posted[0].Id() })];
        await MeasureThreadsAsync(world, lone, posted[0].Id());
        await CallAnyVersionAsync(world, lone, "PATCH", "posts/{id}", $"posts/{posted[1].Id()}", round => new { text = $"It rains, {round}" });
        await world.Host.SettleAsync();
        await world.CallAsync(lone.Client, "GET", "posts/{id}/history", _ => $"posts/{posted[1].Id()}/history");
        await world.CallAsync(lone.Client, "PUT", "posts/{id}/pin", _ => $"posts/{posted[0].Id()}/pin");
        await world.CallAsync(lone.Client, "DELETE", "posts/{id}/pin", _ => $"posts/{posted[0].Id()}/pin");
        await world.CallAsync(lone.Client, "DELETE", "posts/{id}", round => $"posts/{posted[round].Id()}", pipeline: "a deletion, until gone");
    }

    private static async Task MeasureThreadsAsync(CostWorld world, TestUser author, string postId)
    {
        var other = await world.Host.SignUpAsync("quoting");
        var (replies, quotes) = (new List<string>(), new List<string>());
        for (var i = 0; i < 4; i++)
        {
            replies.Add((await other.PostAsync(new { text = "No", replyTo = postId })).Id());
            quotes.Add((await other.PostAsync(new { text = "Look", quote = postId })).Id());
        }

        await world.CallAsync(author.Client, "PUT", "posts/{id}/hidden-replies/{replyId}", round => $"posts/{postId}/hidden-replies/{replies[round]}", pipeline: "a hidden reply, until not counted");
        await world.CallAsync(author.Client, "DELETE", "posts/{id}/hidden-replies/{replyId}", round => $"posts/{postId}/hidden-replies/{replies[round]}");
        await world.CallAsync(author.Client, "DELETE", "posts/{id}/quotes/{quoteId}", round => $"posts/{postId}/quotes/{quotes[round]}");
    }

    private static async Task MeasurePicturesAsync(CostWorld world, TestUser reader)
    {
        var painter = await world.Host.SignUpAsync("painter");
        var uploaded = await world.CallAsync(painter.Client, "POST", "media", body: _ => new ByteArrayContent(SampleImages.Png) { Headers = { ContentType = new("image/png") } }, pipeline: "an upload, until looked at");
        await painter.PostAsync(new { text = "Look", media = new[] { new { id = uploaded[0].Id() } } });
        await world.CallAsync(reader.Client, "GET", "media/{id}", _ => $"media/{uploaded[0].Id()}");
        await world.CallAsync(reader.Client, "GET", "media/{id}/{size}", _ => $"media/{uploaded[0].Id()}/320");
        var drafts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            drafts.Add(await painter.UploadedAsync(SampleImages.Png));
        }

        await world.CallAsync(painter.Client, "PATCH", "media/{id}", round => $"media/{drafts[round]}", body: round => new { alt = $"Tree {round}" });
        await world.CallAsync(painter.Client, "DELETE", "media/{id}", round => $"media/{drafts[round]}");
        var jobs = await world.CallAsync(painter.Client, "POST", "images", body: round => new { prompt = $"Tree {round}" }, pipeline: "an image, until done and told");
        await world.CallAsync(painter.Client, "GET", "images/{id}", round => $"images/{jobs[round].Id()}");
        await world.CallAsync(painter.Client, "GET", "me/images");
        var claimed = await painter.UploadedAsync(Signed.File(PictureFormat.Jpeg, Signed.Key()));
        await world.CallAsync(painter.Client, "GET", "media/{id}/manifest", _ => $"media/{claimed}/manifest");
        await world.CallAsync(reader.Client, "GET", "provenance", round => $"provenance?sha256={new string((char)('a' + round), 64)}");
        await world.CallAsync(reader.Client, "POST", "provenance", body: round => new ByteArrayContent(Scenes.Jpeg(round)) { Headers = { ContentType = new("image/jpeg") } });
        await world.CallAsync(painter.Client, "GET", "me/credits");
    }

    /// <summary>Search and what is suggested.</summary>
    private static async Task MeasureFindingAsync(CostWorld world, TestUser reader)
    {
        for (var i = 0; i < Authors; i++)
        {
            await world.Host.FindableAsync(new(string.Empty, $"author{i}", world.Host.NewClient(await world.Host.TokenAsync($"author{i}"))), discoverable: true, indexable: true);
        }

        await world.Host.FindTrendsAsync();
        await world.CallAsync(reader.Client, "GET", "search", _ => "search?type=posts&q=fine%20day");
        await world.CallAsync(reader.Client, "GET", "explore/tags");
        await world.CallAsync(reader.Client, "GET", "explore/posts");
        await world.CallAsync(reader.Client, "GET", "explore/people");
        var moderator = await world.Host.SignUpAsync("keeper", "moderator");
        await world.CallAsync(moderator.Client, "PUT", "moderation/tags/{tag}", round => $"moderation/tags/bad{round}");
        await world.CallAsync(moderator.Client, "GET", "moderation/tags");
        await world.CallAsync(moderator.Client, "DELETE", "moderation/tags/{tag}", round => $"moderation/tags/bad{round}");
    }

    private static async Task MeasureModerationAsync(CostWorld world)
    {
        var author = await world.Host.SignUpAsync("rude");
        var moderator = await world.Host.SignUpAsync("mona", "moderator");
        var removed = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            removed.Add(await world.Host.PostAsync(author, "[Hate]"));
        }

        await world.CallAsync(
            author.Client, "POST", "posts/{id}/moderation/appeal", round => $"posts/{removed[round]}/moderation/appeal", _ => new { text = "It was a quotation." });
        await world.CallAsync(author.Client, "GET", "posts/{id}/moderation", round => $"posts/{removed[round]}/moderation");
        await world.CallAsync(moderator.Client, "GET", "moderation/queue", _ => "moderation/queue?kind=appealed");
        await MeasurePictureModerationAsync(world, author, moderator);
        await world.CallAsync(moderator.Client, "POST", "moderation/cases/{id}/claim", round => $"moderation/cases/post.{removed[round]}/claim");
        await world.CallAsync(
            moderator.Client,
            "POST",
            "moderation/cases/{id}/decision",
            round => $"moderation/cases/post.{removed[round]}/decision",
            _ => new { decision = "restore" },
            pipeline: "a decision, until shown and told");
        await MeasureReportsAsync(world, author, moderator);
        await MeasureSanctionsAsync(world, author, moderator);
        await MeasureProfileModerationAsync(world);
        await world.CallAsync(moderator.Client, "PUT", "moderation/accounts/{handle}/plan", _ => "moderation/accounts/rude/plan", round => new { plan = round % 2 == 0 ? "plus" : "free" });
        await MeasurePlanEventsAsync(world, author);
        await world.CallAsync(moderator.Client, "GET", "moderation/audit");
    }

    private static async Task MeasurePlanEventsAsync(CostWorld world, TestUser buyer)
    {
        using var shop = world.Host.NewClient(null);
        await world.CallAsync(shop, "POST", "plans/events", body: round =>
        {
            var body = JsonSerializer.Serialize(new { profileId = buyer.Id, plan = "plus", occurredAt = DateTimeOffset.UtcNow });
            var (id, now) = ($"evt_{round}", DateTimeOffset.UtcNow);
            shop.DefaultRequestHeaders.Clear();
            shop.DefaultRequestHeaders.Add("webhook-id", id);
            shop.DefaultRequestHeaders.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            shop.DefaultRequestHeaders.Add("webhook-signature", $"v1,{PlanEvents.Of(id, now, body, PlanEvents.Key)}");
            return new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        });
    }

    private static async Task MeasureReportsAsync(CostWorld world, TestUser author, TestUser moderator)
    {
        var reporter = await world.Host.SignUpAsync("reporter");
        var posts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            posts.Add(await world.Host.PostAsync(author, "Buy this"));
        }

        var reports = await world.CallAsync(
            reporter.Client, "POST", "reports", body: round => new { subject = new { type = "post", id = posts[round] }, clause = "spam" }, pipeline: "a report, until its case knows it");
        await world.CallAsync(reporter.Client, "GET", "me/reports");
        foreach (var post in posts)
        {
            await world.Host.DecideAsync(moderator, post, "keep");
        }

        await world.CallAsync(
            reporter.Client, "POST", "me/reports/{id}/contest", round => $"me/reports/{reports[round].Id()}/contest", _ => new { text = "Look again." });
    }

    private static async Task MeasureSanctionsAsync(CostWorld world, TestUser author, TestUser moderator)
    {
        await world.CallAsync(
            moderator.Client,
            "POST",
            "moderation/accounts/{handle}/sanctions",
            _ => "moderation/accounts/rude/sanctions",
            round => new { kind = "limit", clause = "spam", reason = $"Round {round}" },
            pipeline: "a sanction, until told");
        await world.CallAsync(author.Client, "GET", "profiles/me/moderation");
        var tokens = new Queue<string>();
        for (var i = 0; i < 4; i++)
        {
            var warned = await world.Host.SignUpAsync($"warned{i}");
            await moderator.SendAsync($"moderation/accounts/{warned.Handle}/sanctions", new { kind = "warn", clause = "spam", reason = "Mind." });
            tokens.Enqueue(await world.Host.TokenAsync(warned.Handle));
        }

        using var client = world.Host.NewClient(null);
        await world.CallAsync(client, "POST", "profiles/me/moderation/appeal", _ =>
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Dequeue());
            return "profiles/me/moderation/appeal";
        }, _ => new { text = "It was not me." });
    }

    private static async Task MeasurePictureModerationAsync(CostWorld world, TestUser author, TestUser moderator)
    {
        var pictures = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            pictures.Add(await author.UploadedAsync(Scenes.Png(i)));
            await author.PostAsync(new { text = "Look", media = new[] { new { id = pictures[i] } } });
        }

        await world.CallAsync(
            moderator.Client,
            "POST",
            "moderation/cases/{id}/decision",
            round => $"moderation/cases/media.{pictures[round]}/decision",
            _ => new { decision = "remove", clause = "other" },
            "a removed picture, until gone");
        await world.CallAsync(
            author.Client, "POST", "media/{id}/moderation/appeal", round => $"media/{pictures[round]}/moderation/appeal", _ => new { text = "It is a tree." });
        await world.CallAsync(author.Client, "GET", "media/{id}/moderation", round => $"media/{pictures[round]}/moderation");
    }

    /// <summary>Another profile round by round: each appeal is about another change.</summary>
    private static async Task MeasureProfileModerationAsync(CostWorld world)
    {
        var people = new List<TestUser>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await world.Host.SignUpAsync($"boaster{i}"));
            using var changed = await ProfileModerationTests.PatchAsync(people[i], new { bio = "[Hate]" });
        }

        using var client = world.Host.NewClient(null);
        await world.CallAsync(client, "POST", "profiles/me/moderation/appeal", As("profiles/me/moderation/appeal"), _ => new { text = "It is a quotation." });
        await world.CallAsync(client, "GET", "profiles/me/moderation", As("profiles/me/moderation"));

        Func<int, string> As(string path) => round =>
        {
            client.DefaultRequestHeaders.Authorization = people[round].Client.DefaultRequestHeaders.Authorization;
            return path;
        };
    }

    private static async Task MeasureProfilesAsync(CostWorld world, TestUser reader)
    {
        await world.CallAsync(reader.Client, "PATCH", "me", body: round => new { bio = $"Round {round}" }, pipeline: "a change of a profile, until seen");
        var rounds = new Queue<string>();
        for (var round = 0; round < 4; round++)
        {
            rounds.Enqueue(await world.Host.TokenAsync($"newcomer{round}"));
        }

        using var client = world.Host.NewClient(null);
        await world.CallAsync(client, "POST", "profiles", _ =>
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", rounds.Dequeue());
            return "profiles";
        }, round => new { handle = $"newcomer{round}", displayName = "New" }, "a new profile, until seen");
    }

    /// <summary>The same post to few and to many followers: the difference is what a follower costs.</summary>
    private static async Task MeasureFanOutAsync(CostWorld world)
    {
        var (few, many) = (await world.Host.SignUpAsync("few"), await world.Host.SignUpAsync("many"));
        for (var i = 0; i < Followers; i++)
        {
            var follower = await world.Host.SignUpAsync($"follower{i}");
            using var opened = await follower.Client.GetAsync("feed");
            await world.Host.DoAsync(follower, HttpMethod.Put, "profiles/many/follow");
            if (i < 2)
            {
                await world.Host.DoAsync(follower, HttpMethod.Put, "profiles/few/follow");
            }
        }

        var toFew = await world.WorkOfPostsAsync(few);
        var toMany = await world.WorkOfPostsAsync(many);
        world.Measured["each follower who reads, of a post"] = [toMany.Less(toFew).DividedBy(Followers - 2)];
    }

    private static async Task MeasureOwnDataAsync(CostWorld world)
    {
        var owner = await world.Host.SignUpAsync("owner");
        await world.Host.PostAsync(owner, "Mine");
        var exports = await world.CallAsync(owner.Client, "POST", "me/export", pipeline: "an archive of a small account, until made");
        await world.CallAsync(owner.Client, "GET", "me/exports/{id}", round => $"me/exports/{exports[round].Id()}");
        await world.CallAsync(owner.Client, "GET", "me/exports/{id}/archive", round => $"me/exports/{exports[round].Id()}/archive");

        var leaving = new Queue<string>();
        for (var round = 0; round < 4; round++)
        {
            var leaver = await world.Host.SignUpAsync($"leaver{round}");
            await world.Host.PostAsync(leaver, "Farewell");
            await world.Host.DoAsync(leaver, HttpMethod.Put, "profiles/owner/follow");
            leaving.Enqueue(await world.Host.TokenAsync($"leaver{round}"));
        }

        using var client = world.Host.NewClient(null);
        await world.CallAsync(client, "DELETE", "me", _ =>
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", leaving.Dequeue());
            return "me";
        }, round => new { handle = $"leaver{round}" }, "an account with a post and a follow, until nothing is left");
    }
}
