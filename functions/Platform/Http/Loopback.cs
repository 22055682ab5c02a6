using System.Net;

namespace ServerlessSocial.Platform.Http;

/// <summary>What comes from this machine.</summary>
internal static class Loopback
{
    /// <summary>Whether a page of an origin is served by this machine.</summary>
    public static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && IsName(address.Host);

    /// <summary>
    /// Whether a request was sent on this machine and to it by name. A foreign page can make its own name point here and then call what it calls its own
    /// origin (DNS rebinding); the name it calls gives it away.
    /// </summary>
    public static bool IsCaller(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller) && IsName(http.Request.Host.Host);

    private static bool IsName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
