using System.Runtime.InteropServices;

namespace Escapement.Sharing;

/// <summary>
/// The slots of a node's sandbox, counted for both kinds of work that want them. Runs are taken when they were claimed, which is decided
/// without holding anything; so a call that came in between may wait a moment for a thread of the sandbox.
/// </summary>
internal sealed class SharedSlots
{
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, int> runsOf = [];
    private int runs;
    private int calls;
    private bool runsWait;
    private bool callsWait;

    /// <summary>All slots are free.</summary>
    /// <param name="plan">How they are shared.</param>
    public SharedSlots(SlotPlan plan) => Plan = plan;

    /// <summary>How they are shared.</summary>
    public SlotPlan Plan { get; }

    /// <summary>Told, from any thread and with nothing held, when one kind of work may have more than before.</summary>
    internal event Action? Freed;

    internal int Runs => Volatile.Read(ref runs);

    internal int RoomForRuns
    {
        get
        {
            lock (gate)
            {
                return SlotRules.Room(Plan.Slots, Plan.Runs, runs, Plan.Calls, calls, callsWait);
            }
        }
    }

    /// <summary>How many more runs of a tenant this node may carry out.</summary>
    internal int RoomForRunsOf(TenantId tenant)
    {
        lock (gate)
        {
            return Plan.Runs.PerTenant - runsOf.GetValueOrDefault(tenant);
        }
    }

    internal void TakeForRuns(IEnumerable<TenantId> tenants)
    {
        lock (gate)
        {
            foreach (var tenant in tenants)
            {
                runs++;
                CollectionsMarshal.GetValueRefOrAddDefault(runsOf, tenant, out _)++;
            }
        }
    }

    /// <summary>Gives a run's slot back; answers whether its tenant had as many as it may.</summary>
    internal bool ReleaseRun(TenantId tenant)
    {
        int before;
        lock (gate)
        {
            runs--;
            before = runsOf.GetValueOrDefault(tenant);
            if (before > 1)
            {
                runsOf[tenant] = before - 1;
            }
            else
            {
                runsOf.Remove(tenant);
            }
        }

        Freed?.Invoke();
        return before >= Plan.Runs.PerTenant;
    }

    /// <summary>Says whether runs wait for a slot.</summary>
    internal void RunsWait(bool wait) => Wait(ref runsWait, wait);

    internal bool TryTakeForCall()
    {
        lock (gate)
        {
            var free = SlotRules.Room(Plan.Slots, Plan.Calls, calls, Plan.Runs, runs, runsWait) > 0;
            calls += free ? 1 : 0;
            return free;
        }
    }

    internal void ReleaseCall()
    {
        lock (gate)
        {
            calls--;
        }

        Freed?.Invoke();
    }

    /// <summary>Says whether calls wait for a slot.</summary>
    internal void CallsWait(bool wait) => Wait(ref callsWait, wait);

    private void Wait(ref bool waits, bool wait)
    {
        lock (gate)
        {
            if (waits == wait)
            {
                return;
            }

            waits = wait;
        }

        // What one no longer waits for the other may have.
        if (!wait)
        {
            Freed?.Invoke();
        }
    }
}
