using System.Collections.Concurrent;
using System.Text.Json;

namespace ServerlessSocial.CrashTest;

/// <summary>Writes all the time, and remembers what was acknowledged.</summary>
public sealed class Writer(Account account, Random random)
{
    private readonly List<Writer> others = [];

    /// <summary>Who writes.</summary>
    public Account Account { get; } = account;

    /// <summary>Followed from the beginning to the end.</summary>
    public List<Writer> FollowedForGood { get; } = [];

    /// <summary>Handles followed now, the ones for good among them.</summary>
    public HashSet<string> Following { get; } = [];

    /// <summary>Texts of acknowledged posts by id.</summary>
    public Dictionary<string, string> Posts { get; } = [];

    /// <summary>Posts liked now.</summary>
    public HashSet<string> Likes { get; } = [];

    /// <summary>Posts whose report was acknowledged.</summary>
    public HashSet<string> Reports { get; } = [];

    /// <summary>Acknowledged image jobs.</summary>
    public List<string> Images { get; } = [];

    /// <summary>The export that was acknowledged; null before one was asked for.</summary>
    public string? Export { get; private set; }

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Reads the feed for the first time and follows some for good.</summary>
    public async Task SettleInAsync(IReadOnlyList<Writer> followed, IReadOnlyList<Writer> everyone)
    {
        others.AddRange(everyone.Where(writer => writer != this && !followed.Contains(writer)));
        await Account.ListAsync("feed");
        foreach (var writer in followed.Where(writer => writer != this))
        {
            FollowedForGood.Add(writer);
            await FollowAsync(writer.Account.Handle, true);
        }
    }

    /// <summary>Writes until told to stop; a write that was begun is finished.</summary>
    public async Task WriteUntilAsync(ConcurrentBag<string> allPosts, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            switch (random.Next(10))
            {
                case < 4:
                    await PostAsync(allPosts);
                    break;
                case < 6 when others.Count > 0:
                    var other = others[random.Next(others.Count)].Account.Handle;
                    await FollowAsync(other, !Following.Contains(other));
                    break;
                case < 9 when !allPosts.IsEmpty:
                    await LikeAsync(allPosts.ElementAt(random.Next(allPosts.Count)));
                    break;
                case 9 when Export is null && Posts.Count > 5:
                    Export = (await Account.CallAsync(HttpMethod.Post, "me/export")).GetProperty("id").GetString();
                    Acknowledged++;
                    break;
                case 9 when random.Next(2) == 0 && !allPosts.IsEmpty:
                    await ReportAsync(allPosts.ElementAt(random.Next(allPosts.Count)));
                    break;
                case 9 when Images.Count < 10:
                    var job = await Account.CallAsync(HttpMethod.Post, "images", new { prompt = $"a lighthouse, number {Images.Count}" });
                    Images.Add(job.GetProperty("id").GetString()!);
                    Acknowledged++;
                    break;
                default:
                    await Account.CallAsync(HttpMethod.Get, "feed?limit=20");
                    break;
            }
        }
    }

    private async Task PostAsync(ConcurrentBag<string> allPosts)
    {
        var text = $"A good morning from {Account.Handle}, number {Posts.Count}";
        var post = await Account.CallAsync(HttpMethod.Post, "posts", new { text });
        var id = post.GetProperty("id").GetString()!;
        Posts.Add(id, text);
        allPosts.Add(id);
        Acknowledged++;
    }

    private async Task FollowAsync(string handle, bool follow)
    {
        await Account.CallAsync(follow ? HttpMethod.Put : HttpMethod.Delete, $"profiles/{handle}/follow");
        _ = follow ? Following.Add(handle) : Following.Remove(handle);
        Acknowledged++;
    }

    private async Task LikeAsync(string postId)
    {
        // A post is there for others only once it is approved; its author is told of likes, so one's own are left alone.
        JsonElement? seen = await TryReadAsync(postId);
        if (seen is null || Posts.ContainsKey(postId))
        {
            return;
        }

        var like = !Likes.Contains(postId);
        await Account.CallAsync(like ? HttpMethod.Put : HttpMethod.Delete, $"posts/{postId}/like");
        _ = like ? Likes.Add(postId) : Likes.Remove(postId);
        Acknowledged++;
    }

    private async Task ReportAsync(string postId)
    {
        if (Posts.ContainsKey(postId) || await TryReadAsync(postId) is null)
        {
            return;
        }

        await Account.CallAsync(HttpMethod.Post, "reports", new { subject = new { type = "post", id = postId }, clause = "spam" });
        Reports.Add(postId);
        Acknowledged++;
    }

    private async Task<JsonElement?> TryReadAsync(string postId)
    {
        try
        {
            return await Account.CallAsync(HttpMethod.Get, $"posts/{postId}");
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
