using System.Net.Sockets;
using System.Text;

namespace Escapement.Bench;

/// <summary>A stream of events over a bare socket, so that little of what is measured is the client's.</summary>
internal sealed class EventWatcher(Socket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[1_024];
    private string rest = "";

    /// <summary>Asks for the events of all tenants.</summary>
    public static async Task<EventWatcher> OpenAsync(Uri address, string token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        var request = $"GET /api/v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return new EventWatcher(socket);
    }

    /// <summary>Reads until a word has come.</summary>
    /// <exception cref="InvalidOperationException">The stream ended before.</exception>
    public async Task WaitForAsync(string word)
    {
        while (true)
        {
            var at = rest.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
            {
                rest = rest[(at + word.Length)..];
                return;
            }

            var read = await socket.ReceiveAsync(buffer);
            rest += read > 0 ? Encoding.ASCII.GetString(buffer, 0, read) : throw new InvalidOperationException($"A stream ended: {rest}");
        }
    }

    /// <summary>Reads and throws away until the stream or this ends; how many bytes came.</summary>
    public async Task<long> DrainAsync()
    {
        long bytes = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
            {
                bytes += read;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was closed.
        }

        return bytes;
    }

    public void Dispose() => socket.Dispose();
}
