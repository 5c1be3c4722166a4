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
    public static async Task<int> RunAsync(Subject subject, string component, int idle, string cache)
    {
        var runtime = TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var source = new FileSource(component);
        var invocation = Invocations.Make("/api/heartbeat", source.Sha256);

        var started = Stopwatch.GetTimestamp();
        using var telemetry = new EscapementTelemetry();
        await using var opening = await OpenedSandbox.OpenAsync(subject, source, telemetry, cache);
        var sandbox = opening.Sandbox;
        var opened = Stopwatch.GetElapsedTime(started);
        if (idle > 0 && sandbox is WorkerSandbox workers)
        {
            // As the server does once it is up.
            workers.Wake();
        }

        await Task.Delay(idle);
        var called = Stopwatch.GetTimestamp();
        var invoked = await opening.CallAsync(invocation);
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
