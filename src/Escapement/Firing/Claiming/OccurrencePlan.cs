using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>What a plan is made from.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="DueAt">Its earliest occurrence that is not covered yet; the end of time when no date is left and only something waits.</param>
/// <param name="Cron">Its expression.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="ActiveRun">Its open run, if any.</param>
/// <param name="Policy">How it is to be carried out.</param>
/// <param name="Waiting">Its occurrences that wait for their turn, if any.</param>
internal readonly record struct DueSchedule(
    ScheduleId Schedule, DateTimeOffset DueAt, string Cron, string TimeZone, RunId? ActiveRun, SchedulePolicy Policy, Waiting? Waiting = null)
{
    /// <summary>Occurrences that are skipped ahead of time, in order; none for nearly every schedule.</summary>
    public IReadOnlyList<DateTimeOffset> Skips { get; init; } = [];

    /// <summary>How pauses let it go; null for nearly every schedule, which nothing had held.</summary>
    public PauseRelease? Release { get; init; }
}

/// <summary>What becomes of a schedule in a claim: every occurrence up to now is in the ledger or waits, and the next one is set.</summary>
/// <param name="NextDueAt">The first occurrence after now; null when there is none.</param>
/// <param name="LastDueAt">The latest occurrence that this plan covers; null when it covers none, because something waited.</param>
/// <param name="Fire">The occurrence to run, if any.</param>
/// <param name="Skip">The occurrence to record as skipped for overlap, if any.</param>
/// <param name="Missed">The occurrences to record as missed, if any.</param>
/// <param name="Broken">
/// Why the schedule cannot be planned, at most 4,000 characters: its zone is unknown here, its expression unreadable. Null for nearly every
/// plan. When it is set, <paramref name="LastDueAt"/> is the due time, if that has come, and all else is empty.
/// </param>
internal readonly record struct OccurrencePlan(
    DateTimeOffset? NextDueAt, DateTimeOffset? LastDueAt, DateTimeOffset? Fire, DateTimeOffset? Skip, MissedOccurrences? Missed, string? Broken = null)
{
    /// <summary>By how much occurrences start after they are due.</summary>
    public TimeSpan Place { get; init; }

    /// <summary>When the next occurrence starts.</summary>
    public DateTimeOffset? NextStartAt => NextDueAt + Place;

    /// <summary>What waits from now on; null for nothing.</summary>
    public Waiting? Waiting { get; init; }

    /// <summary>The occurrence of a backfill to run, if it is its turn; then none fires.</summary>
    public BackfilledOccurrence? Filled { get; init; }

    /// <summary>Whether the occurrence to run is one of a catch-up or of a backfill.</summary>
    public bool IsCatchUp { get; init; }

    /// <summary>Occurrences that pauses kept from starting and that do not run now either; null for none.</summary>
    public OccurrenceRange? Paused { get; init; }

    /// <summary>Occurrences that waited and are to be recorded as missed, because others took their place; null for none.</summary>
    public IReadOnlyList<OccurrenceRange>? Superseded { get; init; }
}

/// <summary>A range of occurrences that did not start.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Count">How many, both included.</param>
/// <param name="Reason"><see cref="RunReason.Superseded"/>, <see cref="RunReason.OutsideCatchUpWindow"/> or <see cref="RunReason.NotCaughtUp"/>.</param>
internal readonly record struct MissedOccurrences(DateTimeOffset From, DateTimeOffset To, int Count, RunReason Reason)
{
    public OccurrenceRange Range => new(From, To, Count);
}
