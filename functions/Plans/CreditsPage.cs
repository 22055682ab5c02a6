using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Plans;

/// <summary>How a call's charge stands.</summary>
public enum ChargeStatus
{
    /// <summary>Credits are held for it while it is under way.</summary>
    Reserved,

    /// <summary>It gave what was asked for.</summary>
    Settled,

    /// <summary>It gave nothing, and cost nothing.</summary>
    Released,

    /// <summary>It showed no sign of life, and its credits are free again.</summary>
    Expired,
}

/// <summary>Today's credits of a kind.</summary>
/// <param name="Kind">For what kind of call.</param>
/// <param name="Daily">What the plan has for a day (UTC).</param>
/// <param name="Settled">What calls have cost today.</param>
/// <param name="Reserved">What is held for calls that are under way.</param>
/// <param name="Left">What is left.</param>
public sealed record CreditBalance(CallKind Kind, int Daily, int Settled, int Reserved, int Left)
{
    /// <summary>Adds charges up. Pure.</summary>
    internal static CreditBalance Of(CallKind kind, int daily, IReadOnlyList<Charge> charges, DateTimeOffset now)
    {
        var settled = charges.Where(charge => charge.Kind == kind && charge.State == ChargeState.Settled).Sum(charge => charge.Credits);
        var counting = charges.Where(charge => charge.Kind == kind && charge.Counts(now)).Sum(charge => charge.Credits);
        return new(kind, daily, settled, counting - settled, Math.Max(0, daily - counting));
    }
}

/// <summary>What a call costs.</summary>
/// <param name="Kind">The kind of credits it takes.</param>
/// <param name="Call">Method and path.</param>
/// <param name="Credits">How many.</param>
public sealed record CallPrice(CallKind Kind, string Call, int Credits)
{
    /// <summary>The price list.</summary>
    internal static IReadOnlyList<CallPrice> List(CallPrices prices) => [.. Enum.GetValues<CallKind>().Select(kind => new CallPrice(kind, CallOf(kind), prices[kind]))];

    private static string CallOf(CallKind kind) => kind switch
    {
        CallKind.Image => "POST /api/images",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>A call that cost something, or would have.</summary>
/// <param name="Id">Id of the call: of the image job.</param>
/// <param name="Kind">What kind of call.</param>
/// <param name="Credits">Its price.</param>
/// <param name="Status">Whether it was paid.</param>
/// <param name="CreatedAt">When the call was made.</param>
/// <param name="EndedAt">When it was settled or released; left out before.</param>
public sealed record LedgerEntry(string Id, CallKind Kind, int Credits, ChargeStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Shapes a charge. Pure.</summary>
    internal static LedgerEntry Of(Charge charge, DateTimeOffset now) => new(
        charge.CallId, charge.Kind, charge.Credits, StatusOf(charge, now), Ids.TimeOf(charge.CallId), charge.EndedAt);

    private static ChargeStatus StatusOf(Charge charge, DateTimeOffset now) => charge.State switch
    {
        ChargeState.Settled => ChargeStatus.Settled,
        ChargeState.Released => ChargeStatus.Released,
        ChargeState.Reserved => charge.Counts(now) ? ChargeStatus.Reserved : ChargeStatus.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(charge), charge.State, null),
    };
}

/// <summary>Plan, balance, prices, and a page of the ledger.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="PlanUntil">When it ends and is <c>free</c> again; left out for never.</param>
/// <param name="Balances">Today's credits, for each kind of call.</param>
/// <param name="ResetsAt">When there are new ones: at midnight UTC.</param>
/// <param name="Prices">What each call costs.</param>
/// <param name="Items">Calls that cost something, or would have, newest first.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
[Example("""
    { "plan": "free", "balances": [{ "kind": "image", "daily": 50, "settled": 1, "reserved": 0, "left": 49 }], "resetsAt": "2026-11-23T00:00:00.000Z", "prices": [{ "kind": "image", "call": "POST /api/images", "credits": 1 }], "items": [{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "kind": "image", "credits": 1, "status": "settled", "createdAt": "2026-11-22T10:15:00.000Z", "endedAt": "2026-11-22T10:15:04.000Z" }] }
    """)]
public sealed record CreditsPage(
    Plan Plan,
    DateTimeOffset? PlanUntil,
    IReadOnlyList<CreditBalance> Balances,
    DateTimeOffset ResetsAt,
    IReadOnlyList<CallPrice> Prices,
    IReadOnlyList<LedgerEntry> Items,
    string? Next) : IListed;
