using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;

namespace Escapement.Events;

/// <summary>Tells of the runs that this node carries out: that they began, how they ended, and that their schedules were paused for it.</summary>
internal sealed class ToldRuns(EventFeed feed) : IFiringObserver
{
    public void Claimed(ClaimedBatch batch)
    {
        foreach (var run in batch.Runs)
        {
            feed.Tell(new HostEvent(run.Scope.Tenant, EventKind.Run, "running", run.Lease.Id.Value, run.Schedule.Value));
        }
    }

    public void Sleeping(DateTimeOffset until)
    {
    }

    public void Recorded(AttemptOutcome outcome)
    {
        var lease = outcome.Lease;
#pragma warning disable CA1308 // words of the API are small
        feed.Tell(new HostEvent(lease.Tenant, EventKind.Run, outcome.State.ToString().ToLowerInvariant(), lease.Id.Value, lease.Schedule.Value));
#pragma warning restore CA1308
        if (ScheduleMark.Of(outcome, staysOpen: outcome.WantsAnother).Pausing is not null)
        {
            feed.Tell(new HostEvent(lease.Tenant, EventKind.Schedule, "paused", lease.Schedule.Value));
        }
    }
}
