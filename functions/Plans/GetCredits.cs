using Microsoft.Extensions.Options;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Plans;

/// <summary>Tells what one's plan gives, what calls cost, and what they have cost.</summary>
public sealed class GetCredits(IDocumentStore documents, Credits credits, Cursors cursors, IOptions<PlanOptions> options, TimeProvider time)
{
    /// <summary>Days that are read at once: most pages are made of fewer.</summary>
    private const int DaysAtOnce = 10;

    /// <summary>Read your plan, what is left of today's credits, what calls cost, and your ledger, newest first.</summary>
    /// <remarks>
    /// Prices stand here before anything is asked for. A call holds its price while it is under way; it is paid when the call gave what was asked for, and
    /// a call that fails or is refused costs nothing. Calls are listed for 90 days unless the service says otherwise; of those that cost nothing, the last 100 of a day.
    /// </remarks>
    [Function(nameof(GetCredits))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<CreditsPage>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/credits")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"credits:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var now = time.GetUtcNow();
        var (plan, balances) = await credits.BalanceAsync(me, cancellationToken);
        var (items, next) = await LedgerAsync(me, page, now, cancellationToken);
        var present = plan?.At(now) ?? Plan.Free;
        return TypedResults.Ok(new CreditsPage(
            present, present == Plan.Free ? null : plan?.Until, balances, UtcDay.EndOf(now), CallPrice.List(options.Value.Prices), items, cursors.Make(list, next)));
    }

    /// <summary>A page of the ledger: days are read until it is full and one more entry is known, or there are none left.</summary>
    private async Task<(IReadOnlyList<LedgerEntry> Items, string? Next)> LedgerAsync(string ownerId, PageRequest page, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = new DocumentQuery(ownerId, DaysAtOnce) { Descending = true }.WithPrefix(CreditDayDocument.Prefix);
        if (page.After is { } last)
        {
            // The day of the last entry has more of them, perhaps.
            days = days.After(CreditDayDocument.IdOf(Ids.TimeOf(last)) + '\u0001');
        }

        var found = new List<LedgerEntry>();
        await foreach (var day in documents.QueryAllAsync<CreditDayDocument>(days, cancellationToken))
        {
            found.AddRange(day.Charges.Reverse().Where(charge => page.After is null || string.CompareOrdinal(charge.CallId, page.After) < 0).Select(charge => LedgerEntry.Of(charge, now)));
            if (found.Count > page.Limit)
            {
                break;
            }
        }

        var items = found.Take(page.Limit).ToList();
        var count = page.Budget.TakeOf(items);
        return (items[..count], count < found.Count ? items[count - 1].Id : null);
    }
}
