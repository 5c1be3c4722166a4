using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Problems;

/// <summary>Where a request comes from, as far as one who sends many is to be told from others.</summary>
internal static class ClientAddress
{
    private const int PrefixBytes = 8;

    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The address. Of IPv6 its network, because whoever has one address has the 64 bits behind it too.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
