using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm;
using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Protocol;
using Escapement.Wasm.Running;

namespace Escapement.Worker.Serving;

/// <summary>
/// Carries out the calls that the host sends, each on a thread of the sandbox as in the host's own process, and answers from there. There is no queue: the host
/// sends no more than there are threads.
/// </summary>
internal sealed class WorkerServer
{
    // What the host sends is a request with its body, or what a guest asked for.
    private const int MaxFrame = 256 << 20;

    private static readonly TimeSpan TellLogsEvery = TimeSpan.FromMilliseconds(100);

    private readonly FramePipe frames;
    private readonly WasmSandboxOptions options;
    private readonly ServedComponents components;
    private readonly GuestRunner runner;
    private readonly SandboxThreads threads;
    private readonly ServedCalls calls = new();

    private WorkerServer(FramePipe frames, WasmSandboxOptions options)
    {
        this.frames = frames;
        this.options = options;
        var engine = new EngineSettings(options).CreateEngine();
        components = new ServedComponents(engine, component => HostImports.Link(engine, component), options.MaxLoadedComponents);
        runner = new GuestRunner(engine, options, new EscapementTelemetry().Sandbox, TimeProvider.System, new StandardErrorLog());
        threads = new SandboxThreads(options.Slots, options.StackSize);
        new Thread(TellLogs) { Name = "logs", IsBackground = true }.Start();
    }

    /// <summary>Serves until the host says no more.</summary>
    public static int Run(Pipes pipes, IReadOnlyList<string> holds)
    {
        var frames = pipes.ToFrames(MaxFrame);
        if (!frames.TryRead(out var kind, out _, out var payload) || kind != FrameKind.Settings)
        {
            return 1;
        }

        var reader = new WireReader(payload);
        var server = new WorkerServer(frames, SettingsMessage.Read(ref reader));
        frames.Write(FrameKind.Ready, 0, ReadyMessage.Write(Confining.Confine(holds)));
        server.Serve();

        // Guests that still run end with the process.
        Environment.Exit(0);
        return 0;
    }

    private void Serve()
    {
        while (frames.TryRead(out var kind, out var id, out var payload))
        {
            var reader = new WireReader(payload);
            switch (kind)
            {
                case FrameKind.Invoke:
                    Begin(id, ref reader);
                    break;
                case FrameKind.Ping:
                    frames.Write(FrameKind.Pong, 0, new WireWriter());
                    break;
                case FrameKind.Cancel:
                    calls.Find(id)?.Cancel();
                    break;
                case FrameKind.HostAnswer:
                    calls.Find(id)?.Answered(payload.ToArray());
                    break;
                case FrameKind.HostFailed:
                    calls.Find(id)?.HostFailed();
                    break;
                default:
                    throw new ProtocolException($"A host does not say {kind} now.");
            }
        }
    }

    // What a guest has logged would be lost with this process. Those that are over at once tell it with their end, and cost nothing here.
    private void TellLogs()
    {
        try
        {
            while (true)
            {
                calls.WaitForAny();
                Thread.Sleep(TellLogsEvery);
                foreach (var call in calls.WaitForAny())
                {
                    call.TellLog();
                }
            }
        }
        catch (IOException)
        {
            // The host is gone, and nobody is left to tell.
        }
    }

    private void Begin(ulong id, ref WireReader reader)
    {
        var call = new ServedCall(id, frames, EndedMessage.MaxLength(options));
        var (code, invocation) = InvokeMessage.Read(ref reader, call.Host);
        calls.Add(call);
        threads.Queue(() => CarryOut(call, code, invocation));
    }

    private void CarryOut(ServedCall call, CompiledCode code, Invocation invocation)
    {
        var served = components.Find(code, out var cold);
        if (served.NotLoaded is { } why)
        {
            calls.Remove(call);
            call.NotLoaded(why);
            return;
        }

        var invoked = served.Component is { } component
            ? runner.Run(component, invocation, cold, caller: null, call.Cancelled, call.Begun)
            : new Invoked(Failures.Make(RunReason.ComponentUnavailable, served.Fault!), default, TimeSpan.Zero, RunEvidence.None);
        calls.Remove(call);
        call.End(invoked, options);
    }
}
