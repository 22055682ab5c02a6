using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Live;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Live;

/// <summary>Tells a client that stays connected of what is new.</summary>
public sealed class GetStream(ILiveChannel channel, IDocumentStore documents, NotificationReader reader, IOptions<LiveOptions> options, TimeProvider time)
{
    /// <summary>Newest notifications that are looked at when there is something new: who has more finds them in the list.</summary>
    private const int LookedAt = 20;

    private const int LongestId = 255;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Stay connected and be told of what is new.</summary>
    /// <remarks>
    /// Server-sent events: <c>notification</c>, whose data holds one as <c>GET /notifications</c> would and whose id is its own; <c>feed</c>, when a post was delivered to your home feed, which begins once you have called <c>GET /feed</c>: ask <c>GET /feed?since=</c>, and now and
    /// then without one, since posts of very popular people are not delivered; <c>ping</c>, a sign of life. Connect again when it ends, every half hour at the latest, with <c>Last-Event-ID</c> to be told of what
    /// came between. At most five connections; another one ends the oldest. Where connections are held elsewhere the answer is a WebSocket address, on which come <c>notification</c> and <c>feed</c> as text; where
    /// there are none, 503.
    /// </remarks>
    [Function(nameof(GetStream))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [RequestHeader("Last-Event-ID", "Id of the last event that came.")]
    [EventStream(typeof(LiveMessage))]
    [Answers(ErrorKind.Unavailable)]
    public async Task<Results<ServerSentEventsResult<LiveMessage>, Ok<LiveAddress>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "stream")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (channel.Listen(me) is { } ear)
        {
            return TypedResults.ServerSentEvents(EventsAsync(http, ear, cancellationToken));
        }

        return await channel.AddressOfAsync(me, cancellationToken) is { } elsewhere ? TypedResults.Ok(elsewhere) : new NoLiveConnections();
    }

    /// <summary>The events until the client goes, its time is up or the host stops. An event is made when the one before has been written: nothing piles up for a client that reads slowly.</summary>
    private async IAsyncEnumerable<SseItem<LiveMessage>> EventsAsync(HttpRequest http, ILiveEar ear, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listening = ear;
        if (HttpMethods.IsHead(http.Method))
        {
            yield break;
        }

        var me = http.Me();
        var end = time.GetUtcNow() + options.Value.Longest;
        var seen = http.Headers["Last-Event-ID"].ToString() is { Length: > 0 and <= LongestId } last ? last : await NewestAsync(me, cancellationToken);

        // What came since the last connection ended, and at once a sign that this one stands.
        var topics = LiveTopics.Notifications;
        yield return new(new(), "ping");
        while (time.GetUtcNow() < end)
        {
            if (topics.HasFlag(LiveTopics.Notifications))
            {
                // What stays hidden is looked at once, too.
                var (shown, upTo) = await NewAsync(me, seen, Viewer.Of(http), cancellationToken);
                seen = upTo;
                foreach (var notification in shown)
                {
                    yield return new(new(notification), "notification") { EventId = notification.Id };
                }
            }

            if (topics.HasFlag(LiveTopics.Feed))
            {
                yield return new(new(), "feed");
            }

            // What no clock can wait for is no time.
            var left = end - time.GetUtcNow();
            if (left < Shortest || await ear.NextAsync(left > options.Value.Heartbeat ? options.Value.Heartbeat : left, cancellationToken) is not { } next)
            {
                yield break;
            }

            // Whoever is suspended or leaving cannot read what comes either. Asked with every sign of life, too.
            if (!await MayReadAsync(me, cancellationToken))
            {
                yield break;
            }

            topics = next;
            if (topics == LiveTopics.None)
            {
                yield return new(new(), "ping");
            }
        }
    }

    private async ValueTask<bool> MayReadAsync(string me, CancellationToken cancellationToken) =>
        (await documents.ReadManyAsync([DocumentKey.Of<ProfileDocument>(me, me), StandingDocument.KeyOf(me)], cancellationToken)).MayRead(me, time.GetUtcNow());

    private async ValueTask<string> NewestAsync(string me, CancellationToken cancellationToken) =>
        (await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(me, 1), cancellationToken)).Items is [var newest] ? newest.LatestId! : Ids.First;

    /// <summary>What is newer than an event, as far as its owner gets to see it, the oldest first.</summary>
    private async ValueTask<(IReadOnlyList<Notification> Shown, string UpTo)> NewAsync(string me, string seen, Viewer viewer, CancellationToken cancellationToken)
    {
        var found = await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(me, LookedAt) with { From = seen + '\u0001' }, cancellationToken);
        if (found.Items.Count == 0)
        {
            return ([], seen);
        }

        var context = await reader.LoadAsync(found.Items, viewer, cancellationToken);
        var news = found.Items.Where(told => context.NewestShown(told) is { } newest && string.CompareOrdinal(newest, seen) > 0);
        return ([.. news.Reverse().Select(told => context.Present(told, marker: null))], found.Items[0].LatestId!);
    }
}
