using System.Diagnostics;
using Escapement.Sandbox;
using Escapement.Telemetry;

namespace Escapement.Bench.Sandbox;

/// <summary>Callers that each wait for their answer before they call again, and what that does to memory.</summary>
internal static class Sustained
{
    private const int Samples = 12;

    // Every place of the engine and the first generation of .NET's heap have been touched by then: what grows later is a leak.
    private const int WarmUpSeconds = 10;

    public static async Task<int> RunAsync(Subject subject, string component, int seconds, int callers, string cache)
    {
        var source = new FileSource(component);
        var invocation = Invocations.Make("/api/heartbeat", source.Sha256);
        using var telemetry = new EscapementTelemetry();
        await using var opening = await OpenedSandbox.OpenAsync(subject, source, telemetry, cache);
        var sandbox = opening.Sandbox;
        Console.WriteLine((await opening.CallAsync(invocation)).Result);

        await CallAsync(sandbox, invocation, callers, TimeSpan.FromSeconds(WarmUpSeconds), new Latencies());
        var memory = new List<Memory> { Memory.Now() };
        var latencies = new Latencies();
        var collections = GC.CollectionCount(0);
        var allocated = GC.GetTotalAllocatedBytes();
        var busy = Environment.CpuUsage;
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i <= Samples; i++)
        {
            var until = TimeSpan.FromSeconds((double)seconds * i / Samples) - Stopwatch.GetElapsedTime(start);
            await CallAsync(sandbox, invocation, callers, until, latencies);
            memory.Add(Memory.Now());
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = Environment.CpuUsage;
        var calls = latencies.Count;
        var perSecond = calls / elapsed.TotalSeconds;
        var user = (used.UserTime - busy.UserTime).TotalMicroseconds / calls;
        var system = (used.PrivilegedTime - busy.PrivilegedTime).TotalMicroseconds / calls;
        var allocatedBytes = (GC.GetTotalAllocatedBytes() - allocated) / calls;
        var (p50, p99) = (latencies.Quantile(0.5), latencies.Quantile(0.99));
        var (first, middle, last) = (memory[0].Resident, memory[Samples / 2].Resident, memory[^1].Resident);
        Console.WriteLine($"callers                  {callers}");
        Console.WriteLine($"invocations              {calls} in {elapsed.TotalSeconds:0.0} s: {perSecond:0} a second");
        Console.WriteLine($"p50 / p99                {p50:0.00} / {p99:0.00} ms");
        Console.WriteLine($"processor an invocation  {user:0} + {system:0} us (user + system)");
        Console.WriteLine($"allocated an invocation  {allocatedBytes} bytes, {GC.CollectionCount(0) - collections} collections");
        Console.WriteLine($"every {(double)seconds / Samples:0.#} s, MiB");
        Console.WriteLine($"  resident               {string.Join(' ', memory.Select(m => m.Resident))}");
        Console.WriteLine($"  of it anonymous        {string.Join(' ', memory.Select(m => m.Anonymous))}");
        Console.WriteLine($"  of it .NET's heap      {string.Join(' ', memory.Select(m => m.Managed))}");
        Console.WriteLine($"grown in the first half  {middle - first} MiB, in the second {last - middle} MiB");
        Console.WriteLine(
            $"{{\"perSecond\":{perSecond:0},\"processorMicroseconds\":{user + system:0},\"p50\":{p50:0.00},\"p99\":{p99:0.00},"
            + $"\"allocatedBytes\":{allocatedBytes},\"grownMiB\":{last - first},\"grownLateMiB\":{last - middle}}}");
        return 0;
    }

    private static Task CallAsync(ISandbox sandbox, Invocation invocation, int callers, TimeSpan duration, Latencies latencies)
    {
        var start = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                var invoked = await sandbox.InvokeAsync(invocation, default);
                if (invoked.Result is not InvocationResult.Responded)
                {
                    throw new InvalidOperationException(invoked.Result.ToString());
                }

                latencies.Add(Stopwatch.GetElapsedTime(at));
            }
        })));
    }
}
