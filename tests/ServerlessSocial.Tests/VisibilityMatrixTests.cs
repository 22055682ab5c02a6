using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests;

/// <summary>
/// Who sees which post where: every viewer, every state, every place, over HTTP. The table says it in letters, one per place:
/// P its own address, T thread, L timeline, G tag, F feed because of its author, B feed because of a boost, H feed because of a followed tag, K feed of a list, Q quote, S what it says in a quote
/// that is spread (under a tag), R an answer to it in the feed of those who follow whoever answered and whom they answered, N notification, M media.
/// </summary>
public sealed class VisibilityMatrixTests
{
    private const string Table = """
        viewer     public       followers  pending  limited   removed  deleted
        anonymous  PTLGQSM      -          -        PTLQM     -        -
        stranger   PTLGBQSNMK   -          -        PTLQM     -        -
        tagger     PTLGHQSMK    -          -        PTLQM     -        -
        follower   PTLGFQSRNMK  PTLFNMK    -        PTLFQRMK  R        R
        blocked    -            -          -        -         -        -
        blocker    -            -          -        -         -        -
        muted      PTLQSM       PTLM       -        PTLQM     -        -
        author     PTLGQSRMK    PTLMK      PLM      PTLQSRMK  PLQSRM   R
        moderator  PTLGBQSNMK   -          -        PTLQM     -        -
        """;

    private const string Places = "PTLGFBHQSRNMK";

