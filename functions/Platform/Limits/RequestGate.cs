using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// What both hosts ask before they run an HTTP function: may this caller, and is it not too much. Whoever is refused has had no body read, and a
/// caller that is known by now costs no look into the store.
/// </summary>
public sealed class RequestGate(AccessGate access, RateLimiter limits, IOptions<LimitOptions> options)
{
    /// <summary>Admits the caller or returns the error to answer with.</summary>
    public async ValueTask<Error?> AdmitAsync(HttpContext http, AccessAttribute rule, LimitAttribute limit)
    {
        var refusal = await access.AdmitAsync(http, rule);

        // Who is refused pays, too: guessing tokens is not free.
        var limited = refusal is null ? await ChargeAsync(http.Request, limit) : await limits.ChargeAsync(http.Request, Bucket.Reads);
        return limited ?? refusal;
    }

    /// <summary>What a function costs.</summary>
    /// <exception cref="InvalidOperationException">It does not say.</exception>
    public static LimitAttribute LimitOf(MethodInfo function) =>
        function.GetCustomAttribute<LimitAttribute>() ?? throw new InvalidOperationException($"{function.DeclaringType} does not say what it costs: add [Limit].");

    private async ValueTask<RateLimited?> ChargeAsync(HttpRequest request, LimitAttribute limit) => limit.WhenCarriedOut
        ? await limits.RefusalAsync(request, limit.Bucket, options.Value.LeastOf(limit.Bucket)) ?? await limits.ChargeAsync(request, Bucket.Reads)
        : await limits.ChargeAsync(request, limit.Bucket, limit.Bucket == Bucket.Reads ? PagesOf(request) : 1);

    /// <summary>How many pages of the usual length a page is.</summary>
    private static int PagesOf(HttpRequest request) =>
        int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp((limit + PageRequest.DefaultLimit - 1) / PageRequest.DefaultLimit, 1, PageRequest.MaxLimit / PageRequest.DefaultLimit)
            : 1;
}
