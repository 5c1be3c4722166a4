using System.Collections.Concurrent;
using Escapement.Firing.Claiming;

namespace Escapement.Firing;

/// <summary>The runs that this node has the lease of, each with the means to end it.</summary>
internal sealed class HeldRuns
{
    private readonly ConcurrentDictionary<RunId, HeldRun> held = new();

    public HeldRun Add(ClaimedRun run, DateTimeOffset leaseUntil)
    {
        var entry = new HeldRun(run, leaseUntil);
        HeldRun? before = null;
        held.AddOrUpdate(run.Lease.Id, entry, (_, older) =>
        {
            before = older;
            return entry;
        });

        // This node lost the run and has it again, as another attempt, while the guest of the one before has not ended yet.
        before?.End(RunEnd.LeaseLost);
        return entry;
    }

    public void Remove(HeldRun run)
    {
        held.TryRemove(KeyValuePair.Create(run.Claimed.Lease.Id, run));
        run.Dispose();
    }

    /// <summary>
    /// Those whose lease does not reach far enough, and those whose lease reaches further than one can: they are from before the
    /// clock was set back, and would keep others from the run for that long if this node died.
    /// </summary>
    public List<HeldRun> NotBetween(DateTimeOffset from, DateTimeOffset to) =>
        [.. held.Values.Where(r => (r.Finished || r.EndedBy != RunEnd.LeaseLost) && (r.LeaseUntil < from || r.LeaseUntil > to))];

    /// <summary>Those that go on although their lease is over at an instant.</summary>
    public IEnumerable<HeldRun> ExpiredAt(DateTimeOffset instant) =>
        held.Values.Where(r => !r.Finished && r.EndedBy != RunEnd.LeaseLost && r.LeaseUntil < instant);

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

    /// <summary>This node stops; the run is queued again for whoever comes next.</summary>
    NodeStopping = 1,

    /// <summary>Another node has the run now, or may have it; nothing is to be written. It can still come after the other.</summary>
    LeaseLost = 2,
}

internal sealed class HeldRun(ClaimedRun claimed, DateTimeOffset leaseUntil) : IDisposable
{
    private readonly CancellationTokenSource cancel = new();
    private long leaseUntilTicks = leaseUntil.UtcTicks;
    private int ended;
    private volatile bool finished;

    public ClaimedRun Claimed => claimed;

    // Kept as ticks: the keeper writes it while the run's own thread reads it.
    public DateTimeOffset LeaseUntil
    {
        get => new(Interlocked.Read(ref leaseUntilTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref leaseUntilTicks, value.UtcTicks);
    }

    public RunEnd EndedBy => (RunEnd)Volatile.Read(ref ended);

    public CancellationToken Token => cancel.Token;

    /// <summary>
    /// Whether only its outcome is left to be written. Then there is nothing to end, and its lease is kept as long as the store lets
    /// it, so that the outcome is not lost to a store that was away.
    /// </summary>
    public bool Finished => finished;

    public void Finish() => finished = true;

    public void End(RunEnd end)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref ended);
            if (seen >= (int)end)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref ended, (int)end, seen) != seen);

        try
        {
            cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself a moment ago.
        }
    }

    public void Dispose() => cancel.Dispose();
}
