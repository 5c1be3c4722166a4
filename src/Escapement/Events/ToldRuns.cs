using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.Events;

/// <summary>
/// Tells of what this node claims, carries out and takes back: of runs that they began, how they ended and what becomes of a lost node's; of occurrences
/// that do not start; and of schedules that were paused, let go or disabled for it.
/// </summary>
internal sealed class ToldRuns(EventFeed feed) : IFiringObserver
{
    public void Claimed(ClaimedBatch batch)
    {
        if (!feed.IsWatched)
        {
            return;
        }

        foreach (var run in batch.Runs)
        {
            feed.Tell(new HostEvent(run.Scope.Tenant, EventKind.Run, "running", run.Lease.Id.Value, run.Schedule.Value));
        }

        foreach (var rows in batch.NotStarted.GroupBy(r => (r.Scope.Tenant, r.State)))
        {
            feed.Tell(new HostEvent(rows.Key.Tenant, EventKind.Run, Word(rows.Key.State), Id: null, Schedule: null, rows.Count()));
        }

        foreach (var changed in batch.Changed)
        {
            feed.Tell(new HostEvent(changed.Tenant, EventKind.Schedule, changed.IsResumed ? "resumed" : "changed", changed.Schedule.Value));
        }
    }

    public void Sleeping(DateTimeOffset until)
    {
    }

    public void Recovered(RecoveredRuns recovered)
    {
        foreach (var settled in recovered.Runs)
        {
            feed.Tell(new HostEvent(settled.Run.Scope.Tenant, EventKind.Run, Word(settled.State), settled.Run.Id.Value, settled.Run.Schedule.Value));
        }
    }

    public void Recorded(AttemptOutcome outcome)
    {
        var lease = outcome.Lease;
        feed.Tell(new HostEvent(lease.Tenant, EventKind.Run, Word(outcome.State), lease.Id.Value, lease.Schedule.Value));
        if (ScheduleMark.Of(outcome, staysOpen: outcome.WantsAnother).Pausing is not null)
        {
            feed.Tell(new HostEvent(lease.Tenant, EventKind.Schedule, "paused", lease.Schedule.Value));
        }
    }

#pragma warning disable CA1308 // words of the API are small
    private static string Word(RunState state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
