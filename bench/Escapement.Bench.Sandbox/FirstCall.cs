using System.Diagnostics;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm;

namespace Escapement.Bench.Sandbox;

/// <summary>
/// What the first call of a process takes: start the program anew for each measurement, and once before, to fill the cache.
/// </summary>
internal static class FirstCall
{
    public static async Task<int> RunAsync(string component, int idle, string cache)
    {
        var runtime = TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var source = new FileSource(component);
        var invocation = Invocations.Make("/api/heartbeat", source.Sha256);
        var options = new WasmSandboxOptions { CacheDirectory = cache };

        var started = Stopwatch.GetTimestamp();
        using var telemetry = new EscapementTelemetry();
        await using var store = await OpenedSandbox.OpenStoreAsync(cache);
        await using var sandbox = OpenedSandbox.Make(options, source, store, telemetry);
        var opened = Stopwatch.GetElapsedTime(started);
        await Task.Delay(idle);
        var called = Stopwatch.GetTimestamp();
        var invoked = await OpenedSandbox.CallAsync(sandbox, invocation);
        var first = Stopwatch.GetElapsedTime(called);
        called = Stopwatch.GetTimestamp();
        await sandbox.InvokeAsync(invocation, default);
        var second = Stopwatch.GetElapsedTime(called);
        if (invoked.Result is not InvocationResult.Responded)
        {
            throw new InvalidOperationException($"{invoked.Result} {string.Join(' ', invoked.Evidence.Log)}");
        }

        Console.WriteLine(
            $"{{\"runtimeStart\":{runtime.TotalMilliseconds:0},\"openSandbox\":{opened.TotalMilliseconds:0.0},\"idle\":{idle},"
            + $"\"firstCall\":{first.TotalMilliseconds:0.0},\"ofItGuest\":{invoked.Duration.TotalMilliseconds:0.0},"
            + $"\"secondCall\":{second.TotalMilliseconds:0.0}}}");
        return 0;
    }
}
