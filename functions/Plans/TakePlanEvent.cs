using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Plans;

/// <summary>An event of whoever is paid: somebody has another plan.</summary>
/// <param name="ProfileId">Whose: the id of <c>GET /me</c>, which the client gave to whoever is paid.</param>
/// <param name="Plan"><c>free</c> or <c>plus</c>.</param>
/// <param name="Until">When <c>plus</c> ends by itself; left out for never. One that lies behind has ended.</param>
/// <param name="OccurredAt">When it was decided there. Of events that come in another order the newest holds.</param>
[Example("""{ "profileId": "019a5c2e0000700080000000000000ab", "plan": "plus", "until": "2026-12-22T00:00:00.000Z", "occurredAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record PlanEvent(
    [property: Required] string? ProfileId = null,
    [property: Required] Plan? Plan = null,
    DateTimeOffset? Until = null,
    [property: Required] DateTimeOffset? OccurredAt = null)
{
    /// <summary>What is wrong with it; null for nothing.</summary>
    internal Error? Problem(DateTimeOffset now) => new Validation()
        .Require(ProfileId is not null, "profileId", "Say whose plan it is.")
        .Require(Plan is not null, "plan", "One of free, plus.")
        .Require(Until is null || Plan == Plans.Plan.Plus, "until", "Only plus has an end.")
        .Require(OccurredAt is not null && OccurredAt <= now + WebhookSignature.Tolerance, "occurredAt", "A moment that does not lie ahead.")
        .Error;
}

/// <summary>Takes events that tell of plans: signed, so that any payment provider fits behind whoever translates its own.</summary>
public sealed partial class TakePlanEvent(PlanKeeper plans, IOptions<PlanOptions> options, TimeProvider time, ILogger<TakePlanEvent> log)
{
    private const int MostBytes = 16 * 1024;

    /// <summary>Tell of somebody's plan, signed.</summary>
    /// <remarks>
    /// Signed as Standard Webhooks has it: HMAC-SHA-256 with the secret over <c>{webhook-id}.{webhook-timestamp}.{body}</c>. An event that is sent again under its
    /// id changes nothing more, and one that is older than what was decided since changes nothing. Where no secret is set there is no such call (404).
    /// </remarks>
    [Function(nameof(TakePlanEvent))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [RequestBody(typeof(PlanEvent))]
    [RequestHeader(WebhookSignature.IdHeader, "Id of the event: the same however often it is sent.", MaxLength = WebhookSignature.LongestId)]
    [RequestHeader(WebhookSignature.TimestampHeader, "Moment of this try in Unix seconds, at most five minutes from now.")]
    [RequestHeader(WebhookSignature.SignatureHeader, "v1, and the signature in base64; several are separated by spaces.", MaxLength = 1_000)]
    [Answers(ErrorKind.Forbidden, ErrorKind.NotFound)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "plans/events")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (WebhookSignature.KeyOf(options.Value.WebhookSecret) is not { } key)
        {
            if (PlansSlice.IsUnread(options.Value))
            {
                Unread(log);
            }

            return new Missing("operation");
        }

        var (body, unread) = await http.ReadBytesAsync(MostBytes, HttpOptions.Of(http).JsonDeadline, null, cancellationToken);
        using var read = body;
        if (read is null)
        {
            return unread!;
        }

        var now = time.GetUtcNow();
        if (WebhookSignature.Problem(http.Headers, read.Bytes.Span, key, now) is { } refused)
        {
            return refused;
        }

        var (told, malformed) = http.ParseJson<PlanEvent>(read.Bytes);
        if ((malformed ?? told.Problem(now)) is { } invalid)
        {
            return invalid;
        }

        if (!await plans.HasProfileAsync(told.ProfileId!, cancellationToken))
        {
            return new Missing("profile");
        }

        // A clock that is ahead must not outlast what is decided here in the next minutes.
        var asOf = told.OccurredAt!.Value < now ? told.OccurredAt.Value : now;
        await plans.SetAsync(new(told.ProfileId!, told.Plan!.Value, told.Until, asOf, http.Headers[WebhookSignature.IdHeader].ToString()), cancellationToken);
        return TypedResults.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An event of plans was not taken: the platform could not read Plans:WebhookSecret from Key Vault.")]
    private static partial void Unread(ILogger log);
}
