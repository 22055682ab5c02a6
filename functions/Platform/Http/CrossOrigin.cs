using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Pages of other origins that may call, and what they may read (fetch.spec.whatwg.org, section 3.3), by <see cref="HttpOptions.Origins"/>, in both hosts. There are no
/// cookies here: whoever calls sends a token of their own, so that credentials in the sense of that standard are never allowed.
/// </summary>
public sealed class CrossOrigin
{
    /// <summary>In the setting: no page of another origin. The same as an empty setting.</summary>
    public const string None = "none";

    /// <summary>In the setting: any page.</summary>
    public const string Any = "*";

    /// <summary>In the setting: pages that the reader's own machine serves, on any port.</summary>
    public const string ThisMachine = "localhost";

    /// <summary>Header fields of answers that a page may read, beside those it always may.</summary>
    public const string Exposed =
        "ETag, Location, Link, Retry-After, RateLimit, RateLimit-Policy, Credits, Accept, Accept-Ranges, Allow, Content-Disposition, Content-Range, WWW-Authenticate";

    /// <summary>Methods of this API.</summary>
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";

    /// <summary>How long a browser may remember what it was allowed: as long as any of them does.</summary>
    private const string RememberedSeconds = "7200";

    private readonly HashSet<string> origins;

    /// <summary>Reads the settings, which have been checked.</summary>
    public CrossOrigin(IOptions<HttpOptions> options) => origins = [.. EntriesOf(options.Value.Origins)];

    /// <summary>What is wrong with a setting, in one sentence; null if nothing is.</summary>
    /// <param name="setting">Origins as browsers name them, separated by commas, or one of the words.</param>
    public static string? ProblemOf(string setting) => EntriesOf(setting)
        .Where(entry => entry is not (None or Any or ThisMachine) && OriginOf(entry) != entry)
        .Select(entry => OriginOf(entry) is { } meant
            ? $"Http:Origins: \"{entry}\" is no origin as browsers name it; write {meant}."
            : $"Http:Origins: \"{entry}\" is no origin; write one such as https://app.example, or {Any} for any.")
        .FirstOrDefault();

    /// <summary>Whether a request asks what a page may do, before the page does it.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>
    /// Answers what a page may do: anything, if it may call at all, or it could not read why a call is refused. That <see cref="Allow"/> says, as with every answer.
    /// </summary>
    public void AnswerPreflight(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        if (!Allows(http.Request.Headers.Origin.ToString()))
        {
            return;
        }

        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlMaxAge = RememberedSeconds;
        if (http.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked)
        {
            response.Headers.AccessControlAllowHeaders = asked;
        }
    }

    /// <summary>Says with an answer, whatever it is, whether the page that asked may read it.</summary>
    /// <param name="asked">Header fields of the request.</param>
    /// <param name="answer">Header fields of the answer.</param>
    public void Allow(IHeaderDictionary asked, IHeaderDictionary answer)
    {
        if (origins.Count == 0)
        {
            return;
        }

        // Also where no page asked: what a cache kept of that answer would be given to a page, which could not read it.
        answer.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (asked.Origin.ToString() is { Length: > 0 } origin && Allows(origin))
        {
            answer.AccessControlAllowOrigin = origin;
            answer.AccessControlExposeHeaders = Exposed;
        }
    }

    private static IEnumerable<string> EntriesOf(string setting) =>
        setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(entry => entry != None);

    /// <summary>The origin of an address, as browsers name it (RFC 6454, section 6.2); null if it is no address. Apps in a frame have schemes of their own, such as <c>capacitor</c>.</summary>
    private static string? OriginOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IdnHost.Length > 0 && address.Contains("://", StringComparison.Ordinal)
            ? $"{uri.Scheme}://{(uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.DnsSafeHost}]" : uri.IdnHost)}{(uri.IsDefaultPort ? string.Empty : $":{uri.Port}")}"
            : null;

    private bool Allows(string origin) => origins.Contains(origin) || origins.Contains(Any) || (origins.Contains(ThisMachine) && Loopback.IsOrigin(origin));
}
