using Escapement.Sharing;

namespace Escapement.Firing.Holding;

/// <summary>How many more runs this node can carry out now, of the slots that it shares with gateway calls.</summary>
internal sealed class Slots
{
    // A node at its limit gets slots back one by one. Waiting a moment for more of them lets a claim take several runs in one
    // transaction; half of the slots free is enough, because the guests in the other half keep the processors busy. It is the pace
    // of this machine, not of the schedules, hence real time.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(8);

    private readonly SharedSlots shared;
    private readonly Lock gate = new();
    private int wanted;
    private TaskCompletionSource? waiter;
    private TaskCompletionSource? drained;

    public Slots(SharedSlots shared)
    {
        this.shared = shared;
        shared.Freed += Look;
    }

    public int Capacity => shared.Plan.Runs.Most;

    /// <summary>Of them, those of one tenant at most.</summary>
    public int PerTenant => shared.Plan.Runs.PerTenant;

    public int Free => shared.RoomForRuns;

    public int Running => shared.Runs;

    /// <summary>How many more runs of a tenant this node may carry out.</summary>
    public int RoomOf(TenantId tenant) => shared.RoomForRunsOf(tenant);

    public void Take(IEnumerable<TenantId> tenants) => shared.TakeForRuns(tenants);

    /// <summary>Gives a slot back; answers whether its tenant had as many as it may, so that there is room for what was passed over.</summary>
    public bool Release(TenantId tenant) => shared.ReleaseRun(tenant);

    /// <summary>Waits until there is at least one free slot, and a moment longer for a few.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        shared.RunsWait(true);
        try
        {
            await UntilFreeAsync(1).WaitAsync(cancellationToken);
            var few = Math.Max(1, Capacity / 2);
            if (Free < few)
            {
                await UntilFreeAsync(few).WaitAsync(GatherFor, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            shared.RunsWait(false);
        }
    }

    /// <summary>Waits until every run has ended.</summary>
    public Task DrainedAsync()
    {
        lock (gate)
        {
            if (Running == 0)
            {
                return Task.CompletedTask;
            }

            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return drained.Task;
        }
    }

    private Task UntilFreeAsync(int count)
    {
        lock (gate)
        {
            if (Free >= count)
            {
                return Task.CompletedTask;
            }

            wanted = count;
            waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }

    private void Look()
    {
        TaskCompletionSource? reached = null, empty = null;
        lock (gate)
        {
            if (waiter is not null && Free >= wanted)
            {
                (reached, waiter) = (waiter, null);
            }

            if (drained is not null && Running == 0)
            {
                (empty, drained) = (drained, null);
            }
        }

        reached?.TrySetResult();
        empty?.TrySetResult();
    }
}
