using System.Diagnostics;
using System.Globalization;
using Escapement.Events;

namespace Escapement.Bench.Lists;

/// <summary>Opens streams of events by bare sockets, so that little of what is measured is the clients', and tells them of the end of a run.</summary>
internal static class Streams
{
    /// <summary>Measures so many streams; answers a line to read.</summary>
    public static async Task<string> MeasureAsync(Uri address, string token, EventFeed feed, int count)
    {
        var (heap, resident) = Memory();
        var streams = new List<EventWatcher>();
        for (var i = 0; i < count; i++)
        {
            streams.Add(await EventWatcher.OpenAsync(address, token));
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
}
