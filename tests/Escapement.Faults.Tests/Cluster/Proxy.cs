using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Escapement.Faults.Tests.Cluster;

/// <summary>What a node's network does.</summary>
internal enum NetworkMode
{
    /// <summary>It works.</summary>
    Open,

    /// <summary>Nothing arrives, and it all arrives later: an interruption that TCP rides out by sending again.</summary>
    Held,

    /// <summary>Nothing arrives, ever: connections look alive until the network is back and they prove dead.</summary>
    Swallowed,

    /// <summary>Connections are reset, and new ones refused.</summary>
    Reset,
}

/// <summary>A network cable between one node and the database, to be cut in several ways.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, bool> links = new();
    private readonly Func<int> target;
    private readonly Task accepting;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile NetworkMode mode;

    public Proxy(Func<int> target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Set(NetworkMode next)
    {
        var before = mode;
        mode = next;
        if (next == NetworkMode.Reset || before == NetworkMode.Swallowed)
        {
            foreach (var link in links.Keys)
            {
                link.Break();
            }
        }

        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        foreach (var link in links.Keys)
        {
            link.Break();
        }

        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await listener.AcceptSocketAsync();
            near.NoDelay = true;
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var link = new Link(near, far);
        links[link] = true;
        try
        {
            if (mode != NetworkMode.Reset)
            {
                await PassableAsync();
                await far.ConnectAsync(IPAddress.Loopback, target());
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either end is gone, which is what the other end is told next.
        }
        finally
        {
            links.TryRemove(link, out _);
            link.Break();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                if (mode == NetworkMode.Swallowed)
                {
                    continue;
                }

                await PassableAsync();
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private async Task PassableAsync()
    {
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (mode is NetworkMode.Open or NetworkMode.Reset)
            {
                return;
            }

            await next;
        }
    }

    private sealed class Link(Socket near, Socket far) : IDisposable
    {
        /// <summary>Ends both sides without a farewell.</summary>
        public void Break()
        {
            foreach (var side in (Socket[])[near, far])
            {
                try
                {
                    side.LingerState = new LingerOption(true, 0);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    // It is closed already.
                }

                side.Dispose();
            }
        }

        public void Dispose() => Break();
    }
}
