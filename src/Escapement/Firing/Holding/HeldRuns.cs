using System.Collections.Concurrent;
using System.Diagnostics;
using Escapement.Firing.Claiming;

namespace Escapement.Firing.Holding;

/// <summary>The runs that this node has the lease of.</summary>
internal sealed class HeldRuns
{
    private readonly ConcurrentDictionary<RunId, HeldRun> held = new();

    public HeldRun Add(ClaimedRun run, DateTimeOffset leaseUntil, Activity? span = null)
    {
        var entry = new HeldRun(run, leaseUntil) { Span = span };
        HeldRun? before = null;
        held.AddOrUpdate(run.Lease.Id, entry, (_, older) =>
        {
            before = older;
            return entry;
        });

        // This node lost the run and has it again, as another attempt, while the guest of the one before has not ended yet.
        before?.End(EarlyEnd.LeaseLost);
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
        [.. held.Values.Where(r => (r.Finished || r.EndedBy != EarlyEnd.LeaseLost) && (r.LeaseUntil < from || r.LeaseUntil > to))];

    /// <summary>Those that go on although their lease is over at an instant.</summary>
    public IEnumerable<HeldRun> ExpiredAt(DateTimeOffset instant) =>
        held.Values.Where(r => !r.Finished && r.EndedBy != EarlyEnd.LeaseLost && r.LeaseUntil < instant);

    public HeldRun? Find(RunId id) => held.GetValueOrDefault(id);

    public void EndAll(EarlyEnd end)
    {
        foreach (var run in held.Values)
        {
            run.End(end);
        }
    }
}
