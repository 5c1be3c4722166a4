using System.Reflection;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Tests.Protocol;

public sealed class SettingsMessageTests
{
    // What a worker has no use for.
    private static readonly string[] OfTheHost =
    [
        nameof(WasmSandboxOptions.Slots), nameof(WasmSandboxOptions.CacheDirectory), nameof(WasmSandboxOptions.CacheRetention),
        nameof(WasmSandboxOptions.CacheMaxBytes),
        nameof(WasmSandboxOptions.Isolation), nameof(WasmSandboxOptions.Workers), nameof(WasmSandboxOptions.WorkerPath),
        nameof(WasmSandboxOptions.WorkerMemoryLimit), nameof(WasmSandboxOptions.WorkerMaxCalls), nameof(WasmSandboxOptions.WorkerIdleTime),
    ];

    [Fact]
    public void Read_EveryLimitChanged_EachCrosses()
    {
        var options = new WasmSandboxOptions();
        var limits = typeof(WasmSandboxOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !OfTheHost.Contains(p.Name)).ToList();
        foreach (var limit in limits)
        {
            limit.SetValue(options, limit.GetValue(options) switch
            {
                int number => number + 3,
                long number => number + 3,
                TimeSpan time => time + TimeSpan.FromTicks(3),
                var other => throw new InvalidOperationException($"{limit.Name} is {other}"),
            });
        }

        var reader = new WireReader(SettingsMessage.Write(options, slots: 5).ToFrame(FrameKind.Settings, 0)[FramePipe.HeaderLength..]);
        var read = SettingsMessage.Read(ref reader);

        Assert.Equal(5, read.Slots);
        Assert.All(limits, limit => Assert.Equal(limit.GetValue(options), limit.GetValue(read)));
    }
}
