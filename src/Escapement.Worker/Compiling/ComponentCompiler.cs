using Escapement.Wasm.Components;
using Escapement.Wasm.Protocol;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Worker.Compiling;

/// <summary>Compiles one component and ends.</summary>
internal static class ComponentCompiler
{
    private const int MaxComponent = 1 << 30;

    public static int Run(Pipes pipes, IReadOnlyList<string> holds)
    {
        var frames = pipes.ToFrames(MaxComponent);
        if (!frames.TryRead(out var kind, out _, out var payload) || kind != FrameKind.Settings)
        {
            return 1;
        }

        var reader = new WireReader(payload);
        using var engine = new EngineSettings(SettingsMessage.Read(ref reader)).CreateEngine();
        frames.Write(FrameKind.Ready, 0, ReadyMessage.Write(Confining.Confine(holds)));
        if (!frames.TryRead(out kind, out _, out payload) || kind != FrameKind.Compile)
        {
            return 1;
        }

        try
        {
            using var component = Component.FromBytes(engine, new WireReader(payload).Bytes());
            frames.Write(FrameKind.Compiled, 0, new WireWriter().Bytes(component.Serialize()));
        }
        catch (Exception e) when (e is WasmtimeException or ArgumentException)
        {
            frames.Write(FrameKind.Refused, 0, new WireWriter().Text(e.Message));
        }

        return 0;
    }
}
