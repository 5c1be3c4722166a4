using Escapement.Audit;
using Escapement.Waking;

namespace Escapement.Runs;

/// <summary>Run-now, which is the admin's alone (contract section 3).</summary>
public sealed class RunOperations
{
    private readonly IRunStore runs;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;

    /// <summary>Makes the operations over a store.</summary>
    internal RunOperations(IRunStore runs, WakeSignal wake, TimeProvider time)
    {
        this.runs = runs;
        this.wake = wake;
        this.time = time;
    }

    /// <summary>
    /// Queues a run of a schedule outside its rhythm, recorded with who asked. Refused while a run of the schedule is open, and
    /// while its install is disabled or its tenant or the host is paused; a disabled schedule may be run, and one that is paused by itself or
    /// with its install.
    /// </summary>
    public async ValueTask<RunNowOutcome> RunNowAsync(InstallScope scope, string scheduleId, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!ScheduleId.TryParse(scheduleId, out var schedule))
        {
            return new RunNowOutcome.NotFound();
        }

        var now = time.GetUtcNow();
        var run = new RunId(Ids.Next(time));
        var entry = AuditEntry.Of(time, scope, actor, "schedule.run-now", schedule.ToString(), detail: $"run {run}");
        var outcome = await runs.RunNowAsync(scope, schedule, run, now, actor.Id, entry, cancellationToken);
        if (outcome is RunNowOutcome.Queued)
        {
            wake.Announce(DateTimeOffset.MinValue);
        }

        return outcome;
    }
}
