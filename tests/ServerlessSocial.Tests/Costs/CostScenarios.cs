using System.Text.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

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
        await MeasureReactionsAsync(world, reader, posts);
        await MeasureGraphAsync(world, reader);
        await MeasurePostingAsync(world);
        await MeasurePicturesAsync(world, reader);
        await MeasureModerationAsync(world);
        await MeasureProfilesAsync(world, reader);
        await MeasureFanOutAsync(world);
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

        for (var i = 0; i < 5; i++)
        {
            await world.Host.PostAsync(reader, "So it is", ids[0]);
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
        await world.CallAsync(reader.Client, "POST", "notifications/read");
        await world.CallAsync(reader.Client, "GET", "posts/{id}", _ => $"posts/{posts[0]}");
        await world.CallAsync(reader.Client, "GET", "posts/{id}/thread", _ => $"posts/{posts[0]}/thread");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}", _ => "profiles/author0");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/posts", _ => "profiles/author0/posts");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/followers", _ => "profiles/author0/followers");
        await world.CallAsync(reader.Client, "GET", "profiles/{handle}/following", _ => "profiles/reader/following");
        await world.CallAsync(reader.Client, "GET", "tags/{tag}", _ => "tags/weather");
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
    }

    private static async Task MeasurePostingAsync(CostWorld world)
    {
        var lone = await world.Host.SignUpAsync("lone");
        var posted = await world.CallAsync(lone.Client, "POST", "posts", body: round => new { text = $"Day {round} #weather" }, pipeline: "a post with a tag, until visible (no followers)");
        world.Measured["a reply, until visible and told"] = await world.WorkOfPostsAsync(
            await world.Host.SignUpAsync("replier"), new { text = "Yes", replyTo = posted[0].Id() });
        await world.CallAsync(lone.Client, "DELETE", "posts/{id}", round => $"posts/{posted[round].Id()}", pipeline: "a deletion, until gone");
    }

    private static async Task MeasurePicturesAsync(CostWorld world, TestUser reader)
    {
        var painter = await world.Host.SignUpAsync("painter");
        var uploaded = await world.CallAsync(painter.Client, "POST", "media", body: _ => new ByteArrayContent(SampleImages.Png) { Headers = { ContentType = new("image/png") } });
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
        await world.CallAsync(moderator.Client, "GET", "moderation/held");
        await world.CallAsync(
            moderator.Client, "POST", "moderation/posts/{id}/decision", round => $"moderation/posts/{removed[round]}/decision", _ => new { decision = "approved" });
    }

    private static async Task MeasureProfilesAsync(CostWorld world, TestUser reader)
    {
        await world.CallAsync(reader.Client, "PATCH", "me", body: round => new { bio = $"Round {round}" });
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
        }, round => new { handle = $"newcomer{round}", displayName = "New" });
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
        world.Measured["each follower who reads, of a post"] = toMany.Less(toFew).DividedBy(Followers - 2);
    }
}
