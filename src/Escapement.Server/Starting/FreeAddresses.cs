using System.Net;
using System.Net.Sockets;

namespace Escapement.Server.Starting;

/// <summary>
/// Finds out whether the server's addresses can be had, before the first token is made: it is shown once, and a start that fails after it would
/// leave an installation whose token nobody noticed.
/// </summary>
internal static class FreeAddresses
{
    /// <exception cref="AddressRefusedException">One is taken, or not this machine's, or not for this user.</exception>
    public static void Check(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            var address = BindingAddress.Parse(url);
            if (address is { Port: not 0, IsUnixPipe: false, IsNamedPipe: false })
            {
                Listen(url, address);
            }
        }
    }

    private static void Listen(string url, BindingAddress address)
    {
        try
        {
            var ip = Of(address.Host);
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (ip.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(ip, address.Port));
            socket.Listen();
        }
        catch (SocketException e)
        {
            throw new AddressRefusedException($"{url} cannot be listened at: {e.Message}. Stop what has it, or name another address with --urls.", e);
        }
    }

    // As the web server has it: what is neither localhost nor a number stands for all addresses.
    private static IPAddress Of(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var ip) ? ip
        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
}

/// <summary>An address cannot be had; the message says which, why, and what to do.</summary>
internal sealed class AddressRefusedException(string message, Exception inner) : Exception(message, inner);
