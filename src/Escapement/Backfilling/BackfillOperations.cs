using Escapement.Audit;
using Escapement.Retention;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Backfilling;

/// <summary>Filling in the past of a schedule: showing what that would run, beginning it, and steering it. It is the admin's alone.</summary>
internal sealed class BackfillOperations(IBackfillStore store, AuditLog audit, WakeSignal wake, RetentionOptions retention, TimeProvider time)
{
    /// <summary>What a backfill of a range would run, the oldest first; null when the install has no such schedule.</summary>
    public async ValueTask<Result<IReadOnlyList<BackfilledOccurrence>>?> PreviewAsync(
        InstallScope scope, ScheduleId schedule, BackfillRange range, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (range.FindProblem(now, retention.At(now).Runs) is { } problem)
        {
            return new Result<IReadOnlyList<BackfilledOccurrence>>([problem]);
        }

        return await store.ReadAsync(scope, schedule, range, cancellationToken) is { } ground ? BackfillSelection.Of(ground, range) : null;
    }

    /// <summary>Begins a backfill with what was shown; what ran since, or is to run, is left out and listed.</summary>
    /// <param name="scope">The install that owns the schedule.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="range">The range that was shown.</param>
    /// <param name="shown">Its occurrences that were shown.</param>
    /// <param name="note">Why, in at most <see cref="Pause.MaxNote"/> characters; null for no word.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up; what was begun by then stays.</param>
    public async ValueTask<BackfillOutcome> BeginAsync(
        InstallScope scope,
        ScheduleId schedule,
        BackfillRange range,
        IReadOnlyCollection<DateTimeOffset> shown,
        string? note,
        Actor actor,
        CancellationToken cancellationToken = default)
    {
        var trimmed = note?.Trim() is { Length: > 0 } some ? some : null;
        var entry = Entry(scope, schedule, actor, "schedule.backfill");
        if (trimmed is not null && Pause.NoteProblem(trimmed, "A backfill") is { } problem)
        {
            await audit.RecordAsync(entry.Refused(problem.Message, nameof(BackfillOutcome.Invalid)), cancellationToken);
            return new BackfillOutcome.Invalid(problem);
        }

        var wanted = new Backfill
        {
            Id = Ids.Next(time),
            From = range.From,
            To = range.To,
            Of = range.Of,
            Note = trimmed,
            By = actor.Id,
            Since = time.GetUtcNow(),
            Total = 0,
            Left = [],
        };
        return Announce(await store.ChangeAsync(
            scope, schedule, range, ground => BackfillRules.Begin(ground, range, shown, wanted), entry, cancellationToken));
    }

    /// <summary>Has a backfill wait until somebody has it go on; a run under way finishes.</summary>
    public ValueTask<BackfillOutcome> PauseAsync(
        InstallScope scope, ScheduleId schedule, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, schedule, BackfillRules.Pause, Entry(scope, schedule, actor, "schedule.backfill-pause"), cancellationToken);

    /// <summary>Has it go on.</summary>
    public async ValueTask<BackfillOutcome> ResumeAsync(
        InstallScope scope, ScheduleId schedule, Actor actor, CancellationToken cancellationToken = default) =>
        Announce(await ChangeAsync(scope, schedule, BackfillRules.Resume, Entry(scope, schedule, actor, "schedule.backfill-resume"), cancellationToken));

    /// <summary>Ends it; a run under way finishes.</summary>
    public ValueTask<BackfillOutcome> CancelAsync(
        InstallScope scope, ScheduleId schedule, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, schedule, BackfillRules.Cancel, Entry(scope, schedule, actor, "schedule.backfill-cancel"), cancellationToken);

    private ValueTask<BackfillOutcome> ChangeAsync(
        InstallScope scope,
        ScheduleId schedule,
        Func<BackfillGround, DateTimeOffset, BackfillChange> change,
        AuditEntry entry,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ChangeAsync(scope, schedule, range: null, ground => change(ground, now), entry, cancellationToken);
    }

    private AuditEntry Entry(InstallScope scope, ScheduleId schedule, Actor actor, string action) =>
        AuditEntry.Of(time, scope, actor, action, schedule.ToString());

    private BackfillOutcome Announce(BackfillOutcome outcome)
    {
        if (outcome is BackfillOutcome.Done)
        {
            wake.Announce(DateTimeOffset.MinValue);
        }

        return outcome;
    }
}
