using Escapement.Audit;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>What one claim in one bucket writes, decided before anything is written. A store turns each list into statements.</summary>
/// <param name="now">The instant of the claim.</param>
internal sealed class ClaimWrites(DateTimeOffset now)
{
    private readonly List<ClaimedRun> queued = [];
    private readonly List<ClaimedRun> opened = [];
    private readonly List<FilledRun> filled = [];
    private readonly List<UnstartedOccurrence> recorded = [];
    private readonly List<AdvancedSchedule> advanced = [];
    private readonly List<UnplannableSchedule> unplannable = [];
    private readonly List<HeldSchedule> held = [];
    private readonly List<ChangedByClaim> changed = [];
    private readonly List<Occurrence> doubtful = [];
    private readonly List<EndedBackfill> filledIn = [];
    private readonly HashSet<ScheduleId> covered = [];

    /// <summary>Queued runs taken under the lease, as attempts that start now.</summary>
    public IReadOnlyList<ClaimedRun> Queued => queued;

    /// <summary>Runs opened under the lease, one for each occurrence that fires.</summary>
    public IReadOnlyList<ClaimedRun> Opened => opened;

    /// <summary>Runs of backfills opened under the lease. Their due times are theirs alone, so the store is not asked about them.</summary>
    public IReadOnlyList<FilledRun> Filled => filled;

    /// <summary>Backfills that end, each with its audit entry, to which the store adds what became of it.</summary>
    public IReadOnlyList<EndedBackfill> FilledIn => filledIn;

    /// <summary>Occurrences that do not start, for the ledger.</summary>
    public IReadOnlyList<UnstartedOccurrence> Recorded => recorded;

    /// <summary>Schedules that move past the occurrences that their plans cover.</summary>
    public IReadOnlyList<AdvancedSchedule> Advanced => advanced;

    /// <summary>Schedules that are disabled because they cannot be planned.</summary>
    public IReadOnlyList<UnplannableSchedule> Unplannable => unplannable;

    /// <summary>Schedules that came due and are held, put aside.</summary>
    public IReadOnlyList<HeldSchedule> Held => held;

    /// <summary>Schedules whose own pause is over, and those that are disabled: for whoever watches.</summary>
    public IReadOnlyList<ChangedByClaim> Told => changed;

    /// <summary>Pauses that have ended; each goes when nothing is left that it held.</summary>
    public IReadOnlyList<OuterPause> Ended { get; init; } = [];

    /// <summary>
    /// Occurrences that may have been recorded or opened already: a clock that was set back makes them come due again. The store is
    /// asked which of them have, and told to <see cref="Drop"/> those.
    /// </summary>
    public IReadOnlyList<Occurrence> Doubtful => doubtful;

    /// <summary>How many schedules change.</summary>
    public int Changed => advanced.Count + unplannable.Count + held.Count;

    /// <summary>How many runs are taken or opened.</summary>
    public int Runs => queued.Count + opened.Count + filled.Count;

    public bool Covers(ScheduleId schedule) => covered.Contains(schedule);

    public void Take(ClaimedRun run) => queued.Add(run);

    /// <summary>Puts a schedule aside that pauses hold. Nothing of it is recorded: as long as it is held, its stretch is open.</summary>
    public void Hold(DueRow row, in PauseHold holding)
    {
        Cover(row);
        held.Add(new HeldSchedule(row.Schedule, holding.By!, holding.Until, EndsOwn(row), CountsAnew(row)));
    }

    /// <summary>Takes a plan; with the run that it opens, if it fires.</summary>
    public void Settle(DueRow row, in PauseHold holding, in OccurrencePlan plan, ClaimedRun? run, TimeProvider time)
    {
        Cover(row);
        if (plan.Broken is { } why)
        {
            Break(row, plan.LastDueAt, why, time);
            return;
        }

        foreach (var left in Skips.Due(row.Skips, row.DueAt, now - plan.Place))
        {
            recorded.Add(UnstartedOccurrence.Skipped(Ids.Next(time), row.Scope, row.Schedule, left));
            Doubt(row, left.At);
        }

        if (plan.Paused is { } stretch)
        {
            recorded.Add(UnstartedOccurrence.Paused(Ids.Next(time), row.Scope, row.Schedule, stretch, holding.Release!.By));
            Doubt(row, stretch.To);
        }

        if (plan.Missed is { } missed)
        {
            Record(row, missed.Range, RunState.Missed, missed.Reason, time);
        }

        foreach (var range in plan.Superseded ?? [])
        {
            Record(row, range, RunState.Missed, RunReason.Superseded, time);
        }

        if (plan.Skip is { } skip)
        {
            Record(row, OccurrenceRange.Of(skip), RunState.Skipped, RunReason.Overlap, time);
        }

        var waiting = plan.IsCatchUp ? (plan.Waiting ?? new Waiting()) with { CatchUpRun = run?.Lease.Id } : plan.Waiting;
        if (plan.Filled is { } occurrence)
        {
            var backfill = waiting!.Backfill! with { LatestDueAt = run!.DueAt };
            filled.Add(new FilledRun(run, new RunAsk(backfill.By, backfill.Note)
            {
                Repeats = occurrence.Repeats,
                Backfill = new BackfillPlace(backfill.Id, backfill.Total),
                Occurrence = occurrence.At,
            }));
            waiting = waiting with { Backfill = backfill };
        }
        else if (run is not null)
        {
            opened.Add(run);
            Doubt(row, run.DueAt);
        }

        if (waiting?.Backfill is null)
        {
            End(row, time);
        }

        advanced.Add(new AdvancedSchedule(
            row.Schedule,
            plan.NextDueAt,
            plan.NextStartAt,
            plan.LastDueAt,
            run?.Lease.Id,
            waiting,
            row.StartAt,
            row.Held is not null,
            EndsOwn(row),
            CountsAnew(row)));
    }

