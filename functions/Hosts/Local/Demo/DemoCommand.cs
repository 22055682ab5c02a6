using System.Net;
using System.Text.Json;

namespace ServerlessSocial.Hosts.Local.Demo;

/// <summary>Peoples a fresh network through the running host's API, and so through its functions and queues.</summary>
internal sealed class DemoCommand : IDisposable
{
    /// <summary>How long ago people signed up, and wrote first.</summary>
    private static readonly TimeSpan SignedUp = TimeSpan.FromDays(9);
    private static readonly TimeSpan Wrote = TimeSpan.FromDays(6);

    private readonly string url;
    private readonly DemoClock? clock;
    private readonly DemoClient client;
    private readonly DemoNetwork network = DemoNetwork.Load();
    private readonly Dictionary<string, string> tokens = [];
    private readonly Dictionary<string, string> posts = [];
    private readonly List<string> published = [];

    /// <summary>Uses the host at an address.</summary>
    /// <param name="url">Address without the <c>/api</c> prefix.</param>
    /// <param name="clock">The host's clock, to people a fresh network; null to go on with one.</param>
    public DemoCommand(string url, DemoClock? clock)
    {
        this.url = url;
        this.clock = clock;
        client = new DemoClient(new Uri($"{url}/api/"));
    }

    /// <summary>A clock for a host that makes the demonstration.</summary>
    public static DemoClock NewClock() => new(DateTimeOffset.UtcNow - SignedUp);

    /// <summary>Whether a data directory holds no network yet.</summary>
    public static bool IsFresh(string dataDirectory) => !File.Exists(Path.Combine(dataDirectory, "serverless-social.db"));

    /// <summary>Whether peopling it was begun and not finished.</summary>
    public static bool IsHalfMade(string dataDirectory) => File.Exists(MarkIn(dataDirectory));

    /// <summary>Peoples a fresh network, or goes on with one that is peopled, and says how to look at it.</summary>
    /// <param name="dataDirectory">The host's data directory.</param>
    /// <param name="cancellationToken">Stops half-way.</param>
    /// <returns>Whether the demonstration is there; not if the host serves another network.</returns>
    public async Task<bool> RunAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        if (clock is not null)
        {
            await File.WriteAllTextAsync(MarkIn(dataDirectory), "The demonstration is being made.", cancellationToken);
            await PeopleAsync(clock, cancellationToken);
            File.Delete(MarkIn(dataDirectory));
        }
        else if (await IsPeopledAsync(cancellationToken))
        {
            Console.WriteLine("The demonstration is there already; it goes on.");
        }
        else
        {
            return false;
        }

        Console.WriteLine(await new DemoGuide(url, client, tokens).TextAsync(network, cancellationToken));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static string MarkIn(string dataDirectory) => Path.Combine(dataDirectory, "demo-begun");

    /// <summary>Signs everybody up, lets them follow, draw, write over some days, object and react.</summary>
    private async Task PeopleAsync(DemoClock time, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        await ForEachAsync("people", network.People, person => SignUpAsync(person, cancellationToken));
        await ForEachAsync("follows", [.. network.Follows()], pair => CallAsync(HttpMethod.Put, pair.Follower, $"profiles/{pair.Followed.Handle}/follow", cancellationToken));
        await ForEachAsync("pictures", [.. network.People.Where(person => person.Avatar is not null)], person => DrawAvatarAsync(person, cancellationToken));
        await ForEachAsync("posts", [.. network.Timeline(now - Wrote, now - TimeSpan.FromMinutes(10))], async step =>
        {
            // Nothing that was begun may look as if it had waited for hours.
            await client.SettleAsync(cancellationToken);
            time.GoTo(step.At);
            await PublishAsync(step.Post, cancellationToken);
        });
        await client.SettleAsync(cancellationToken);
        time.GoTo(DateTimeOffset.UtcNow);
        await ForEachAsync("objections", [.. network.Posts.Where(post => post.Appeal is not null)], post => AppealAsync(post, cancellationToken));
        await ForEachAsync("reactions", [.. Reactions()], reaction => CallAsync(HttpMethod.Put, reaction.Who, reaction.Path, cancellationToken));
        await ForEachAsync("votes", [.. Votes()], vote => client.SendAsync(HttpMethod.Put, $"posts/{posts[vote.Post.Id!]}/vote", tokens[vote.Who.Handle], new { choices = new[] { vote.Choice } }, cancellationToken));
        await client.SettleAsync(cancellationToken);
        await IsPeopledAsync(cancellationToken);
    }

