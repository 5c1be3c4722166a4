using System.Threading.Channels;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

/// <summary>Compiles on this node what the store says is wanted, and what it is asked for.</summary>
internal sealed partial class ComponentCompilations : ICompilations, IAsyncDisposable
{
    private readonly string engineKey;
    private readonly CompilationStores stores;
    private readonly CompileWork work;
    private readonly CompileJobs jobs;
    private readonly CompiledLibrary library;
    private readonly FailuresHere failures;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<bool> reviews = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ComponentCompilations(
        string engineKey,
        CompilationStores stores,
        IComponentSource source,
        CompiledLibrary library,
        IComponentCompiler compiler,
        SandboxTelemetry telemetry,
        TimeProvider time,
        ILogger logger)
    {
        this.engineKey = engineKey;
        this.stores = stores;
        this.library = library;
        this.time = time;
        this.logger = logger;
        failures = new FailuresHere(time);
        work = new CompileWork(engineKey, stores, source, library, failures, compiler, telemetry, time, logger);
        jobs = new CompileJobs(CarryOutAsync, failures);
    }

    bool ICompilations.AreStored => true;

    public async ValueTask<Compilation> GetAsync(ExtensionVersion version, CancellationToken cancellationToken) =>
        await HereAsync(
            version, await stores.Compilations.GetAsync(version.ComponentSha256, engineKey, cancellationToken) ?? Compilation.Pending, cancellationToken);

    public async ValueTask<IReadOnlyList<Compilation>> GetManyAsync(IReadOnlyList<ExtensionVersion> versions, CancellationToken cancellationToken)
    {
        var known = await stores.Compilations.ListAsync(engineKey, cancellationToken);
        var all = new List<Compilation>(versions.Count);
        foreach (var version in versions)
        {
            all.Add(await HereAsync(version, known.GetValueOrDefault(version.ComponentSha256, Compilation.Pending), cancellationToken));
        }

        return all;
    }

    public void Want(ExtensionVersion version, CompileFor purpose)
    {
        var wanted = new UncompiledVersion(
            version.Id,
            version.Manifest.Name,
            version.Manifest.Version,
            version.ComponentSha256,
            version.ComponentBytes,
            version.PublishedBy,
            CompiledBefore: false);
        jobs.Want(wanted, purpose);
    }

    public async ValueTask ForgetAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        Review();

        // The store has forgotten it unless another version has the same component.
        if (await GetAsync(version, cancellationToken) is { State: not CompilationState.Compiled })
        {
            failures.Forget(version.ComponentSha256);
            await library.RemoveAsync(version.ComponentSha256, cancellationToken);
        }
    }

    public void Review() => reviews.Writer.TryWrite(true);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ReviewAsync(stopping);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                var told = reviews.Reader.WaitToReadAsync(waiting.Token).AsTask();
                await Task.WhenAny(told, Task.Delay(stores.PollInterval, time, waiting.Token));
                await waiting.CancelAsync();
                reviews.Reader.TryRead(out _);
            }
            catch (StoreUnavailableException e)
            {
                CompilationsDelayed(e.Message);
                await Task.Delay(stores.PollInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
        }
    }

    /// <summary>Whether a component waits for its turn on this node.</summary>
    public bool Waits(string component) => jobs.Waits(component);

    /// <summary>How this node failed at a component that is compiled elsewhere, if it did lately.</summary>
    public FailureHere? FailedHere(string component) => failures.Find(component);

    /// <inheritdoc cref="FailuresHere.TakesStoresCode"/>
    public bool TakesStoresCode(string component) => failures.TakesStoresCode(component);

    /// <inheritdoc cref="FailuresHere.IsOfNoUse"/>
    public bool IsOfNoUse(string component) => failures.IsOfNoUse(component);

    /// <summary>Code of a compiled version that is here, and is what its seal says, could not be loaded: it is made anew, after a pause.</summary>
    public async ValueTask NotLoadedAsync(ExtensionVersion version, string reason, CancellationToken cancellationToken)
    {
        await library.RemoveHereAsync(version.ComponentSha256, cancellationToken);
        Failed(version.ComponentSha256, $"{version.Manifest.Name} {version.Manifest.Version}", version.PublishedBy, reason, isOfCode: true);
    }

    /// <summary>Done when a component neither waits nor is compiled by this node.</summary>
    public Task WhenEndedAsync(string component) => jobs.WhenEndedAsync(component);

    /// <summary>Gives up what waits and waits for what goes on.</summary>
    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private async ValueTask<Compilation> HereAsync(ExtensionVersion version, Compilation compilation, CancellationToken cancellationToken) =>
        compilation.State == CompilationState.Compiled
            ? compilation with { IsHere = !IsOfNoUse(version.ComponentSha256) && await library.IsHereAsync(version.ComponentSha256, cancellationToken) }
            : compilation;

    // Whoever published, disabled or uninstalled may have done so on another node.
    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        var last = jobs.LastNumber;
        var open = await stores.Compilations.ListUncompiledAsync(engineKey, time.GetUtcNow(), cancellationToken);
        var enabled = await stores.Installs.ListEnabledVersionsAsync(cancellationToken);
        jobs.AgreeWith(new WantedComponents(open, enabled), last);
    }

    private async Task CarryOutAsync(CompileJob job)
    {
        try
        {
            if (await work.CarryOutAsync(job, () => TakesLong(job)) is { } reason)
            {
                Failed(job.Component, job.Name, job.PublishedBy, reason, isOfCode: !failures.TakesStoresCode(job.Component));
            }
            else if (failures.TakesStoresCode(job.Component))
            {
                failures.Forget(job.Component);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or CompilerUnavailableException)
        {
            // The next look at the store finds it open still.
            CompilationsDelayed(e.Message);
        }
        catch (OperationCanceledException)
        {
            CompilationGivenUp(job.Name);
        }
        catch (Exception e)
        {
            // It stays taken until its lease runs out, and that counts as an attempt, so that nothing fails for ever.
            CompilationFailed(e, job.Name);
            Failed(job.Component, job.Name, job.PublishedBy, "The host failed; its log says how.", isOfCode: false);
        }
    }

    private void Failed(string component, string name, string publisher, string reason, bool isOfCode)
    {
        var failure = jobs.Failed(component, reason, isOfCode);
        CompilationFailedHere(name, publisher, failure.Times, failure.TriedAgainAt, reason);
    }

    private void TakesLong(CompileJob job)
    {
        if (job.IsSmall)
        {
            CompilationTakesLong(job.Name, job.PublishedBy);
            jobs.TakesLong(job);
        }
    }
}
