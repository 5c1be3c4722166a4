using System.Diagnostics;
using Escapement.Compiling;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Running;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm;

/// <summary>
/// Runs extensions as WebAssembly components in this process, each invocation in a fresh instance on a thread of the sandbox's
/// own. A guest sees its request and the host API of its own install: no files, no network, no environment.
/// </summary>
public sealed partial class WasmSandbox : ISandbox, IAsyncDisposable
{
    private readonly WasmSandboxOptions options;
    private readonly SandboxTelemetry telemetry;
    private readonly TimeProvider time;
    private readonly ILogger<WasmSandbox> logger;
    private readonly Engine engine;
    private readonly EpochTicker ticker;
    private readonly SandboxThreads threads;
    private readonly ComponentCatalogue catalogue;
    private readonly ComponentCompilations compilations;
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
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(telemetry);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems.Select(p => p.Message)), nameof(options));
        }

        this.options = options;
        this.telemetry = telemetry.Sandbox;
        this.time = time;
        this.logger = logger;
        var settings = new EngineSettings(options);
        engine = settings.CreateEngine();
        var library = new CompiledLibrary(
            settings.Key,
            new CompiledCache(options.CacheDirectory, settings.Key, options.CacheRetention, time, logger),
            stores.Code,
            new SealKey(stores.Compilations, time),
            options.CacheRetention,
            time);
        ComponentLinker Link(Component component) => HostImports.Link(engine, component);
        var compiler = new InProcessCompiler(engine, new ComponentCheck(engine, Link, options.MemoryLimit).Fault);
        compilations = new ComponentCompilations(settings.Key, stores, source, library, compiler, this.telemetry, time, logger);
        catalogue = new ComponentCatalogue(engine, library, compilations, Link, options.MaxLoadedComponents, logger);
        ticker = new EpochTicker(engine);
        threads = new SandboxThreads(options.Slots, options.StackSize);
    }

    /// <inheritdoc/>
    public int Slots => options.Slots;

    /// <summary>Compiles what is published; <see cref="ICompilations.RunAsync"/> has it do so by itself.</summary>
    public ICompilations Compilations => compilations;

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
            var manifest = invocation.Extension.Version.Manifest;
            return NotStarted(new InvocationResult.NotCompiled($"The component of {manifest.Name} {manifest.Version} is being compiled"));
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
        await compilations.DisposeAsync();
        ticker.Dispose();
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

        var startedAt = time.GetUtcNow();
        using var run = new GuestRun(invocation, options, telemetry, caller, time, logger, cancellationToken);
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

    private Invoked NotStarted(InvocationResult result) => new(result, time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None);
}
