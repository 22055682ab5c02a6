using System.Text.Json;

namespace ServerlessSocial.Hosts.Local.Demo;

/// <summary>The people and posts of the demonstration, from <c>network.json</c>.</summary>
/// <param name="People">Who signs up.</param>
/// <param name="Posts">What they write, in order.</param>
internal sealed record DemoNetwork(IReadOnlyList<DemoPerson> People, IReadOnlyList<DemoPost> Posts)
{
    /// <summary>Reads it from the assembly.</summary>
    public static DemoNetwork Load()
    {
        using var stream = typeof(DemoNetwork).Assembly.GetManifestResourceStream(typeof(DemoNetwork), "network.json")!;
        return JsonSerializer.Deserialize<DemoNetwork>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>
    /// When each post is written: spread over the days before the demonstration is made, replies some minutes after what they answer. Always rising, and always the
    /// same.
    /// </summary>
    /// <param name="from">When the first is written.</param>
    /// <param name="to">By when the last is.</param>
    public IEnumerable<(DemoPost Post, DateTimeOffset At)> Timeline(DateTimeOffset from, DateTimeOffset to)
    {
        var random = new Random(7);
        var pause = (to - from) / Posts.Count;
        var at = from;
        for (var i = 0; i < Posts.Count; i++)
        {
            var due = from + (pause * (i + random.NextDouble()));
            var soon = at + TimeSpan.FromMinutes(random.Next(2, 20));
            at = Posts[i].ReplyTo is not null || due < soon ? soon : due;
            yield return (Posts[i], at);
        }
    }

    /// <summary>
    /// Who follows whom: those one shares an interest with, and some by chance (always the same ones). Everybody follows somebody.
    /// </summary>
    public IEnumerable<(DemoPerson Follower, DemoPerson Followed)> Follows()
    {
        var random = new Random(2026);
        return from follower in People
               from followed in People
               where follower != followed && (follower.Interests.Intersect(followed.Interests).Any() || random.NextDouble() < 0.3)
               select (follower, followed);
    }
}

/// <summary>Somebody who signs up.</summary>
/// <param name="Handle">Handle, also the token's subject.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Bio">A few words.</param>
/// <param name="Interests">Interests.</param>
/// <param name="Role"><c>moderator</c>, or null.</param>
/// <param name="Avatar">Description of a picture of theirs to be made by AI; null for none.</param>
internal sealed record DemoPerson(string Handle, string Name, string Bio, IReadOnlyList<string> Interests, string? Role, string? Avatar);

/// <summary>A post.</summary>
/// <param name="Id">Name by which later posts refer to it; null if none does.</param>
/// <param name="By">Handle of the author.</param>
/// <param name="Text">The text.</param>
/// <param name="ReplyTo">Name of the post it answers.</param>
/// <param name="Quote">Name of the post it quotes.</param>
/// <param name="Visibility"><c>followers</c>, or null for everyone.</param>
/// <param name="Cw">Content warning.</param>
/// <param name="Image">Description of a picture to be made by AI.</param>
/// <param name="Style">Style of the picture.</param>
/// <param name="Expect">What moderation will make of it, where that is not to approve it.</param>
/// <param name="Appeal">What the author says against that.</param>
/// <param name="Poll">Answers for readers to choose from.</param>
internal sealed record DemoPost(
    string? Id, string By, string Text, string? ReplyTo, string? Quote, string? Visibility, string? Cw, string? Image, string? Style, string? Expect, string? Appeal, IReadOnlyList<string>? Poll);