    /// <summary>Whether a schedule's own pause has ended.</summary>
    public bool EndsOwn(DueRow row) => row.Pause?.EndsAt <= now;

    /// <summary>
    /// Whether a schedule's own pause has ended by itself, as it was to, which sets its failures in a row back as a resume does. Who resumes has set them
    /// back already, and who takes a pause back has them as they were.
    /// </summary>
    public bool CountsAnew(DueRow row) => row.Pause is { EndedAt: null } && EndsOwn(row);

    /// <summary>
    /// Leaves out occurrences that the store has already: what was written first stays, and the schedule moves on all the same. Instants
    /// are compared as stores keep them, to the millisecond.
    /// </summary>
    public void Drop(IEnumerable<Occurrence> known)
    {
        var there = known.Select(k => k.Kept).ToHashSet();
        recorded.RemoveAll(r => there.Contains(new Occurrence(r.Schedule, r.DueAt).Kept));
        foreach (var run in opened.FindAll(r => there.Contains(new Occurrence(r.Schedule, r.DueAt).Kept)))
        {
            opened.Remove(run);
            var at = advanced.FindIndex(a => a.Schedule == run.Schedule);
            advanced[at] = advanced[at].WithoutRun();
        }
    }

    private void Cover(DueRow row)
    {
        covered.Add(row.Schedule);
        if (EndsOwn(row))
        {
            changed.Add(new ChangedByClaim(row.Scope.Tenant, row.Schedule, IsResumed: true));
        }
    }

    // What waited has no other row to come.
    private void Break(DueRow row, DateTimeOffset? dueAt, string why, TimeProvider time)
    {
        OccurrenceRange[] due = dueAt is { } at ? [OccurrenceRange.Of(at)] : [];
        OccurrenceRange[] first = row.Waiting?.Due is { } next ? [OccurrenceRange.Of(next)] : [];
        foreach (var range in (IEnumerable<OccurrenceRange>)[.. due, .. first, .. row.Waiting?.CatchUp ?? []])
        {
            Record(row, range, RunState.Abandoned, RunReason.ScheduleUnplannable, time, why);
        }

        End(row, time);
        unplannable.Add(new UnplannableSchedule(row.Schedule, dueAt, why));
        changed.Add(new ChangedByClaim(row.Scope.Tenant, row.Schedule, IsResumed: false));
    }

    private void End(DueRow row, TimeProvider time)
    {
        if (row.Waiting?.Backfill is { } backfill)
        {
            var entry = AuditEntry.Of(time, row.Scope, Actor.Host, "schedule.backfill-end", row.Schedule.ToString(), detail: backfill.Note);
            filledIn.Add(new EndedBackfill(backfill, row.Schedule, entry));
        }
    }

    private void Record(DueRow row, OccurrenceRange range, RunState state, RunReason reason, TimeProvider time, string? error = null)
    {
        recorded.Add(UnstartedOccurrence.Of(Ids.Next(time), row.Scope, row.Schedule, range, state, reason) with { Error = error });
        Doubt(row, range.From);
    }

    private void Doubt(DueRow row, DateTimeOffset dueAt)
    {
        if (dueAt <= row.LastDueAt)
        {
            doubtful.Add(new Occurrence(row.Schedule, dueAt));
        }
    }
}

/// <summary>A run of a backfill.</summary>
/// <param name="Run">The run.</param>
/// <param name="Asked">Who began the backfill, and what the run makes up for.</param>
internal sealed record FilledRun(ClaimedRun Run, RunAsk Asked);

/// <summary>A backfill that has ended.</summary>
internal sealed record EndedBackfill(Backfill Backfill, ScheduleId Schedule, AuditEntry Entry);

/// <summary>One instant of one schedule.</summary>
internal readonly record struct Occurrence(ScheduleId Schedule, DateTimeOffset DueAt)
{
    /// <summary>As stores keep it.</summary>
    public (ScheduleId Schedule, long Milliseconds) Kept => (Schedule, DueAt.ToUnixTimeMilliseconds());
}