    private async Task DrawAvatarAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        var avatar = await client.DrawAsync(tokens[person.Handle], person.Avatar!, style: null, cancellationToken);
        await client.ChangeMeAsync(tokens[person.Handle], new { avatar = new { mediaId = avatar } }, cancellationToken);
    }

    private Task<JsonElement> AppealAsync(DemoPost post, CancellationToken cancellationToken) =>
        client.SendAsync(HttpMethod.Post, $"posts/{posts[post.Id!]}/moderation/appeal", tokens[post.By], new { text = post.Appeal }, cancellationToken);

    /// <summary>Whether everybody of the demonstration has a profile; gets them fresh tokens.</summary>
    private async Task<bool> IsPeopledAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var person in network.People)
            {
                await client.SendAsync(HttpMethod.Get, $"profiles/{person.Handle}", null, null, cancellationToken);
                tokens[person.Handle] = await client.TokenAsync(person.Handle, person.Role, cancellationToken);
            }
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        return true;
    }

    private static async Task ForEachAsync<T>(string what, IReadOnlyList<T> items, Func<T, Task> action)
    {
        for (var i = 0; i < items.Count; i++)
        {
            await action(items[i]);
            Show(what, i + 1, items.Count);
        }
    }

    private static void Show(string what, int done, int all)
    {
        const int width = 30;
        var bar = new string('#', width * done / all).PadRight(width, '.');
        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r  {what,-10} [{bar}] {done}/{all}");
        }

        if (done == all)
        {
            Console.WriteLine(Console.IsOutputRedirected ? $"  {what,-10} [{bar}] {done}/{all}" : string.Empty);
        }
    }

    private async Task SignUpAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        tokens[person.Handle] = await client.TokenAsync(person.Handle, person.Role, cancellationToken);
        await client.SendAsync(
            HttpMethod.Post,
            "profiles",
            tokens[person.Handle],
            new { handle = person.Handle, displayName = person.Name, bio = person.Bio, interests = person.Interests, discoverable = true, indexable = true },
            cancellationToken);

        // Whoever has looked at their feed once gets posts delivered.
        await client.SendAsync(HttpMethod.Get, "feed", tokens[person.Handle], null, cancellationToken);
    }

    private async Task PublishAsync(DemoPost post, CancellationToken cancellationToken)
    {
        var token = tokens[post.By];
        var body = new Dictionary<string, object> { ["text"] = post.Text };
        if (post.Image is not null)
        {
            body["media"] = new[] { new { id = await client.DrawAsync(token, post.Image, post.Style, cancellationToken) } };
        }

        if (post.Poll is not null)
        {
            body["poll"] = new { options = post.Poll, minutes = 3 * 24 * 60 };
        }

        Add("replyTo", post.ReplyTo is null ? null : posts[post.ReplyTo]);
        Add("quote", post.Quote is null ? null : posts[post.Quote]);
        Add("visibility", post.Visibility);
        Add("contentWarning", post.Cw);
        var answer = await client.SendAsync(HttpMethod.Post, "posts", token, body, cancellationToken);
        var id = answer.GetProperty("id").GetString()!;
        if (post is { Visibility: null, Expect: null })
        {
            published.Add(id);
        }

        if (post.Id is not null)
        {
            posts[post.Id] = id;
        }

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }
    }

    private IEnumerable<(DemoPerson Who, string Path)> Reactions()
    {
        var random = new Random(42);
        foreach (var post in published)
        {
            foreach (var person in network.People)
            {
                var chance = random.NextDouble();
                if (chance < 0.22)
                {
                    yield return (person, $"posts/{post}/like");
                }

                if (chance < 0.03)
                {
                    yield return (person, $"posts/{post}/boost");
                }

                if (chance > 0.98)
                {
                    yield return (person, $"posts/{post}/bookmark");
                }
            }
        }
    }

    private IEnumerable<(DemoPerson Who, DemoPost Post, int Choice)> Votes()
    {
        var random = new Random(11);
        return from post in network.Posts
               where post.Poll is not null
               from person in network.People
               where person.Handle != post.By && random.NextDouble() < 0.7
               select (person, post, random.Next(post.Poll!.Count));
    }

    private Task<JsonElement> CallAsync(HttpMethod method, DemoPerson person, string path, CancellationToken cancellationToken) =>
        client.SendAsync(method, path, tokens[person.Handle], null, cancellationToken);
}
