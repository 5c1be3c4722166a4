namespace Escapement.Scheduling;

/// <summary>A schedule that was deleted and can be restored.</summary>
/// <param name="Schedule">As it was.</param>
/// <param name="RemovedAt">When it was deleted.</param>
/// <param name="RemovedBy">By whom.</param>
internal sealed record RemovedSchedule(Schedule Schedule, DateTimeOffset RemovedAt, string RemovedBy);
