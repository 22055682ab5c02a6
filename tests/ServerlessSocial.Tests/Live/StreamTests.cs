using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Live;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Live;

/// <summary>Server-sent events of the local host.</summary>
public sealed class StreamTests
{
    private static readonly string[] Long = ["Live:Longest=00:05:00"];

    [Fact]
    public async Task Who_is_connected_is_told_of_notifications_and_of_the_feed()
    {
        await using var host = await TestHost.StartAsync(Long);
        var (anna, ben, muted) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("muted"));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/follow");
        await host.DoAsync(anna, HttpMethod.Put, "profiles/muted/mute");
        using var opened = await anna.Client.GetAsync("feed");
        await using var stream = await Stream.OpenAsync(anna, "de");
        Assert.Equal("ping", (await stream.NextAsync()).EventType);

        await host.PostAsync(muted, "Hello @anna");
        await host.PostAsync(ben, "Good morning @anna!");
        var events = new[] { await stream.NextAsync(), await stream.NextAsync() };
        var told = Assert.Single(events, one => one.EventType == "notification");
        Assert.Single(events, one => one.EventType == "feed");
        var notification = told.Data.GetProperty("notification");
        Assert.Equal("ben of the tests hat dich erwähnt.", notification.Text("text"));
        Assert.Equal((await anna.ItemsAsync("notifications"))[0].Id(), told.EventId);

        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        Assert.Equal("follow", (await stream.NotificationAsync()).Data.GetProperty("notification").Text("kind"));
    }

    [Fact]
    public async Task Who_is_suspended_or_leaves_is_told_nothing_more()
    {
        await using var host = await TestHost.StartAsync([.. Long, AccountCalls.AtOnce]);
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        await using var annas = await Stream.OpenAsync(anna);
        await using var bens = await Stream.OpenAsync(ben);
        Assert.Equal("ping", (await annas.NextAsync()).EventType);
        Assert.Equal("ping", (await bens.NextAsync()).EventType);
        await mona.SendAsync("moderation/accounts/anna/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        await ben.LeaveAsync();

        await host.PostAsync(cleo, "Hello @anna");
        await host.PostAsync(cleo, "Hello @ben");

        Assert.Empty(await annas.RestAsync());
        Assert.DoesNotContain(await bens.RestAsync(), one => one.EventType == "notification");
    }

    [Fact]
    public async Task Who_connects_again_is_told_what_came_between_and_others_only_what_comes()
    {
        await using var host = await TestHost.StartAsync(Long);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.PostAsync(ben, "One for @anna");
        await host.PostAsync(ben, "Two for @anna");
        await host.PostAsync(ben, "Three for @anna");
        var first = (await anna.ItemsAsync("notifications"))[^1].Id();

        await using var again = await Stream.OpenAsync(anna, lastId: first);
        await using var anew = await Stream.OpenAsync(anna);
        Assert.Equal("ping", (await again.NextAsync()).EventType);
        Assert.Equal("Two for @anna", TextOf(await again.NextAsync()));
        Assert.Equal("Three for @anna", TextOf(await again.NextAsync()));
        Assert.Equal("ping", (await anew.NextAsync()).EventType);
        await host.PostAsync(ben, "Four for @anna");
        Assert.Equal("Four for @anna", TextOf(await anew.NextAsync()));
        Assert.Equal("Four for @anna", TextOf(await again.NextAsync()));
    }

    [Fact]
    public async Task A_quiet_connection_shows_that_it_lives_and_ends_when_its_time_is_up()
    {
        await using var host = await TestHost.StartAsync(["Live:Longest=00:00:00.7", "Live:Heartbeat=00:00:00.2"]);
        var anna = await host.SignUpAsync("anna");
        await using var stream = await Stream.OpenAsync(anna);
        var events = await stream.RestAsync();

        Assert.InRange(events.Count, 2, 6);
        Assert.All(events, one => Assert.Equal("ping", one.EventType));
        Assert.Equal(0, ChannelOf(host).Count);
    }

    [Fact]
    public async Task Of_six_connections_the_oldest_ends_and_those_that_go_leave_nothing()
    {
        await using var host = await TestHost.StartAsync(Long);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var streams = new List<Stream>();
        for (var i = 0; i < LocalLiveChannel.MostEars + 1; i++)
        {
            streams.Add(await Stream.OpenAsync(anna));
            await streams[i].NextAsync();
        }

        Assert.Empty(await streams[0].RestAsync());
        Assert.Equal(1, ChannelOf(host).Count);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        await Eventually.HoldsAsync(() => ChannelOf(host).Count == 0);
        await host.PostAsync(ben, "Hello @anna");
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_connections_go_at_once()
    {
        var host = await TestHost.StartAsync(Long);
        var anna = await host.SignUpAsync("anna");
        await using var stream = await Stream.OpenAsync(anna);
        await stream.NextAsync();
        var started = TimeProvider.System.GetTimestamp();
        await host.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Nobody_listens_without_a_token_and_a_look_at_the_head_ends()
    {
        await using var host = await TestHost.StartAsync(Long);
        var anna = await host.SignUpAsync("anna");
        using var nobody = await host.Anonymous.GetAsync("stream", HttpCompletionOption.ResponseHeadersRead);
        using var head = await anna.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "stream"));

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));
        await Eventually.HoldsAsync(() => ChannelOf(host).Count == 0);
    }

    [Fact]
    public async Task Where_there_are_no_connections_the_answer_says_what_to_do_instead()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.AddSingleton<ILiveChannel>(new NoLiveChannel()));
        var anna = await host.SignUpAsync("anna");
        using var response = await anna.Client.GetAsync("stream");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("notifications/unread", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task However_much_comes_is_one_word_to_who_is_slow()
    {
        await using var host = await TestHost.StartAsync();
        var channel = ChannelOf(host);
        using var ear = channel.Listen("anna");
        for (var i = 0; i < 1_000; i++)
        {
            await channel.TellAsync(["anna", "ben"], LiveTopics.Feed, CancellationToken.None);
        }

        await channel.TellAsync(["anna"], LiveTopics.Notifications, CancellationToken.None);
        Assert.Equal(LiveTopics.Feed | LiveTopics.Notifications, await ear.NextAsync(TimeSpan.FromSeconds(5), CancellationToken.None));
        Assert.Equal(LiveTopics.None, await ear.NextAsync(TimeSpan.FromMilliseconds(20), CancellationToken.None));
        ear.Dispose();
        Assert.Null(await ear.NextAsync(TimeSpan.FromSeconds(5), CancellationToken.None));
        Assert.Equal(0, channel.Count);
    }

    private static LocalLiveChannel ChannelOf(TestHost host) => (LocalLiveChannel)host.Services.GetRequiredService<ILiveChannel>();

    private static string? TextOf(SseItem<JsonElement> told) => told.Data.GetProperty("notification").GetProperty("post").Text("text");

    /// <summary>A client that stays connected.</summary>
    private sealed class Stream(HttpResponseMessage response, IAsyncEnumerator<SseItem<JsonElement>> events) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public static async Task<Stream> OpenAsync(TestUser user, string? language = null, string? lastId = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "stream");
            request.Headers.Add("Accept-Language", language ?? "en");
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            var response = await user.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(), (_, data) => JsonSerializer.Deserialize<JsonElement>(data));
            return new(response, parser.EnumerateAsync().GetAsyncEnumerator());
        }

        public async Task<SseItem<JsonElement>> NextAsync()
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
            return events.Current;
        }

        /// <summary>The next notification: that there is something in the feed may be said again.</summary>
        public async Task<SseItem<JsonElement>> NotificationAsync()
        {
            while (true)
            {
                var next = await NextAsync();
                if (next.EventType == "notification")
                {
                    return next;
                }
            }
        }

        public async Task<IReadOnlyList<SseItem<JsonElement>>> RestAsync()
        {
            var rest = new List<SseItem<JsonElement>>();
            while (await events.MoveNextAsync().AsTask().WaitAsync(Patience))
            {
                rest.Add(events.Current);
            }

            return rest;
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
