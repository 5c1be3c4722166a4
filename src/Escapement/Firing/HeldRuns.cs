using System.Collections.Concurrent;

namespace Escapement.Firing;

/// <summary>The runs that this node has the lease of, each with the means to end it.</summary>
internal sealed class HeldRuns
{
    private readonly ConcurrentDictionary<RunId, HeldRun> held = new();

    public bool IsEmpty => held.IsEmpty;

    public HeldRun Add(ClaimedRun run, DateTimeOffset leaseUntil)
    {
        var entry = new HeldRun(run, leaseUntil);
        held[run.Lease.Id] = entry;
        return entry;
    }

    public void Remove(HeldRun run)
    {
        if (held.TryRemove(KeyValuePair.Create(run.Claimed.Lease.Id, run)))
        {
            run.Dispose();
        }
    }

    /// <summary>Those whose lease must be extended now to still hold at an instant.</summary>
    public List<HeldRun> ExpiringBefore(DateTimeOffset instant) => [.. held.Values.Where(r => r.LeaseUntil < instant)];

    public HeldRun? Find(RunId id) => held.GetValueOrDefault(id);

    public void EndAll(RunEnd end)
    {
        foreach (var run in held.Values)
        {
            run.End(end);
        }
    }
}

/// <summary>Why a node ends a run before the extension does.</summary>
internal enum RunEnd
{
    None = 0,

    /// <summary>Another node has the run now; nothing is to be written.</summary>
    LeaseLost = 1,

    /// <summary>This node stops; the run is queued again for whoever comes next.</summary>
    NodeStopping = 2,
}

internal sealed class HeldRun(ClaimedRun claimed, DateTimeOffset leaseUntil) : IDisposable
{
    private readonly CancellationTokenSource cancel = new();
    private int ended;

    public ClaimedRun Claimed => claimed;

    public DateTimeOffset LeaseUntil { get; set; } = leaseUntil;

    public RunEnd EndedBy => (RunEnd)Volatile.Read(ref ended);

    public CancellationToken Token => cancel.Token;

    public void End(RunEnd end)
    {
        if (Interlocked.CompareExchange(ref ended, (int)end, 0) == 0)
        {
            try
            {
                cancel.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself a moment ago.
            }
        }
    }

    public void Dispose() => cancel.Dispose();
}
