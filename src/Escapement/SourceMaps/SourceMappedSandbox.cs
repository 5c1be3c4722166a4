using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.SourceMaps;

/// <summary>
/// A sandbox whose errors and log lines name the authors' own files and lines, where a version's bundle has a source map of its script at
/// <c>dist/main.js.map</c>. A map that cannot be read, or not in time, leaves them as they are.
/// </summary>
internal sealed class SourceMappedSandbox : ISandbox, IAsyncDisposable
{
    // What a run keeps is bounded; this is by how much its maps may make it grow.
    private const int MostGrowth = 64 << 10;
    private const int MaxMessageChars = 4_000;

    // Only the first failure of a version reads its bundle, and a big one may take long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ISandbox inner;
    private readonly SourceMapCatalogue maps;
    private readonly TimeProvider time;

    /// <summary>Wraps a sandbox, which is disposed with this.</summary>
    /// <param name="inner">What runs the guests.</param>
    /// <param name="versions">Where the bundles are.</param>
    /// <param name="time">The clock of the wait for a map.</param>
    public SourceMappedSandbox(ISandbox inner, IVersionStore versions, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(time);
        this.inner = inner;
        this.time = time;
        maps = new SourceMapCatalogue(versions);
    }

    /// <summary>What runs the guests.</summary>
    public ISandbox Inner => inner;

    /// <inheritdoc/>
    public int Slots => inner.Slots;

    /// <inheritdoc/>
    public async ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var invoked = await inner.InvokeAsync(invocation, cancellationToken);
        return HasPlaces(invoked) && await FindAsync(invocation.Extension.Version.Id) is { } map ? Mapped(invoked, map) : invoked;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private static bool HasPlaces(Invoked invoked) =>
        (invoked.Result is InvocationResult.Failed failed && StackTraces.MayHold(failed.Message))
        || invoked.Evidence.Log.Any(line => StackTraces.MayHold(line.Message));

    private async Task<SourceMap?> FindAsync(VersionId version)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        var givesUp = patience.Token;
        var finding = Task.Run(() => maps.FindAsync(version, givesUp), CancellationToken.None);
        try
        {
            return await finding.WaitAsync(givesUp);
        }
        catch (Exception e) when (e is OperationCanceledException or StoreUnavailableException)
        {
            _ = finding.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return null;
        }
    }

    private static Invoked Mapped(Invoked invoked, SourceMap map)
    {
        var growth = MostGrowth;
        var result = invoked.Result;
        if (result is InvocationResult.Failed failed)
        {
            var message = StackTraces.Map(failed.Message, map, ref growth);
            result = failed with { Message = message.Length <= MaxMessageChars ? message : message[..MaxMessageChars] };
        }

        var log = new List<GuestLogLine>(invoked.Evidence.Log.Count);
        foreach (var line in invoked.Evidence.Log)
        {
            log.Add(StackTraces.MayHold(line.Message) ? line with { Message = StackTraces.Map(line.Message, map, ref growth) } : line);
        }

        return invoked with { Result = result, Evidence = invoked.Evidence with { Log = log } };
    }
}
