using System.Net;
using System.Net.Sockets;

namespace ServerlessSocial.Hosts.Local;

/// <summary>The port that the local host is to listen on.</summary>
internal static class LocalPort
{
    /// <summary>Whether somebody listens there already. It is asked before anything is started: from the middle of a start it is an exception with a long trace.</summary>
    /// <param name="port">The port; 0 is never taken.</param>
    public static bool IsTaken(int port) => port != 0 && (IsTaken(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && IsTaken(IPAddress.IPv6Loopback, port)));

    private static bool IsTaken(IPAddress address, int port)
    {
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return false;
        }
        catch (SocketException exception)
        {
            // Any other error, such as a machine without that kind of address, is the server's to deal with.
            return exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
