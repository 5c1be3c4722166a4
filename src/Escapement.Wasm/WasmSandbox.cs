using System.Diagnostics;
using Escapement.Compiling;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Native;
using Escapement.Wasm.Running;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm;

/// <summary>
/// Runs extensions as WebAssembly components in this process, each invocation in a fresh instance on a thread of the sandbox's
/// own. A guest sees its request and the host API of its own install: no files, no network, no environment.
/// </summary>
internal sealed class WasmSandbox : ICompilingSandbox
{
    private readonly WasmSandboxOptions options;
    private readonly TimeProvider time;
    private readonly Engine engine;
    private readonly GuestRunner runner;
    private readonly SandboxThreads threads;
    private readonly CodeSupply code;
    private readonly ComponentCatalogue catalogue;
    private readonly CancellationTokenSource closing = new();
    private int closed;

    /// <summary>Sets up the engine and starts the threads.</summary>
    /// <param name="options">The limits; not to be changed afterwards.</param>
    /// <param name="source">Where components come from.</param>
    /// <param name="stores">Where it is kept how far compilations are.</param>
    /// <param name="telemetry">Gets compilations and host calls.</param>
    /// <param name="time">The clock that log lines and <see cref="Invoked.StartedAt"/> are told by; limits go by real time.</param>
    /// <param name="logger">The operator's log; guests cannot write to it.</param>
    /// <exception cref="ArgumentException">The options are not good; the message lists every problem.</exception>
    public WasmSandbox(
        WasmSandboxOptions options,
        IComponentSource source,
        CompilationStores stores,
        EscapementTelemetry telemetry,
        TimeProvider time,
        ILogger<WasmSandbox> logger)
    {
        ArgumentNullException.ThrowIfNull(telemetry);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems.Select(p => p.Message)), nameof(options));
        }

        this.options = options;
        this.time = time;
        engine = new EngineSettings(options).CreateEngine();
        GuestLinker Link(Component component) => HostImports.Link(engine, component);
        var compiler = new InProcessCompiler(engine, new ComponentCheck(engine, Link, options.MemoryLimit).Fault, options.MemoryLimit);
        code = CodeSupply.Open(options, options.CacheDirectory, source, stores, compiler, telemetry.Sandbox, time, logger);
        catalogue = new ComponentCatalogue(engine, code.Library, code.Missing, Link, options.MaxLoadedComponents, logger);
        runner = new GuestRunner(engine, options, telemetry.Sandbox, time, logger);
        threads = new SandboxThreads(options.Slots, options.StackSize);
    }

    /// <inheritdoc/>
    public int Slots => options.Slots;

    /// <inheritdoc/>
    public ICompilations Compilations => code.Compilations;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The sandbox has been closed.</exception>
    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref closed) != 0, this);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        var caller = Activity.Current;
        ComponentLookup lookup;
        bool cold;
        try
        {
            var finding = catalogue.FindAsync(invocation.Extension.Version, ending.Token);
            cold = !finding.IsCompleted;
            lookup = await finding;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return NotStarted(new InvocationResult.Cancelled());
        }

        if (lookup.IsNotCompiled)
        {
            return NotStarted(Failures.NotCompiled(lookup.Waits!));
        }

        if (lookup.Component is not { } component)
        {
            return NotStarted(Failures.Make(RunReason.ComponentUnavailable, lookup.Failure!));
        }

        var job = new TaskCompletionSource<Invoked>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            threads.Queue(() => job.SetResult(Run(component, invocation, cold, caller, ending.Token)));
        }
        catch (InvalidOperationException)
        {
            component.EndUse();
            return NotStarted(new InvocationResult.Cancelled());
        }

        return await job.Task;
    }

    /// <summary>Ends every guest, which its caller sees as <see cref="InvocationResult.Cancelled"/>, and gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
        {
            return;
        }

        await closing.CancelAsync();
        await Task.Factory.StartNew(threads.Finish, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await code.Compilations.DisposeAsync();
        runner.Dispose();
        catalogue.Dispose();
        engine.Dispose();
        closing.Dispose();
    }

    private Invoked Run(LoadedComponent component, Invocation invocation, bool cold, Activity? caller, CancellationToken cancellationToken)
    {
        if (invocation.MayStart?.Invoke() == false)
        {
            component.EndUse();
            return NotStarted(new InvocationResult.NotStarted());
        }

        return runner.Run(component, invocation, cold, caller, cancellationToken, (log, _) => invocation.OnLog?.Invoke(() => log.From(0)));
    }

    private Invoked NotStarted(InvocationResult result) => new(result, time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None);
}
