using System.Diagnostics;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Escapement.Wasm.Native;
using Microsoft.Extensions.Logging;
using Wasmtime;

namespace Escapement.Wasm.Running;

/// <summary>Carries out invocations on the threads that it is called on, in the host's process or in a worker's.</summary>
internal sealed partial class GuestRunner : IDisposable
{
    private readonly Engine engine;
    private readonly WasmSandboxOptions options;
    private readonly SandboxTelemetry telemetry;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EpochTicker ticker;

    public GuestRunner(Engine engine, WasmSandboxOptions options, SandboxTelemetry telemetry, TimeProvider time, ILogger logger)
    {
        this.engine = engine;
        this.options = options;
        this.telemetry = telemetry;
        this.time = time;
        this.logger = logger;
        ticker = new EpochTicker(engine);
        if (!HostCallFuel.CanBeSet)
        {
            HandedOverUnbounded();
        }
    }

    /// <summary>Runs one guest to its end and ends the use of its component. Never throws.</summary>
    /// <param name="component">The guest.</param>
    /// <param name="invocation">What it carries out.</param>
    /// <param name="cold">Whether it had to be loaded.</param>
    /// <param name="caller">The span that the invocation is in, if any.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="begun">Is given the log, which can be read while the guest runs.</param>
    public Invoked Run(
        LoadedComponent component,
        Invocation invocation,
        bool cold,
        Activity? caller,
        CancellationToken cancellationToken,
        Action<RunLog, DateTimeOffset>? begun = null)
    {
        var startedAt = time.GetUtcNow();
        using var run = new GuestRun(invocation, options, telemetry, caller, time, logger, cancellationToken);
        begun?.Invoke(run.Log, startedAt);
        run.Enter();
        ticker.Enter();
        InvocationResult result;
        try
        {
            result = GuestCall.CarryOut(engine, component, run, options);
        }
        catch (Exception e)
        {
            SandboxFailed(e, invocation.Extension.Install.Scope.Install);
            result = Failures.Make(RunReason.HostError, "The sandbox failed; the host's log has the details.");
        }
        finally
        {
            ticker.Leave();
            GuestRun.Leave();
            component.EndUse();
        }

        return new Invoked(result, startedAt, run.Elapsed, run.ToEvidence()) { ColdStart = cold };
    }

    public void Dispose() => ticker.Dispose();
}
