using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Escapement;
using Escapement.Bench.Sandbox;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Wasm;
using Microsoft.Extensions.Logging.Abstractions;

// dotnet run -c Release --project bench/Escapement.Bench.Sandbox -- <component.wasm> [seconds] [callers] [cache directory] [path]
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: <component.wasm> [seconds = 60] [callers = processors] [cache directory] [path = /api/heartbeat]");
    return 1;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
var callers = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
var cache = args.Length > 3 ? args[3] : Path.Combine(Path.GetTempPath(), "escapement-bench-cache");
var path = args.Length > 4 ? args[4] : "/api/heartbeat";
var source = new FileSource(args[0]);
var options = new WasmSandboxOptions { CacheDirectory = cache };
var invocation = Invocations.Make(path, source.Sha256);

// The first start fills the cache; the second is measured.
await using (var filling = new WasmSandbox(options, source, TimeProvider.System, NullLogger<WasmSandbox>.Instance))
{
    var cold = Stopwatch.GetTimestamp();
    Show(await filling.InvokeAsync(invocation, default));
    Console.WriteLine($"first call, cache as found    {Stopwatch.GetElapsedTime(cold).TotalMilliseconds,10:0.0} ms");
}

var warm = Stopwatch.GetTimestamp();
await using var sandbox = new WasmSandbox(options, source, TimeProvider.System, NullLogger<WasmSandbox>.Instance);
Show(await sandbox.InvokeAsync(invocation, default));
Console.WriteLine($"start and first call, warm    {Stopwatch.GetElapsedTime(warm).TotalMilliseconds,10:0.0} ms");

await Measure(2);
var before = Resident();
var gcs = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
var allocated = GC.GetTotalAllocatedBytes();
var (latencies, elapsed) = await Measure(seconds);
latencies.Sort();
Console.WriteLine($"callers                       {callers,10}");
Console.WriteLine($"invocations                   {latencies.Count,10} in {elapsed.TotalSeconds:0.0} s");
Console.WriteLine($"invocations a second          {latencies.Count / elapsed.TotalSeconds,10:0}");
Console.WriteLine($"p50 / p99                     {latencies[latencies.Count / 2],10:0.00} / {latencies[(int)(latencies.Count * 0.99)]:0.00} ms");
Console.WriteLine($"resident before / after       {before,10} / {Resident()} MiB");
Console.WriteLine($"collections, gen 0/1/2        {GC.CollectionCount(0) - gcs.Item1,10} / {GC.CollectionCount(1) - gcs.Item2} / {GC.CollectionCount(2) - gcs.Item3}");
Console.WriteLine($"allocated an invocation       {(GC.GetTotalAllocatedBytes() - allocated) / latencies.Count,10} bytes");
return 0;

async Task<(List<double> Latencies, TimeSpan Elapsed)> Measure(int forSeconds)
{
    var start = Stopwatch.GetTimestamp();
    var each = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        var own = new List<double>();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < forSeconds)
        {
            var at = Stopwatch.GetTimestamp();
            var invoked = await sandbox.InvokeAsync(invocation, default);
            if (invoked.Result is not InvocationResult.Responded)
            {
                throw new InvalidOperationException(invoked.Result.ToString());
            }

            own.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return own;
    })));
    return (each.SelectMany(l => l).ToList(), Stopwatch.GetElapsedTime(start));
}

static long Resident()
{
    using var process = Process.GetCurrentProcess();
    return process.WorkingSet64 >> 20;
}

static void Show(Invoked invoked) => Console.WriteLine(invoked.Result is InvocationResult.Responded { Response: var r }
    ? $"{r.Status} {System.Text.Encoding.UTF8.GetString(r.Body.GetValueOrDefault().Span)} log {string.Join(" | ", invoked.Evidence.Log.Select(l => l.Level + ": " + l.Message))}"
    : invoked.Result.ToString());
