using System.Diagnostics;
using System.Globalization;
using Escapement.Compiling;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Compiling;
using Escapement.Wasm.Protocol;
using Escapement.Wasm.Running;
using Escapement.Wasm.Workers;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm;

/// <summary>
/// Runs extensions as <see cref="WasmSandbox"/> does, in worker processes that can be limited and killed. Compilation has processes of its own. A
/// worker that is lost takes down only what ran in it.
/// </summary>
internal sealed class WorkerSandbox : ICompilingSandbox
{
    private readonly WasmSandboxOptions options;
    private readonly TimeProvider time;
    private readonly CompiledFolder folder;
    private readonly WorkerSpawner spawner;
    private readonly CodeSupply code;
    private readonly CompiledFiles files;
    private readonly WorkerPool pool;
    private readonly CancellationTokenSource closing = new();
    private int closed;

    /// <summary>Looks for the worker program; starts no process yet.</summary>
    /// <param name="options">The limits; not to be changed afterwards.</param>
    /// <param name="source">Where components come from.</param>
    /// <param name="stores">Where it is kept how far compilations are.</param>
    /// <param name="telemetry">Gets compilations and host calls.</param>
    /// <param name="time">The clock that log lines and <see cref="Invoked.StartedAt"/> are told by; limits go by real time.</param>
    /// <param name="logger">The operator's log.</param>
    /// <exception cref="ArgumentException">The options are not good; the message lists every problem.</exception>
    /// <exception cref="InvalidOperationException">The worker program or the runtime for it is not there; the message says where it was looked for.</exception>
    public WorkerSandbox(
        WasmSandboxOptions options,
        IComponentSource source,
        CompilationStores stores,
        EscapementTelemetry telemetry,
        TimeProvider time,
        ILogger<WorkerSandbox> logger)
    {
        ArgumentNullException.ThrowIfNull(telemetry);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems.Select(p => p.Message)), nameof(options));
        }

        this.options = options;
        this.time = time;
        var program = WorkerProgram.Find(options);
        folder = CompiledFolder.Open(options.CacheDirectory, logger);
        spawner = new WorkerSpawner(program, folder.Path, logger);
        var compiler = new ProcessCompiler(spawner, options, new CompileLimits());
        code = CodeSupply.Open(options, folder.Path, source, stores, compiler, telemetry.Sandbox, time, logger);
        files = new CompiledFiles(code.Library, code.Missing, options.MaxLoadedComponents);
        pool = new WorkerPool(spawner, options, telemetry.Sandbox, logger);
    }

    /// <inheritdoc/>
    public int Slots => options.Slots;

    /// <inheritdoc/>
    public ICompilations Compilations => code.Compilations;

    /// <summary>What confines the worker processes, by name; empty before the first was ready.</summary>
    public IReadOnlyList<string> Confinements => pool.Confinements;

    /// <summary>Whether worker processes can be started: false after several in a row did not become ready.</summary>
    public bool CanRun => pool.CanRun;

    /// <summary>What an operator should put right although the sandbox can run: some workers cannot be started. Null when all can, and when none can.</summary>
    public string? Warning => pool.Missing is var (missing, all) && missing > 0 && missing < all
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{missing} of the {all} processes in which extensions run cannot be started, so fewer run at once; the node's log says why")
        : null;

    /// <summary>The workers, for tests.</summary>
    internal WorkerPool Pool => pool;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The sandbox has been closed.</exception>
    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref closed) != 0, this);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        try
        {
            return await FindAndTryAsync(invocation, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return NotStarted(new InvocationResult.Cancelled());
        }
    }

    /// <summary>Starts the workers if there are none, so that the first call need not wait for them.</summary>
    public void Wake() => pool.Wake();

    /// <summary>Has <see cref="Confinements"/> known though nothing is to run yet.</summary>
    public Task LearnConfinementsAsync() => pool.LearnConfinementsAsync();

    /// <summary>Ends every guest, which its caller sees as <see cref="InvocationResult.Cancelled"/>, and gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
        {
            return;
        }

        await closing.CancelAsync();
        await code.Compilations.DisposeAsync();
        await Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        closing.Dispose();
    }

    private async ValueTask<Invoked> FindAndTryAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var version = invocation.Extension.Version;
        var cold = false;
        (WorkerAnswer Answer, CompiledCode Code)? refused = null;
        while (true)
        {
            var finding = files.FindAsync(version, cancellationToken);
            cold |= !finding.IsCompleted;
            var lookup = await finding;
            if (lookup.IsNotCompiled)
            {
                return NotStarted(Failures.NotCompiled(lookup.Waits!));
            }

            if (lookup.Failure is { } failure)
            {
                return NotStarted(Failures.Make(RunReason.ComponentUnavailable, failure));
            }

            var doubted = refused is { } said && said.Code == lookup.Code ? said.Answer : default;
            var answer = await TryAsync(lookup, doubted, invocation, cancellationToken);
            if (answer.Ended is { } invoked)
            {
                return invoked with { ColdStart = cold || invoked.ColdStart == true };
            }

            if (answer.NotLoaded is not { } reason)
            {
                // The worker was lost before the guest was given to it.
                continue;
            }

            // The file may be gone or damaged since it was found; then the next look tells. If it is as it should be, the word of one worker is not enough,
            // which may have too little of something, nor that of any in which a guest has begun, which may speak for it.
            files.Forget(version, lookup);
            if (doubted.By is not null && answer.IsByNew)
            {
                return NotStarted(Failures.NotCompiled(await files.NotLoadedAsync(version, reason, cancellationToken)));
            }

            refused = (answer, lookup.Code);
        }
    }

    /// <summary>One try in a worker, after another has refused the same code, or none has.</summary>
    private async ValueTask<WorkerAnswer> TryAsync(
        CompiledFileLookup lookup, WorkerAnswer doubted, Invocation invocation, CancellationToken cancellationToken)
    {
        if (await pool.TakeAsync(invocation.Alone, doubted.By, cancellationToken) is not { } worker)
        {
            return new WorkerAnswer(NotStarted(closing.IsCancellationRequested
                ? new InvocationResult.Cancelled()
                : new InvocationResult.NotReady(RunReason.SandboxUnavailable, "No worker process can be started; the host's log says why")));
        }

        try
        {
            // The last moment: a worker has as many threads as slots, so nothing waits in it.
            return invocation.MayStart?.Invoke() == false
                ? new WorkerAnswer(NotStarted(new InvocationResult.NotStarted()))
                : await worker.RunAsync(lookup.Code, invocation, time.GetUtcNow(), Activity.Current, cancellationToken);
        }
        finally
        {
            pool.Return(worker);
        }
    }

    private void Close()
    {
        pool.Dispose();
        files.Dispose();
        spawner.Dispose();
        folder.Dispose();
    }

    private Invoked NotStarted(InvocationResult result) => new(result, time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None);
}
