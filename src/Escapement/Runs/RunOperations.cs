using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Runs;

/// <summary>Runs that somebody asks for: run-now, and repeating a run. They are the admin's alone (contract section 3).</summary>
public sealed class RunOperations
{
    private readonly IRunStore runs;
    private readonly AuditLog audit;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;

    /// <summary>Makes the operations over a store.</summary>
    internal RunOperations(IRunStore runs, AuditLog audit, WakeSignal wake, TimeProvider time)
    {
        this.runs = runs;
        this.audit = audit;
        this.wake = wake;
        this.time = time;
    }

    /// <summary>
    /// Queues a run of a schedule outside its rhythm, recorded with who asked and why. Refused while a run of the schedule is open, and
    /// while its install is disabled or its tenant or the host is paused; a disabled schedule may be run, and one that is paused by itself or
    /// with its install.
    /// </summary>
    /// <param name="scope">The install that owns the schedule.</param>
    /// <param name="scheduleId">The schedule; any text, unknown ids are refused.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="note">Why, in at most <see cref="Pause.MaxNote"/> characters; null for no word.</param>
    /// <param name="cancellationToken">Gives up; what was queued by then stays.</param>
    public async ValueTask<RunNowOutcome> RunNowAsync(
        InstallScope scope, string scheduleId, Actor actor, string? note = null, CancellationToken cancellationToken = default)
    {
        if (!ScheduleId.TryParse(scheduleId, out var schedule))
        {
            return new RunNowOutcome.NotFound();
        }

        var run = new AskedRun
        {
            Id = new RunId(Ids.Next(time)),
            Scope = scope,
            Schedule = schedule,
            Trigger = RunTrigger.RunNow,
            At = time.GetUtcNow(),
            By = actor.Id,
            Note = Trimmed(note),
        };
        return await AskAsync(run, Entry(run, actor, "schedule.run-now", $"run {run.Id}"), early: null, cancellationToken);
    }

    /// <summary>
    /// Queues a run that repeats an ended one: with the payload that that had, and told the due time that that was told. Refused as a run-now is,
    /// for rows of what never started, and when its schedule or its payload is gone.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="runId">The run that is to be repeated; any text, unknown ids are refused.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="note">Why, in at most <see cref="Pause.MaxNote"/> characters; null for no word.</param>
    /// <param name="cancellationToken">Gives up; what was queued by then stays.</param>
    public async ValueTask<RunNowOutcome> RerunAsync(
        TenantId tenant, string runId, Actor actor, string? note = null, CancellationToken cancellationToken = default)
    {
        if (!Ids.TryParse(runId, out var id) || await runs.GetAsync(tenant, new RunId(id), cancellationToken) is not { } original)
        {
            return new RunNowOutcome.NotFound();
        }

        var run = new AskedRun
        {
            Id = new RunId(Ids.Next(time)),
            Scope = original.Scope,
            Schedule = original.Schedule,
            Trigger = RunTrigger.Rerun,
            At = time.GetUtcNow(),
            By = actor.Id,
            Note = Trimmed(note),
            Repeats = original.Id,
            Occurrence = original.Occurrence ?? original.DueAt,
            PayloadRevision = original.PayloadRevision,
        };
        RunNowOutcome? early = original switch
        {
            { State: RunState.Queued or RunState.Running } => new RunNowOutcome.NotEnded(original.Id),
            { PayloadRevision: null } => new RunNowOutcome.NeverStarted(),
            _ => null,
        };
        var outcome = await AskAsync(run, Entry(run, actor, "schedule.rerun", $"run {run.Id} repeats {original.Id}"), early, cancellationToken);
        return outcome is RunNowOutcome.NotFound ? new RunNowOutcome.ScheduleGone() : outcome;
    }

    private async ValueTask<RunNowOutcome> AskAsync(AskedRun run, AuditEntry entry, RunNowOutcome? early, CancellationToken cancellationToken)
    {
        if (run.Note is not null && Pause.NoteProblem(run.Note, "A run") is { } problem)
        {
            early = new RunNowOutcome.InvalidNote(problem);
        }

        if (early is not null)
        {
            await audit.RecordAsync(entry.Refused(early.Refusal, early.GetType().Name), cancellationToken);
            return early;
        }

        var outcome = await runs.AskAsync(run, entry, cancellationToken);
        if (outcome is RunNowOutcome.Queued)
        {
            wake.Announce(DateTimeOffset.MinValue);
        }

        return outcome;
    }

    private AuditEntry Entry(AskedRun run, Actor actor, string action, string what) => AuditEntry.Of(
        time, run.Scope, actor, action, run.Schedule.ToString(), detail: run.Note is { } note ? $"{what}: {note}" : what);

    private static string? Trimmed(string? note) => note?.Trim() is { Length: > 0 } some ? some : null;
}
