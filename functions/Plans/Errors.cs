using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Plans;

/// <summary>What is left of the day's credits does not pay for the call.</summary>
/// <param name="Of">What kind of call.</param>
/// <param name="Price">What it costs.</param>
/// <param name="Left">What is left.</param>
/// <param name="Daily">What there was.</param>
/// <param name="ResetAt">When the next day begins (UTC).</param>
/// <param name="Now">The present.</param>
public sealed record CreditsUsedUp(CallKind Of, int Price, int Left, int Daily, DateTimeOffset ResetAt, DateTimeOffset Now) : Error(
    ErrorKind.TooManyRequests,
    "credits-used-up",
    $"This costs {Price} of your credits for \"{EnumNames.NameOf(Of)}\", and of today's {Daily} you have {Left} left. There are new ones from {ResetAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => ResetAt - Now;
}

/// <summary>The call costs more than the plan has in a whole day: waiting does not help.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Of">What kind of call.</param>
public sealed record NotInPlan(Plan Plan, CallKind Of) : Error(
    ErrorKind.Forbidden, "not-in-plan", $"Your plan, {EnumNames.NameOf(Plan)}, has no credits for \"{EnumNames.NameOf(Of)}\".");

/// <summary>A moderator would set their own plan.</summary>
public sealed record OwnPlan() : Error(ErrorKind.Forbidden, "own-plan", "Another moderator must set your own plan.");

/// <summary>The event is not signed with the secret that this service knows.</summary>
public sealed record SignatureRefused() : Error(
    ErrorKind.Forbidden, "signature-refused", "Sign webhook-id, webhook-timestamp and the body with HMAC-SHA-256, and send it as webhook-signature: v1,…");

/// <summary>The event was signed long ago, or by a clock that is ahead.</summary>
public sealed record SignatureStale() : Error(
    ErrorKind.Forbidden, "signature-stale", $"The event's webhook-timestamp must be within {WebhookSignature.Tolerance.TotalMinutes:0} minutes of now; sign it anew for each try.");
