using System.Net;
using System.Net.Sockets;

namespace ServerlessSocial.Platform.Limits;

/// <summary>Who calls without a token: an IPv4 address, or the first 64 bits of an IPv6 address, because whoever has one has all of those.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="proxies">See <see cref="LimitOptions.Proxies"/>. What clients themselves wrote into the header stands before that and is not believed.</param>
    public static IPAddress Of(HttpContext http, int proxies)
    {
        var entries = proxies > 0 ? http.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries) : [];
        return entries.Length >= proxies && proxies > 0 && IPEndPoint.TryParse(entries[^proxies], out var client)
            ? Network(client.Address)
            : Network(http.Connection.RemoteIpAddress ?? IPAddress.None);
    }

    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
