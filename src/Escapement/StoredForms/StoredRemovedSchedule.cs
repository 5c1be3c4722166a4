using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A schedule that was removed, in the order in which <c>list_removed_schedules</c> selects it.</summary>
internal static class StoredRemovedSchedule
{
    public static RemovedSchedule Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(StoredSchedule.Read(row), row.Time(27), row.Text(28));

    /// <summary>What can be restored by itself.</summary>
    public static TValues WriteList<TValues>(TValues statement, InstallScope scope, DateTimeOffset since, RemovedScheduleCursor behind, int limit)
        where TValues : IStoredValues<TValues> => WriteList(statement, scope, withInstall: false, since, behind, limit);

    /// <summary>All that comes back with its install.</summary>
    public static TValues WriteList<TValues>(TValues statement, InstallScope scope, DateTimeOffset since)
        where TValues : IStoredValues<TValues> => WriteList(statement, scope, withInstall: true, since, RemovedScheduleCursor.Start, long.MaxValue);

    /// <summary>Sets all that a schedule has that is stored again.</summary>
    public static TValues Write<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => StoredSchedule.WriteNew(statement, schedule)
        .Set("active_run", schedule.ActiveRun?.Value)
        .Set("last_run_at", schedule.LastRunAt)
        .Set("last_run_status", (long?)schedule.LastRunStatus)
        .Set("last_error", schedule.LastError)
        .Set("failures", (long)schedule.FailuresInARow)
        .Set("pause", KeptPauseJson.Write(schedule.Pause))
        .Set("pause_cause", (long?)schedule.Pause?.Cause)
        .Set("skips", KeptSkipsJson.Write(schedule.Skips))
        .Set("payload_revision", schedule.PayloadRevision)
        .Set("payload_used", schedule.PayloadUsed);

    private static TValues WriteList<TValues>(
        TValues statement, InstallScope scope, bool withInstall, DateTimeOffset since, RemovedScheduleCursor behind, long limit)
        where TValues : IStoredValues<TValues> => statement
        .Set("install", scope.Install.Value)
        .Set("with_install", withInstall)
        .Set("tenant", scope.Tenant.Value)
        .Set("since", since)
        .Set("before", behind.RemovedAt)
        .Set("before_id", behind.Schedule.Value)
        .Set("limit", limit);
}
