using System.Reflection;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// What both hosts ask before they run an HTTP function: may this caller, and is it not too much. Whoever is refused has had no body read, and a
/// caller that is known by now costs no look into the store.
/// </summary>
public sealed class RequestGate(AccessGate access, RateLimiter limits, Microsoft.Extensions.Options.IOptions<LimitOptions> options)
{
    /// <summary>Admits the caller or returns the error to answer with.</summary>
    public async ValueTask<Error?> AdmitAsync(HttpContext http, Access rule, LimitAttribute limit)
    {
        if (await access.AdmitAsync(http, rule) is { } refusal)
        {
            // Guessing tokens is not free.
            return await limits.ChargeAsync(http.Request, Bucket.Reads) ?? refusal;
        }

        return limit.WhenCarriedOut
            ? limits.Refusal(http.Request, limit.Bucket, options.Value.LeastOf(limit.Bucket)) ?? await limits.ChargeAsync(http.Request, Bucket.Reads)
            : await limits.ChargeAsync(http.Request, limit.Bucket);
    }

    /// <summary>What a function costs.</summary>
    /// <exception cref="InvalidOperationException">It does not say.</exception>
    public static LimitAttribute LimitOf(MethodInfo function) =>
        function.GetCustomAttribute<LimitAttribute>() ?? throw new InvalidOperationException($"{function.DeclaringType} does not say what it costs: add [Limit].");
}
