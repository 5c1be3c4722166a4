using Escapement.Firing.Claiming;
using Escapement.Firing.Holding;
using Escapement.Firing.Stages;
using Escapement.Firing.Stopping;
using Escapement.Nodes;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

/// <summary>
/// Claims as long as more is due and slots are free, sends what it claimed on its path, and sleeps. What was claimed is prepared and started while more
/// is claimed: neither needs the other, and the store is the slower of the two.
/// </summary>
internal sealed partial class ClaimLoop(
    ClaimStage claim,
    RunPath path,
    DueSleep sleep,
    Slots slots,
    HeldRuns held,
    RoomWatch room,
    ClaimPulse pulse,
    NodeIntake intake,
    FiringOptions options,
    IReadOnlyList<IFiringObserver> observers,
    ILogger logger)
{
    /// <summary>Claims until the node stops; by then everything that was claimed is on its path.</summary>
    public async Task RunAsync(StopSteps stop)
    {
        var starting = Task.CompletedTask;
        var backlog = false;
        try
        {
            while (true)
            {
                stop.Claiming.ThrowIfCancellationRequested();
                if (intake.IsClosed)
                {
                    pulse.Busy();
                    await intake.WhenOpenAsync(stop.Claiming);
                    pulse.Beat();
                }

                if (slots.Free <= 0)
                {
                    pulse.Busy();
                    await slots.WaitAsync(stop.Claiming);
                    pulse.Beat();
                }

                // With a backlog and room for two whole batches, the store works on one claim while the other waits for the disk.
                var (roomBefore, free) = (room.Made, slots.Free);
                var two = backlog && free >= 2 * options.ClaimBatch;
                var claims = await Task.WhenAll(Enumerable.Range(0, two ? 2 : 1).Select(_ => ClaimAsync(two ? free / 2 : free, two ? 2 : 1, stop)));
                var before = starting;
                starting = Task.WhenAll(claims.Select(c => c.Starting));
                await before;
                backlog = claims.Any(c => c.Claimed.Batch.More);
                if (!backlog)
                {
                    await starting;
                    await sleep.SleepAsync(claims.Min(c => c.Claimed.Now), claims.Any(c => c.Claimed.Batch.PassedOver > 0), roomBefore, stop.Claiming);
                }
            }
        }
        finally
        {
            await starting;
        }
    }

    private async Task<(Claimed Claimed, Task Starting)> ClaimAsync(int freeSlots, int claims, StopSteps stop)
    {
        // What a tenant may still have here is halved too when two claims do not know of each other.
        var claimed = await claim.RunAsync(freeSlots, tenant => (slots.RoomOf(tenant) + claims - 1) / claims, stop.Claiming);
        pulse.Beat();
        Tell(claimed.Batch);
        return (claimed, claimed.Batch.Runs.Count > 0 ? Start(Hold(claimed), stop) : Task.CompletedTask);
    }

    // At once: the next claim must know which slots are taken, and the leases run already.
    private HeldRun[] Hold(Claimed claimed)
    {
        slots.Take(claimed.Batch.Runs.Select(run => run.Scope.Tenant));
        return [.. claimed.Batch.Runs.Select(run => held.Add(run, claimed.LeaseUntil, claimed.Span))];
    }

    private Task Start(HeldRun[] runs, StopSteps stop) => Task.Run(() => path.RunAsync(runs, stop));

    private void Tell(ClaimedBatch batch)
    {
        foreach (var observer in observers)
        {
            observer.Claimed(batch);
        }

        if (batch.Missed > 0)
        {
            Missed(batch.Missed);
        }

        if (batch.Unplannable > 0)
        {
            Unplannable(batch.Unplannable);
        }
    }
}
