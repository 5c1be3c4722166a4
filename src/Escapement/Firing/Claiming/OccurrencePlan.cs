using Escapement.Runs;

namespace Escapement.Firing.Claiming;

/// <summary>What a plan is made from.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="DueAt">Its earliest occurrence without a ledger row.</param>
/// <param name="Cron">Its expression.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="ActiveRun">Its open run, if any.</param>
internal readonly record struct DueSchedule(ScheduleId Schedule, DateTimeOffset DueAt, string Cron, string TimeZone, RunId? ActiveRun);

/// <summary>What becomes of a due schedule: every occurrence up to now ends in the ledger, and the next one is set.</summary>
/// <param name="NextDueAt">The first occurrence after now; null when there is none.</param>
/// <param name="LastDueAt">The latest occurrence that this plan covers.</param>
/// <param name="Fire">The occurrence to run, if any.</param>
/// <param name="Skip">The occurrence to record as skipped for overlap, if any.</param>
/// <param name="Missed">The occurrences to record as missed, if any.</param>
/// <param name="Broken">
/// Why the schedule cannot be planned, at most 4,000 characters: its zone is unknown here, its expression unreadable. Null for nearly every
/// plan. When it is set, <paramref name="LastDueAt"/> is the due time and all else is empty.
/// </param>
internal readonly record struct OccurrencePlan(
    DateTimeOffset? NextDueAt, DateTimeOffset LastDueAt, DateTimeOffset? Fire, DateTimeOffset? Skip, MissedOccurrences? Missed, string? Broken = null);

/// <summary>A range of occurrences that did not start.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Count">How many, both included.</param>
/// <param name="Reason"><see cref="RunReason.Superseded"/> or <see cref="RunReason.OutsideCatchUpWindow"/>.</param>
internal readonly record struct MissedOccurrences(DateTimeOffset From, DateTimeOffset To, int Count, RunReason Reason);
