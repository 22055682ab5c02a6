using System.Reflection;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// What both hosts ask before they run an HTTP function: may this caller, and is it not too much. Whoever is refused has had no body read, and a
/// caller that is known by now costs no look into the store.
/// </summary>
public sealed class RequestGate(AccessGate access, RateLimiter limits, LateRefusals late, IOptions<LimitOptions> options)
{
    /// <summary>Admits the caller or returns the error to answer with.</summary>
    public async ValueTask<Error?> AdmitAsync(HttpContext http, Access rule, LimitAttribute limit)
    {
        var refusal = await access.AdmitAsync(http, rule);

        // Who is refused pays, too: guessing tokens is not free.
        var limited = refusal is not null ? await limits.ChargeAsync(http.Request, Bucket.Reads) : await ChargeAsync(http.Request, limit);
        if (limited is not null)
        {
            await late.WaitAsync(limits.CallerOf(http.Request, limited.Bucket), http.RequestAborted);
        }

        return limited ?? refusal;
    }

    private async ValueTask<RateLimited?> ChargeAsync(HttpRequest request, LimitAttribute limit) => limit.WhenCarriedOut
        ? limits.Refusal(request, limit.Bucket, options.Value.LeastOf(limit.Bucket)) ?? await limits.ChargeAsync(request, Bucket.Reads)
        : await limits.ChargeAsync(request, limit.Bucket);

    /// <summary>What a function costs.</summary>
    /// <exception cref="InvalidOperationException">It does not say.</exception>
    public static LimitAttribute LimitOf(MethodInfo function) =>
        function.GetCustomAttribute<LimitAttribute>() ?? throw new InvalidOperationException($"{function.DeclaringType} does not say what it costs: add [Limit].");
}
