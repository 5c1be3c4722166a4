using System.Threading.Channels;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

/// <summary>The compilations of this node: what waits for its turn, what goes on, and what the store says is wanted.</summary>
internal sealed partial class ComponentCompilations : ICompilations, IAsyncDisposable
{
    private readonly string engineKey;
    private readonly CompilationStores stores;
    private readonly CompileWork work;
    private readonly CompiledLibrary library;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly CompileQueue queue = new();
    private readonly Dictionary<string, CompileJob> jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> givenUp = new(StringComparer.Ordinal);
    private readonly Channel<bool> reviews = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long count;
    private bool closed;

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
        work = new CompileWork(engineKey, stores, source, library, compiler, telemetry, time, logger);
    }

    public async ValueTask<Compilation> GetAsync(ExtensionVersion version, CancellationToken cancellationToken) =>
        await stores.Compilations.GetAsync(version.ComponentSha256, engineKey, cancellationToken) ?? Compilation.Pending;

    public async ValueTask<IReadOnlyList<Compilation>> GetManyAsync(IReadOnlyList<ExtensionVersion> versions, CancellationToken cancellationToken)
    {
        var known = await stores.Compilations.ListAsync(engineKey, cancellationToken);
        return [.. versions.Select(v => known.GetValueOrDefault(v.ComponentSha256, Compilation.Pending))];
    }

    public void Want(ExtensionVersion version, CompileFor purpose)
    {
        lock (gate)
        {
            givenUp.Remove(version.ComponentSha256);
            var wanted = new UncompiledVersion(
                version.Id,
                version.Manifest.Name,
                version.Manifest.Version,
                version.ComponentSha256,
                version.ComponentBytes,
                version.PublishedBy,
                CompiledBefore: false);
            Add(wanted, purpose);
            Begin();
        }
    }

    public async ValueTask ForgetAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        Review();

        // The store has forgotten it unless another version has the same component.
        if (await GetAsync(version, cancellationToken) is { State: not CompilationState.Compiled })
        {
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

    /// <summary>Done when a component neither waits nor is compiled by this node.</summary>
    public Task WhenEndedAsync(string component)
    {
        lock (gate)
        {
            return jobs.TryGetValue(component, out var job) ? job.Ended.Task : Task.CompletedTask;
        }
    }

    /// <summary>Gives up what waits and waits for what goes on: the compiler works with the engine.</summary>
    public async ValueTask DisposeAsync()
    {
        List<CompileJob> left;
        lock (gate)
        {
            closed = true;
            left = [.. jobs.Values];
            left.ForEach(GiveUp);
        }

        await Task.WhenAll(left.Select(j => j.Ended.Task));
    }

    /// <summary>
    /// Makes the jobs agree with the store: adds what is published and not compiled, and gives up what nobody wants any more. Whoever
    /// disabled or uninstalled may have done so on another node.
    /// </summary>
    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        long before;
        lock (gate)
        {
            // A job that comes while the store is read is not in what it answers.
            before = count;
        }

        var open = await stores.Compilations.ListUncompiledAsync(engineKey, cancellationToken);
        var enabled = await stores.Installs.ListEnabledVersionsAsync(cancellationToken);
        var purposes = open.GroupBy(v => v.Component, StringComparer.Ordinal).ToDictionary(g => g.Key, g => PurposeOf(g, enabled), StringComparer.Ordinal);
        lock (gate)
        {
            foreach (var job in jobs.Values.Where(j => j.Number <= before).ToList())
            {
                Judge(job, purposes.TryGetValue(job.Component, out var purpose) ? purpose : null, enabled);
            }

            foreach (var version in open.Where(v => !givenUp.Contains(v.Component)))
            {
                Add(version, purposes[version.Component]);
            }

            Begin();
        }
    }

    private static CompileFor PurposeOf(IEnumerable<UncompiledVersion> versions, IReadOnlySet<VersionId> enabled) => versions.Min(v =>
        enabled.Contains(v.Id) ? CompileFor.Runs : v.CompiledBefore ? CompileFor.Later : CompileFor.Publisher);

    private void Judge(CompileJob job, CompileFor? purpose, IReadOnlySet<VersionId> enabled)
    {
        if (job.Purpose == CompileFor.Runs && !job.Versions.Any(enabled.Contains) && purpose is CompileFor.Later or null)
        {
            // Its runs are gone, and it was not new to anybody. It is wanted again when somebody installs or enables it.
            givenUp.Add(job.Component);
            GiveUp(job);
        }
        else if (job.Purpose != CompileFor.Runs && purpose is null)
        {
            GiveUp(job);
        }
        else if (purpose is { } known)
        {
            job.Purpose = known;
        }
    }

    private void Add(UncompiledVersion version, CompileFor purpose)
    {
        if (closed)
        {
            return;
        }

        if (!jobs.TryGetValue(version.Component, out var job))
        {
            job = new CompileJob
            {
                Component = version.Component,
                Bytes = version.ComponentBytes,
                Name = $"{version.ExtensionId} {version.Version}",
                ExtensionId = version.ExtensionId,
                PublishedBy = version.PublishedBy,
                Purpose = purpose,
                Number = ++count,
            };
            jobs.Add(version.Component, job);
            queue.Add(job);
        }

        job.Versions = job.Versions.Add(version.Id);
        job.Purpose = purpose < job.Purpose ? purpose : job.Purpose;
    }

    private void GiveUp(CompileJob job)
    {
        if (queue.Remove(job))
        {
            End(job);
        }
        else
        {
            job.Cancel();
        }
    }

    private void End(CompileJob job)
    {
        jobs.Remove(job.Component);
        job.Ended.TrySetResult();
        job.Dispose();
    }

    private void Begin()
    {
        while (!closed && queue.Begin() is { } job)
        {
            _ = Task.Run(() => CarryOutAsync(job));
        }
    }

    private async Task CarryOutAsync(CompileJob job)
    {
        try
        {
            await work.CarryOutAsync(job);
        }
        catch (StoreUnavailableException e)
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
        }

        lock (gate)
        {
            queue.End(job);
            End(job);
            Begin();
        }
    }
}
