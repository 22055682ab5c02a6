using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Push;

/// <summary>What is pushed: as little as a browser needs to show that something is there and to ask for it.</summary>
/// <param name="Id">The notification's id, as <c>GET /notifications</c> says it.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Count">How many did it.</param>
public sealed record PushedNews(string Id, NotificationKind Kind, int Count)
{
    /// <summary>How soon it is worth waking a device (RFC 8030, section 5.3): what somebody says to one sooner than what many do.</summary>
    [JsonIgnore]
    public PushMessageUrgency Urgency => NotificationGroup.Groups(Kind) && Kind != NotificationKind.FollowRequest ? PushMessageUrgency.Low : PushMessageUrgency.Normal;
}

/// <summary>What became of a message to a push service.</summary>
public enum PushOutcome
{
    /// <summary>The service has it.</summary>
    Delivered,

    /// <summary>There is no such subscription any more.</summary>
    Gone,

    /// <summary>The service does not want this message, and will not want it later.</summary>
    Refused,

    /// <summary>The service is out, or throttles.</summary>
    Later,
}

/// <summary>What became of a message, and when the service wants to be asked again.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="RetryAfter">How long it asks to wait.</param>
public readonly record struct PushAnswer(PushOutcome Outcome, TimeSpan? RetryAfter = null);

/// <summary>Sends messages to push services: encrypted for the browser (RFC 8291), signed by this service (RFC 8292).</summary>
public sealed partial class PushSender : IDisposable
{
    /// <summary>Most of an answer that is read, in bytes: only its status counts.</summary>
    private const int MostOfAnswer = 64 * 1024;

    private readonly HttpClient http;
    private readonly VapidKeys keys;
    private readonly PushOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<PushSender> log;

    /// <summary>Makes a sender, one for a process: its connections are shared.</summary>
    public PushSender(PushEndpoints endpoints, VapidKeys keys, IOptions<PushOptions> options, TimeProvider time, ILogger<PushSender> log)
    {
        (this.keys, this.options, this.time, this.log) = (keys, options.Value, time, log);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (context, token) => endpoints.ConnectAsync(context.DnsEndPoint, token),
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),

            // Without it no span of a call is made either: it would hold the endpoint, which is a secret of its owner's, and others are not told of our traces.
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = options.Value.Timeout,
            MaxResponseContentBufferSize = MostOfAnswer,
        };
    }

    /// <summary>Sends a message; whatever becomes of it is an answer.</summary>
    /// <param name="subscription">Whither.</param>
    /// <param name="news">What.</param>
    /// <param name="topic">At most 32 characters of base64url: what waits at the service under the same one is replaced.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PushAnswer> SendAsync(StoredPushSubscription subscription, PushedNews news, string topic, CancellationToken cancellationToken)
    {
        var pair = await keys.GetAsync(cancellationToken);
        using var authentication = new VapidAuthentication(pair.PublicKey, pair.PrivateKey);
        if (options.Subject.Length > 0)
        {
            authentication.Subject = options.Subject;
        }

        var to = new Lib.Net.Http.WebPush.PushSubscription { Endpoint = subscription.Endpoint };
        to.SetKey(PushEncryptionKeyName.P256DH, subscription.P256dh);
        to.SetKey(PushEncryptionKeyName.Auth, subscription.Auth);
        var message = new PushMessage(JsonSerializer.Serialize(news, ApiJson.Options))
        {
            TimeToLive = (int)PushRules.News.TotalSeconds,
            Topic = topic,
            Urgency = news.Urgency,
        };
        var client = new PushServiceClient(http) { AutoRetryAfter = false };
        try
        {
            await client.RequestPushMessageDeliveryAsync(to, message, authentication, VapidAuthenticationScheme.Vapid, cancellationToken);
            return new(PushOutcome.Delivered);
        }
        catch (PushServiceClientException answer)
        {
            var outcome = OutcomeOf(answer.StatusCode);
            Answered(log, HostOf(subscription), (int)answer.StatusCode, outcome);
            return new(outcome, WaitOf(answer.Headers?.RetryAfter));
        }
        catch (HttpRequestException failed) when (failed.InnerException is EndpointNotPublicException)
        {
            NotCalled(log, HostOf(subscription));
            return new(PushOutcome.Refused);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            NotReached(log, failed, HostOf(subscription));
            return new(PushOutcome.Later);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>What a status means (RFC 8030, sections 5 and 7.3). Pure.</summary>
    internal static PushOutcome OutcomeOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => PushOutcome.Delivered,
        404 or 410 => PushOutcome.Gone,
        408 or 425 or 429 or >= 500 => PushOutcome.Later,
        _ => PushOutcome.Refused,
    };

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date - time.GetUtcNow());

    private static string HostOf(StoredPushSubscription subscription) => new Uri(subscription.Endpoint).IdnHost;

    [LoggerMessage(Level = LogLevel.Information, Message = "The push service {Host} answered {Status}: {Outcome}.")]
    private static partial void Answered(ILogger log, string host, int status, PushOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The push service {Host} was not called: it has no address on the public internet any more.")]
    private static partial void NotCalled(ILogger log, string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "The push service {Host} could not be reached.")]
    private static partial void NotReached(ILogger log, Exception exception, string host);
}
