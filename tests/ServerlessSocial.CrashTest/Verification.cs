using System.Text.Json;

namespace ServerlessSocial.CrashTest;

/// <summary>Compares what the network holds with what was acknowledged.</summary>
public sealed class Verification(IReadOnlyList<Writer> writers, Desk desk)
{
    private readonly List<string> problems = [];

    /// <summary>Everything that is not as it was acknowledged.</summary>
    public async Task<List<string>> FindProblemsAsync()
    {
        var likes = writers.SelectMany(writer => writer.Likes).GroupBy(id => id).ToDictionary(group => group.Key, group => (long)group.Count());
        foreach (var writer in writers)
        {
            await CheckTimelineAsync(writer, likes);
            await CheckFeedAsync(writer);
            await CheckProfileAsync(writer);
            await CheckImagesAsync(writer);
            await CheckExportAsync(writer);
            await CheckReportsAsync(writer);
        }

        await CheckDeskAsync();

        return problems;
    }

    private async Task CheckTimelineAsync(Writer writer, Dictionary<string, long> likes)
    {
        var name = writer.Account.Handle;
        var timeline = await writer.Account.ListAsync($"profiles/{name}/posts");
        Expect($"{name}'s timeline", writer.Posts.Keys, timeline.Select(post => post.GetProperty("id").GetString()!));
        foreach (var post in timeline)
        {
            var id = post.GetProperty("id").GetString()!;
            Equal($"status of {id}", "approved", post.GetProperty("moderation").GetProperty("status").GetString());
            Equal($"text of {id}", writer.Posts.GetValueOrDefault(id), post.GetProperty("text").GetString());
            Equal($"likes of {id}", likes.GetValueOrDefault(id), post.GetProperty("likes").GetInt64());
        }
    }

    private async Task CheckFeedAsync(Writer writer)
    {
        var name = writer.Account.Handle;
        var feed = (await writer.Account.ListAsync("feed")).Select(item => item.GetProperty("post")).ToList();
        foreach (var followed in writer.FollowedForGood)
        {
            Expect(
                $"{followed.Account.Handle}'s posts in {name}'s feed",
                followed.Posts.Keys,
                feed.Where(post => AuthorOf(post) == followed.Account.Handle).Select(post => post.GetProperty("id").GetString()!));
        }

        foreach (var group in feed.GroupBy(post => post.GetProperty("id").GetString()).Where(group => group.Count() > 1))
        {
            problems.Add($"{group.Key} stands {group.Count()} times in {name}'s feed.");
        }

        foreach (var stranger in feed.Select(AuthorOf).Distinct().Where(author => author != name && !writer.Following.Contains(author)))
        {
            problems.Add($"{name}'s feed shows {stranger}, whom {name} does not follow.");
        }
    }

    private async Task CheckProfileAsync(Writer writer)
    {
        var name = writer.Account.Handle;
        var profile = await writer.Account.CallAsync(HttpMethod.Get, $"profiles/{name}");
        Equal($"posts of {name}", writer.Posts.Count, profile.GetProperty("posts").GetInt64());
        Equal($"following of {name}", writer.Following.Count, profile.GetProperty("following").GetInt64());
        Equal($"followers of {name}", writers.Count(other => other.Following.Contains(name)), profile.GetProperty("followers").GetInt64());
        Expect($"{name}'s following", writer.Following, (await writer.Account.ListAsync($"profiles/{name}/following")).Select(HandleOf));
        Expect(
            $"{name}'s followers",
            writers.Where(other => other.Following.Contains(name)).Select(other => other.Account.Handle),
            (await writer.Account.ListAsync($"profiles/{name}/followers")).Select(HandleOf));
    }

    private async Task CheckImagesAsync(Writer writer)
    {
        foreach (var id in writer.Images)
        {
            var job = await writer.Account.CallAsync(HttpMethod.Get, $"images/{id}");
            Equal($"status of image {id}", "done", job.GetProperty("status").GetString());
            if (job.TryGetProperty("media", out var media) && await writer.Account.DownloadAsync(media.GetProperty("url").GetString()!) is not { Length: > 0 })
            {
                problems.Add($"The picture of image {id} is not there.");
            }
        }

        // Each was paid for, and once; nothing was paid, or is held still, for what nobody got.
        Expect(
            $"charges of {writer.Account.Handle}",
            writer.Images.Select(id => $"{id} settled"),
            (await writer.Account.ListAsync("me/credits")).Select(entry => $"{entry.GetProperty("id").GetString()} {entry.GetProperty("status").GetString()}"));
    }

    private async Task CheckExportAsync(Writer writer)
    {
        if (writer.Export is not { } id)
        {
            return;
        }

        var export = await writer.Account.CallAsync(HttpMethod.Get, $"me/exports/{id}");
        Equal($"status of export {id}", "done", export.GetProperty("status").GetString());
        if (export.TryGetProperty("url", out var url))
        {
            var archive = await writer.Account.DownloadAsync(url.GetString()!);
            Equal($"bytes of export {id}", export.GetProperty("bytes").GetInt64(), archive?.LongLength ?? 0);
        }
    }

    private async Task CheckReportsAsync(Writer writer) => Expect(
        $"{writer.Account.Handle}'s reports",
        writer.Reports,
        (await writer.Account.ListAsync("me/reports")).Select(report => report.GetProperty("subject").GetProperty("id").GetString()!));

    /// <summary>Each thing that was reported is one case that counts each person once; sanctions hold, each has its statement, and the trail is whole.</summary>
    private async Task CheckDeskAsync()
    {
        var reporters = writers.SelectMany(writer => writer.Reports).GroupBy(id => id).ToDictionary(group => group.Key, group => (long)group.Count());
        foreach (var (id, count) in reporters)
        {
            var found = await desk.Moderator.CallAsync(HttpMethod.Post, $"moderation/cases/post.{id}/claim");
            Equal($"reports of {id}", count, found.GetProperty("reports").GetInt64());
        }

        var statements = await desk.Culprit.ListAsync("profiles/me/moderation");
        Expect("statements of reasons", desk.Sanctions, statements.Select(statement => statement.GetProperty("id").GetString()!));
        var standing = (await desk.Culprit.CallAsync(HttpMethod.Get, "me")).TryGetProperty("standing", out _);
        Equal("the culprit's suspension", desk.Suspended, standing);
        var (entries, whole) = await desk.ReadTrailAsync();
        Equal("the audit trail is whole", true, whole);
        problems.AddRange(desk.Sanctions.Where(id => !entries.Any(entry => entry.Contains(id, StringComparison.Ordinal))).Select(id => $"The audit trail lacks sanction {id}."));
    }

    private static string AuthorOf(JsonElement post) => HandleOf(post.GetProperty("author"));

    private static string HandleOf(JsonElement profile) => profile.GetProperty("handle").GetString()!;

    private void Expect(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var list = found.ToList();
        var set = expected.ToHashSet();
        problems.AddRange(set.Except(list).Select(id => $"{what}: {id} is missing."));
        problems.AddRange(list.Except(set).Select(id => $"{what}: {id} should not be there."));
        problems.AddRange(list.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{what}: {group.Key} is there {group.Count()} times."));
    }

    private void Equal<T>(string what, T expected, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            problems.Add($"{what}: expected {expected}, found {found}.");
        }
    }
}
