using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>A row of the ledger for what did not start: an occurrence, or a range of them.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Scope">Its install.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="DueAt">The occurrence; for a range, the one that it stands under.</param>
/// <param name="State">Skipped, missed or abandoned.</param>
/// <param name="Reason">Why.</param>
/// <param name="Range">What it stands for, if that is a range.</param>
/// <param name="Error">What went wrong, if something did.</param>
internal sealed record UnstartedOccurrence(
    Guid Id, InstallScope Scope, ScheduleId Schedule, DateTimeOffset DueAt, RunState State, RunReason Reason, OccurrenceRange? Range, string? Error = null)
{
    /// <summary>The pause that kept it from starting; null where none did.</summary>
    public Pause? Pause { get; init; }

    /// <summary>Who said that it is not to start, and why; null where nobody did.</summary>
    public RunAsk? Asked { get; init; }

    /// <summary>An occurrence that was skipped ahead of time.</summary>
    public static UnstartedOccurrence Skipped(Guid id, InstallScope scope, ScheduleId schedule, OccurrenceSkip skip) =>
        new(id, scope, schedule, skip.At, RunState.Skipped, RunReason.SkippedByAdmin, Range: null) { Asked = new RunAsk(skip.By, skip.Note) };

    /// <summary>A stretch of a pause stands under its last occurrence: the first may have a row of another kind from before a clock was set back.</summary>
    public static UnstartedOccurrence Paused(Guid id, InstallScope scope, ScheduleId schedule, OccurrenceRange stretch, Pause by) =>
        new(id, scope, schedule, stretch.To, RunState.Skipped, RunReason.Paused, stretch) { Pause = by };

    /// <summary>A range stands under its first occurrence; one occurrence stands for itself.</summary>
    public static UnstartedOccurrence Of(
        Guid id, InstallScope scope, ScheduleId schedule, OccurrenceRange range, RunState state, RunReason reason) =>
        new(id, scope, schedule, range.From, state, reason, range.Count == 1 && state != RunState.Missed ? null : range);
}
