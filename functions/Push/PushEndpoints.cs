using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ServerlessSocial.Push;

/// <summary>A host has no address that may be called.</summary>
public sealed class EndpointNotPublicException() : IOException("The host of a push endpoint has no address on the public internet.");

/// <summary>
/// Which addresses push messages may be sent to. They are user input, and the service stands where users do not: what is not on the public internet is refused when
/// somebody subscribes, and again at every connection, because names can change what they lead to.
/// </summary>
public sealed class PushEndpoints(IOptions<PushOptions> options)
{
    /// <summary>One answer whether a host is unknown or within: which names there are within is nobody's business.</summary>
    private const string NoHost = "Its host has no address on the public internet.";

    /// <summary>Longest endpoint, in characters; those of the known services have up to 600.</summary>
    public const int MaxLength = 1024;

    /// <summary>Longest name of a host, as RFC 1035 has it: what resolves names takes no longer one.</summary>
    private const int MaxName = 253;

    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",

            // Azure's own, for what runs there, though its number is a public one.
            "168.63.129.16/32",

            // Of the global unicast addresses: Teredo and other protocols', documentation, 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Resolves a name; tests have another one.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = (host, token) => Dns.GetHostAddressesAsync(host, token);

    /// <summary>Whether an address is one of the public internet. Pure.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !Refused.Any(network => network.Contains(plain));
    }

    /// <summary>What is wrong with the text of an endpoint; null for nothing.</summary>
    public string? Problem(string? endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
        {
            return "Required.";
        }

        if (endpoint.Length > MaxLength)
        {
            return $"At most {MaxLength} characters.";
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return "An https address.";
        }

        return options.Value.AllowAnyEndpoint ? null
            : uri.Scheme != Uri.UriSchemeHttps || !uri.IsDefaultPort ? "An https address, at its usual port."
            : uri.HostNameType != UriHostNameType.Dns || uri.IdnHost.Length > MaxName || !uri.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal) ? "Its host must be a full name, no number."
            : null;
    }

    /// <summary>What is wrong with where an endpoint's host leads now; null for nothing.</summary>
    /// <param name="endpoint">One whose text has no <see cref="Problem"/>.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<string?> HostProblemAsync(string endpoint, CancellationToken cancellationToken)
    {
        if (options.Value.AllowAnyEndpoint)
        {
            return null;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            return (await Resolve(new Uri(endpoint).IdnHost, deadline.Token)).Any(IsPublic) ? null : NoHost;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The browser has just talked to it: either it was misspelt, or a name service is out or slow, and subscribing again helps.
            return NoHost;
        }
    }

    /// <summary>Connects to a host at one of its addresses that may be called. It is resolved once, so that what was looked at is what is connected to.</summary>
    /// <exception cref="EndpointNotPublicException">It has none.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await Resolve(host.Host, cancellationToken);
        IPAddress[] allowed = options.Value.AllowAnyEndpoint ? addresses : [.. addresses.Where(IsPublic)];
        if (allowed.Length == 0)
        {
            throw new EndpointNotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