    [Fact]
    public async Task Everybody_sees_exactly_what_the_table_says()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ITextClassifier, NeverDecides>());
        var world = await World.BuildAsync(host);
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var wrong = new List<string>();
        foreach (var row in rows.Skip(1))
        {
            var sees = await world.SeesAsync(row[0]);
            for (var column = 1; column < row.Length; column++)
            {
                var expected = row[column].Trim('-');
                var found = string.Concat(Places.Where(place => sees(rows[0][column], place)));
                if (string.Concat(Places.Where(expected.Contains)) != found)
                {
                    wrong.Add($"{row[0]} × {rows[0][column]}: expected {row[column]}, found {found}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(9 * 6, rows.Skip(1).Sum(row => row.Length - 1));
    }

    /// <summary>Approves everything but texts that say that they are pending, which it never decides on.</summary>
    private sealed class NeverDecides : ITextClassifier
    {
        public string Name => "test";

        public async Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken)
        {
            if (text.Contains("pending", StringComparison.Ordinal))
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return [];
        }
    }

    private sealed class World(TestHost host)
    {
        private static readonly string[] States = ["public", "followers", "pending", "limited", "removed", "deleted"];
        private readonly Dictionary<string, HttpClient> viewers = [];
        private readonly Dictionary<string, string> posts = [];
        private readonly Dictionary<string, string> media = [];
        private readonly Dictionary<string, string> quotes = [];
        private readonly Dictionary<string, string> answers = [];
        private readonly Dictionary<string, string> lists = [];
        private string root = string.Empty;

        public static async Task<World> BuildAsync(TestHost host)
        {
            var world = new World(host);
            await world.GatherAsync();
            await world.PostAsync();
            await world.DecideAsync();
            return world;
        }

        /// <summary>What a viewer sees: asked for everything once.</summary>
        public async Task<Func<string, char, bool>> SeesAsync(string viewer)
        {
            var client = viewers[viewer];
            var thread = await Posts.PostCalls.ThreadAsync(client, root);
            var timeline = await IdsAsync(client, "profiles/author/posts");
            var tag = await IdsAsync(client, "tags/matrix");
            var spread = await ItemsAsync(client, "tags/matrixquote");
            var feed = await ItemsAsync(client, "feed");
            var kept = await IdsAsync(client, $"lists/{lists.GetValueOrDefault(viewer, "none")}/feed");
            var notifications = await ItemsAsync(client, "notifications");
            var direct = new HashSet<(string, char)>();
            foreach (var state in States)
            {
                await NoteAsync(state, 'P', $"posts/{posts[state]}");
                await NoteAsync(state, 'M', $"media/{media[state]}");
                if (quotes.TryGetValue(state, out var quote) && (await client.GetFromJsonAsync<JsonElement>($"posts/{quote}")).TryGetProperty("quoted", out _))
                {
                    direct.Add((state, 'Q'));
                }
            }

            return (state, place) => place switch
            {
                'T' => thread.Contains(posts[state]),
                'L' => timeline.Contains(posts[state]),
                'G' => tag.Contains(posts[state]),
                'F' => feed.Any(item => IsOf(item, state) && (Reason(item) is "followed" or "replied")),
                'B' => feed.Any(item => IsOf(item, state) && Reason(item) == "boosted"),
                'H' => feed.Any(item => IsOf(item, state) && Reason(item) == "tag"),
                'K' => kept.Contains(posts[state]),
                'S' => quotes.TryGetValue(state, out var quote) && spread.Any(post => IdOf(post) == quote && post.TryGetProperty("quoted", out var quoted) && quoted.TryGetProperty("text", out _)),
                'R' => answers.TryGetValue(state, out var answer) && feed.Any(item => IdOf(item.GetProperty("post")) == answer),
                'N' => notifications.Any(item => item.GetProperty("kind").GetString() == "mention" && IsOf(item, state)),
                _ => direct.Contains((state, place)),
            };

            async Task NoteAsync(string state, char place, string path)
            {
                using var response = await client.GetAsync(path);
                Assert.True(response.IsSuccessStatusCode || response.StatusCode == System.Net.HttpStatusCode.NotFound, $"{path}: {response.StatusCode}");
                if (response.IsSuccessStatusCode)
                {
                    direct.Add((state, place));
                }
            }
        }

        private static string? IdOf(JsonElement post) => post.GetProperty("id").GetString();

        private static string? Reason(JsonElement item) => item.GetProperty("why")[0].GetProperty("reason").GetString();

        private static async Task<HashSet<string>> IdsAsync(HttpClient client, string path) =>
            [.. (await ItemsAsync(client, path)).Select(item => item.GetProperty("id").GetString()!)];

        private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string path)
        {
            using var response = await client.GetAsync($"{path}?limit=100");
            return response.IsSuccessStatusCode
                ? [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray()]
                : [];
        }

        private static async Task<JsonElement> CallAsync(HttpClient client, HttpMethod method, string path, object? body = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {response.StatusCode} {text}");
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }

        private bool IsOf(JsonElement item, string state) =>
            item.TryGetProperty("post", out var post) && post.GetProperty("id").GetString() == posts[state];

        /// <summary>Everyone signs up and has looked at their feed; all but the follower's kind follow the booster and not the author.</summary>
        private async Task GatherAsync()
        {
            foreach (var name in (string[])["author", "stranger", "tagger", "follower", "blocked", "blocker", "muted", "booster", "quoter", "somebody"])
            {
                viewers[name] = (await host.SignUpAsync(name)).Client;
                await ItemsAsync(viewers[name], "feed");
            }

            viewers["moderator"] = (await host.SignUpAsync("mo_derator", "moderator")).Client;
            await ItemsAsync(viewers["moderator"], "feed");
            viewers["anonymous"] = host.Anonymous;
            foreach (var name in (string[])["author", "stranger", "follower", "blocked", "blocker", "muted", "moderator"])
            {
                await CallAsync(viewers[name], HttpMethod.Put, "profiles/booster/follow");
            }

            foreach (var name in (string[])["follower", "blocked", "muted"])
            {
                await CallAsync(viewers[name], HttpMethod.Put, "profiles/author/follow");
                await CallAsync(viewers[name], HttpMethod.Put, "profiles/somebody/follow");
            }

            await CallAsync(viewers["muted"], HttpMethod.Put, "profiles/author/mute");
            await CallAsync(viewers["tagger"], HttpMethod.Put, "tags/matrix/follow");
            foreach (var name in (string[])["author", "stranger", "tagger", "follower", "blocked", "blocker", "muted", "moderator"])
            {
                lists[name] = IdOf(await CallAsync(viewers[name], HttpMethod.Post, "lists", new { name = "Whom I read" }))!;
                await CallAsync(viewers[name], HttpMethod.Put, $"lists/{lists[name]}/members/author");
                await CallAsync(viewers[name], HttpMethod.Put, $"lists/{lists[name]}/members/somebody");
            }

            await host.SettleAsync();
        }

        /// <summary>The author's posts: all answer somebody's post, mention everybody, carry a tag and a picture; then they are boosted, quoted and answered.</summary>
        private async Task PostAsync()
        {
            root = (await CallAsync(viewers["somebody"], HttpMethod.Post, "posts", new { text = "What do you all see?" })).GetProperty("id").GetString()!;
            await host.SettleAsync();
            foreach (var state in States.Where(state => state != "pending"))
            {
                await WriteAsync(state);
            }

            await host.SettleAsync();
            foreach (var state in States.Except(["followers", "pending"]))
            {
                await CallAsync(viewers["booster"], HttpMethod.Put, $"posts/{posts[state]}/boost");
                var quote = await CallAsync(viewers["quoter"], HttpMethod.Post, "posts", new { text = $"Look at {state} #matrixquote", quote = posts[state] });
                quotes[state] = IdOf(quote)!;
                answers[state] = IdOf(await CallAsync(viewers["booster"], HttpMethod.Post, "posts", new { text = $"So {state} it is", replyTo = posts[state] }))!;
            }

            await host.SettleAsync();
        }

        private async Task WriteAsync(string state)
        {
            media[state] = (await UploadAsync()).GetProperty("id").GetString()!;
            var post = await CallAsync(viewers["author"], HttpMethod.Post, "posts", new
            {
                text = $"This one is {state} #matrix @stranger @follower @blocked @muted @mo_derator",
                replyTo = root,
                visibility = state == "followers" ? "followers" : "public",
                media = new[] { new { id = media[state] } },
            });
            posts[state] = post.GetProperty("id").GetString()!;
        }

        private async Task<JsonElement> UploadAsync()
        {
            using var content = new ByteArrayContent(SampleImages.Png);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            using var response = await viewers["author"].PostAsync("media", content);
            return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        }

        /// <summary>What had been seen by all changes: limited, removed, deleted, and a block. One post is never decided on.</summary>
        private async Task DecideAsync()
        {
            await CallAsync(viewers["moderator"], HttpMethod.Post, $"moderation/cases/post.{posts["limited"]}/decision", new { decision = "limit", clause = "other", reason = "A test." });
            await CallAsync(viewers["moderator"], HttpMethod.Post, $"moderation/cases/post.{posts["removed"]}/decision", new { decision = "remove", clause = "other", reason = "A test." });
            await CallAsync(viewers["author"], HttpMethod.Delete, $"posts/{posts["deleted"]}");
            await CallAsync(viewers["author"], HttpMethod.Put, "profiles/blocked/block");
            await CallAsync(viewers["blocker"], HttpMethod.Put, "profiles/author/block");
            await host.SettleAsync();
            await WriteAsync("pending");
        }
    }
}
