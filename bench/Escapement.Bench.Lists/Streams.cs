using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Escapement.Events;

namespace Escapement.Bench.Lists;

/// <summary>Opens streams of events by bare sockets, so that little of what is measured is the clients', and tells them of the end of a run.</summary>
internal static class Streams
{
    /// <summary>Measures so many streams; answers a line to read.</summary>
    public static async Task<string> MeasureAsync(Uri address, string token, EventFeed feed, int count)
    {
        var (heap, resident) = Memory();
        var streams = new List<Watcher>();
        for (var i = 0; i < count; i++)
        {
            streams.Add(await Watcher.OpenAsync(address, token));
        }

        await Task.WhenAll(streams.Select(s => s.WaitForAsync("resync")));
        var (heapOpen, residentOpen) = Memory();
        var times = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            var started = Stopwatch.GetTimestamp();
            feed.Tell(new HostEvent(TenantId.Parse("big"), EventKind.Run, "succeeded", Guid.CreateVersion7(), Guid.CreateVersion7()));
            await Task.WhenAll(streams.Select(s => s.WaitForAsync("\"succeeded\"")));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        streams.ForEach(s => s.Dispose());
        const double mebi = 1024 * 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} streams: {(heapOpen - heap) / mebi:0.0} MiB more of heap, {(residentOpen - resident) / mebi:0.0} MiB more resident, clients included; "
            + $"an ended run reached all in {times.Max():0} ms at most of {times.Count}");
    }

    private static (long Heap, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), self.WorkingSet64);
    }

    private sealed class Watcher(Socket socket) : IDisposable
    {
        private readonly byte[] buffer = new byte[1_024];
        private string rest = "";

        public static async Task<Watcher> OpenAsync(Uri address, string token)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address.Host, address.Port);
            var request = $"GET /api/v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            return new Watcher(socket);
        }

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

        public void Dispose() => socket.Dispose();
    }
}
