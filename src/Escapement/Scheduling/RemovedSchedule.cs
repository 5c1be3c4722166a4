namespace Escapement.Scheduling;

/// <summary>A schedule that was deleted and can be restored.</summary>
/// <param name="Schedule">As it was.</param>
/// <param name="RemovedAt">When it was deleted.</param>
/// <param name="RemovedBy">By whom.</param>
internal sealed record RemovedSchedule(Schedule Schedule, DateTimeOffset RemovedAt, string RemovedBy);

/// <summary>A place in the list of what was deleted, the latest first.</summary>
/// <param name="RemovedAt">When the row was deleted.</param>
/// <param name="Schedule">Its id.</param>
internal sealed record RemovedScheduleCursor(DateTimeOffset RemovedAt, ScheduleId Schedule)
{
    /// <summary>Before all.</summary>
    public static RemovedScheduleCursor Start { get; } = new(DateTimeOffset.MaxValue, new ScheduleId(Guid.AllBitsSet));
}
