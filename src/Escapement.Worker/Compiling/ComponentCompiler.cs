using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Protocol;

namespace Escapement.Worker.Compiling;

/// <summary>Compiles one component, says what its author must know, and ends.</summary>
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
        var options = SettingsMessage.Read(ref reader);
        using var engine = new EngineSettings(options).CreateEngine();
        frames.Write(FrameKind.Ready, 0, ReadyMessage.Write(Confining.Confine(holds)));
        if (!frames.TryRead(out kind, out _, out payload) || kind != FrameKind.Compile)
        {
            return 1;
        }

        var check = new ComponentCheck(engine, component => HostImports.Link(engine, component), options.MemoryLimit);
        var result = new InProcessCompiler(engine, check.Fault, options.MemoryLimit).Compile(new WireReader(payload).Bytes());
        if (result is not CompileResult.Compiled compiled)
        {
            Refuse(frames, result.Reason!);
            return 0;
        }

        // First, since what comes after it runs the component.
        frames.WriteBytes(FrameKind.Compiled, compiled.Code.Span);
        if (StartCheck.Fault(engine, compiled.Code.Span, options.MemoryLimit) is { } fault)
        {
            Refuse(frames, fault);
        }
        else
        {
            frames.Write(FrameKind.Starts, 0, new WireWriter());
        }

        return 0;
    }

    private static void Refuse(FramePipe frames, string reason) => frames.Write(
        FrameKind.Refused, 0, new WireWriter().Text(reason.Length <= CompileResult.MaxReasonChars ? reason : reason[..CompileResult.MaxReasonChars]));
}
