using System.Collections.Concurrent;

namespace Escapement.Runs;

/// <summary>
/// What the runs that are under way on this node have logged so far, for whoever looks at one. Nothing is written for it, and an attempt that has ended has
/// its lines in the ledger.
/// </summary>
internal sealed class RunLogs
{
    private readonly ConcurrentDictionary<RunId, Func<IReadOnlyList<GuestLogLine>>> reads = new();

    /// <summary>A run goes on here.</summary>
    /// <param name="run">The run.</param>
    /// <param name="read">Its lines so far. Quick, and does not throw.</param>
    public void Begin(RunId run, Func<IReadOnlyList<GuestLogLine>> read) => reads[run] = read;

    /// <summary>It does not any more.</summary>
    public void End(RunId run) => reads.TryRemove(run, out _);

    /// <summary>The lines of a run so far; none of one that is not under way on this node.</summary>
    public IReadOnlyList<GuestLogLine> Of(RunId run) => reads.TryGetValue(run, out var read) ? read() : [];
}
