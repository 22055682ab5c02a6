using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// Lets callers do what their buckets hold, over all instances together. An instance counts in memory and on credit, and settles with the others
/// through the caller's document whenever it has let a quarter of what was left pass: mostly never for somebody who looks around, and once in
/// fifteen posts for somebody who does nothing but post. What instances let pass too much is at most that quarter for each instance that serves the
/// caller at the same moment, and it is a debt: the bucket fills from below zero, so that over a longer time the limit holds exactly.
/// <para>
/// A caller who is refused costs no look into the store. While the store is slow or away, requests go on and each instance counts by itself:
/// nobody is refused for that, and nobody gets more than a whole bucket from each instance.
/// </para>
/// </summary>
public sealed partial class RateLimiter(
    IDocumentStore documents, ServiceKey key, LateRefusals late, IOptions<LimitOptions> options, TimeProvider time, ILogger<RateLimiter> log) : IDisposable
{
    /// <summary>How long a request waits for its settling; that goes on behind it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the store is left alone after it failed.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>A caller who was away for so long is forgotten; what was not settled of theirs is less than a quarter of a bucket.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly MemoryCache tabs = new(new MemoryCacheOptions { SizeLimit = options.Value.Callers });
    private readonly Lock opening = new();
    private readonly IReadOnlyList<Rate> established = options.Value.Rates(isNew: false);
    private readonly IReadOnlyList<Rate> newcomers = options.Value.Rates(isNew: true);

    /// <summary>Takes units from a bucket of the caller's, and says on the answer how it stands.</summary>
    /// <param name="http">The request.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="units">Units, above 0; more than a full bucket takes all of a full one.</param>
    /// <returns>Null, or the error to answer with: nothing was taken then.</returns>
    public async ValueTask<RateLimited?> ChargeAsync(HttpRequest http, Bucket bucket, double units = 1)
    {
        var (caller, tab, rates, from) = Open(http, bucket);
        var (state, settle) = tab.Take(from, units, units, rates, time.GetUtcNow());
        RateLimitFields.Add(http.HttpContext.Response, from, rates[(int)from], state);
        if (settle)
        {
            try
            {
                await SettleAsync(caller, tab, rates).WaitAsync(Patience, time);
            }
            catch (TimeoutException)
            {
                // It goes on, and the tab learns of it then.
            }
        }

        return state.Granted ? null : await RefuseAsync(http, caller, new(from, rates[(int)from], state.Wait));
    }

    /// <summary>Looks whether a bucket of the caller's holds so many units, and takes none.</summary>
    /// <returns>Null, or the error to answer with.</returns>
    public async ValueTask<RateLimited?> RefusalAsync(HttpRequest http, Bucket bucket, double units)
    {
        var (caller, tab, rates, from) = Open(http, bucket);
        var (state, _) = tab.Take(from, 0, units, rates, time.GetUtcNow());
        if (state.Granted)
        {
            return null;
        }

        RateLimitFields.Add(http.HttpContext.Response, from, rates[(int)from], state);
        return await RefuseAsync(http, caller, new(from, rates[(int)from], state.Wait));
    }

    /// <inheritdoc/>
    public void Dispose() => tabs.Dispose();

    private async ValueTask<RateLimited> RefuseAsync(HttpRequest http, object caller, RateLimited refusal)
    {
        await late.WaitAsync(caller, http.HttpContext.RequestAborted);
        return refusal;
    }

    /// <summary>Who pays, the caller's account or the address, and from which bucket.</summary>
    private (object Caller, Tab Tab, IReadOnlyList<Rate> Rates, Bucket From) Open(HttpRequest http, Bucket bucket)
    {
        if (http.Caller() is { } caller && bucket != Bucket.SignUps)
        {
            return (caller.AccountId, TabOf(caller.AccountId), IsNew(caller) ? newcomers : established, bucket);
        }

        var address = ClientAddress.Of(http.HttpContext, options.Value.Proxies);
        return (address, TabOf(address), established, bucket == Bucket.Reads ? Bucket.AnonymousReads : bucket);
    }

    /// <summary>A profile's id tells when it was made.</summary>
    private bool IsNew(Caller caller) =>
        caller.ProfileId is null || Ids.TimeOf(caller.ProfileId) > time.GetUtcNow() - TimeSpan.FromHours(options.Value.NewHours);

    private Tab TabOf(object caller)
    {
        if (tabs.TryGetValue(caller, out Tab? tab))
        {
            return tab!;
        }

        lock (opening)
        {
            return tabs.GetOrCreate(caller, entry =>
            {
                entry.Size = 1;
                entry.SlidingExpiration = Memory;
                return new Tab(time.GetUtcNow());
            })!;
        }
    }

    private async Task SettleAsync(object caller, Tab tab, IReadOnlyList<Rate> rates)
    {
        var id = IdOf(caller);
        var (known, units) = tab.ToSettle();
        try
        {
            // Mostly nobody else has written it since, and it need not be read.
            var stored = known is null ? null : await documents.UpdateReadAsync(known, found => After(found), CancellationToken.None);
            stored ??= await documents.SetAsync<LimitDocument>(id, id, found => After(found), CancellationToken.None);
            tab.Settled(stored!, units, rates, time.GetUtcNow());
        }
        catch (Exception exception)
        {
            NotSettled(log, exception, Pause);
            tab.NotSettled(time.GetUtcNow() + Pause);
        }

        LimitDocument After(LimitDocument? found) => LimitDocument.After(found, id, units, rates, time.GetUtcNow());
    }

    /// <summary>Addresses are kept as a keyed hash: a plain one of so few can be turned back.</summary>
    private string IdOf(object caller) => caller is IPAddress address
        ? $"address-{Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, address.GetAddressBytes()))}"
        : (string)caller;

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a caller used could not be settled; this instance counts by itself and asks again in {Pause}.")]
    private static partial void NotSettled(ILogger log, Exception exception, TimeSpan pause);
}
