using Microsoft.Extensions.Options;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Plans;

/// <summary>Credits that are held for a call.</summary>
/// <param name="Kind">What kind of call.</param>
/// <param name="Credits">What it costs.</param>
/// <param name="Left">What is left of the day's, with it taken off.</param>
/// <param name="ResetsAt">When there are new ones.</param>
public sealed record Reservation(CallKind Kind, int Credits, int Left, DateTimeOffset ResetsAt);

/// <summary>
/// Takes credits for calls: <see cref="ReserveAsync"/> before the work, then <see cref="SettleAsync"/> or <see cref="ReleaseAsync"/>. Each may be repeated,
/// after a crash at any line, with the id of the call: it is one charge. What neither settles nor releases is free again after <see cref="PlanOptions.Hold"/>.
/// </summary>
public sealed class Credits(IDocumentStore documents, CreditTurns turns, IOptions<PlanOptions> options, TimeProvider time)
{
    /// <summary>Holds credits for a call, or looks that they are still held; work that is tried again asks again.</summary>
    /// <param name="ownerId">Profile that calls.</param>
    /// <param name="callId">Time-ordered id of the call: of the job, or of the request. A charge is of the day of this id.</param>
    /// <param name="kind">What kind of call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is held; <see cref="CreditsUsedUp"/> or <see cref="NotInPlan"/> when there is not enough.</returns>
    public ValueTask<Outcome<Reservation>> ReserveAsync(string ownerId, string callId, CallKind kind, CancellationToken cancellationToken) =>
        turns.InTurnAsync(ownerId, () => HoldAsync(ownerId, callId, kind, cancellationToken), cancellationToken);

    /// <summary>The call gave what was asked for: what is held for it is spent.</summary>
    public ValueTask SettleAsync(string ownerId, string callId, CancellationToken cancellationToken) =>
        EndAsync(ownerId, callId, day => day.Settle(callId, time.GetUtcNow()), cancellationToken);

    /// <summary>The call gave nothing, now or at last: it costs nothing.</summary>
    public ValueTask ReleaseAsync(string ownerId, string callId, CancellationToken cancellationToken) =>
        EndAsync(ownerId, callId, day => day.Release(callId, time.GetUtcNow()), cancellationToken);

    /// <summary>The plan and what is left of its credits today.</summary>
    public async ValueTask<(PlanDocument? Plan, IReadOnlyList<CreditBalance> Balances)> BalanceAsync(string ownerId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = CreditDayDocument.IdOf(now);
        var found = await documents.ReadManyAsync(
            [DocumentKey.Of<PlanDocument>(ownerId, PlanDocument.PlanId), DocumentKey.Of<CreditDayDocument>(ownerId, today)], cancellationToken);
        var plan = found.Get<PlanDocument>(ownerId, PlanDocument.PlanId);
        var daily = options.Value[plan?.At(now) ?? Plan.Free];
        var charges = found.Get<CreditDayDocument>(ownerId, today)?.Charges ?? [];
        return (plan, [.. Enum.GetValues<CallKind>().Select(kind => CreditBalance.Of(kind, daily[kind], charges, now))]);
    }

    private async ValueTask<Outcome<Reservation>> HoldAsync(string ownerId, string callId, CallKind kind, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = CreditDayDocument.IdOf(Ids.TimeOf(callId));
        var plan = (await documents.FindAsync<PlanDocument>(ownerId, PlanDocument.PlanId, cancellationToken))?.At(now) ?? Plan.Free;
        var (daily, price) = (options.Value[plan][kind], options.Value.Prices[kind]);
        var wanted = new Charge(callId, kind, price, ChargeState.Reserved, now + options.Value.Hold, null);
        var day = await documents.SetAsync<CreditDayDocument>(ownerId, id, Hold, cancellationToken);

        var left = Math.Max(0, daily - (day?.Taken(kind, now) ?? 0));
        return day?.Find(callId)?.Counts(now) == true ? new Reservation(kind, price, left, UtcDay.EndOf(now))
            : price > daily ? new NotInPlan(plan, kind)
            : new CreditsUsedUp(kind, price, left, daily, UtcDay.EndOf(now), now);

        // Who is refused leaves no document behind.
        CreditDayDocument? Hold(CreditDayDocument? found) =>
            (found ?? CreditDayDocument.Of(ownerId, id, options.Value.LedgerDays)).Reserve(wanted, daily, now) is { Charges.Count: > 0 } held ? held : null;
    }

    private async ValueTask EndAsync(string ownerId, string callId, Func<CreditDayDocument, CreditDayDocument> end, CancellationToken cancellationToken) =>
        await turns.InTurnAsync(
            ownerId, () => documents.UpdateAsync<CreditDayDocument>(ownerId, CreditDayDocument.IdOf(Ids.TimeOf(callId)), end, cancellationToken), cancellationToken);
}
