using Microsoft.AspNetCore.Http.Features;

namespace ServerlessSocial.Platform.Http;

/// <summary>How long an address may be: what Azure Functions takes (learn.microsoft.com/azure/azure-functions/functions-scale), held in both hosts.</summary>
public static class AddressLimits
{
    /// <summary>Characters of a whole URL, percent-encoded.</summary>
    public const int Address = 8_192;

    /// <summary>Characters of a query, percent-encoded.</summary>
    public const int Query = 4_096;

    /// <summary>The error of a request whose address is too long; null for all others.</summary>
    public static Error? Exceeded(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return request.Scheme.Length + "://".Length + (request.Host.Value?.Length ?? 0) + target.Length > Address ? new AddressTooLong("address", Address)
            : request.QueryString.Value?.Length - 1 > Query ? new AddressTooLong("query", Query)
            : null;
    }
}
