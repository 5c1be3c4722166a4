using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>
/// A schedule as its columns, in the order in which <c>get_schedule</c> and its like select them, and under the names by which <c>create_schedule</c>
/// and <c>update_schedule</c> take them.
/// </summary>
internal static class StoredSchedule
{
    public static Schedule Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = new ScheduleId(row.Id(0)),
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
            Name = row.TextOrNull(3),
            Endpoint = new EndpointKey(row.Text(4), row.Text(5)),
            Cron = row.Text(6),
            TimeZone = row.Text(7),
            Enabled = row.Bool(8),
            Payload = row.Utf8OrNull(9),
            Policy = PolicyJson.Read(row.TextOrNull(10)),
            NextDueAt = row.TimeOrNull(11),
            LastDueAt = row.TimeOrNull(12),
            ActiveRun = row.IdOrNull(13) is { } run ? new RunId(run) : null,
            LastRunAt = row.TimeOrNull(14),
            LastRunStatus = (LastRunStatus?)row.IntOrNull(15),
            LastError = row.TextOrNull(16),
            CreatedAt = row.Time(17),
            UpdatedAt = row.Time(18),
            Revision = row.Long(19),
            Waiting = WaitingJson.Read(row.TextOrNull(20)),
            FailuresInARow = row.Int(21),
            Pause = KeptPauseJson.Read(row.TextOrNull(22)),
            Held = KeptPauseJson.Read(row.TextOrNull(23)),
            Skips = KeptSkipsJson.Read(row.TextOrNull(24)),
            PayloadRevision = row.Long(25),
            PayloadUsed = row.Bool(26),
        };

    /// <summary>Sets all that a new schedule has.</summary>
    public static TValues WriteNew<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => WriteDefinition(statement, schedule)
        .Set("tenant", schedule.Scope.Tenant.Value)
        .Set("install", schedule.Scope.Install.Value)
        .Set("created_at", schedule.CreatedAt);

    /// <summary>Sets its id, what extensions and admins can change, and what their changes end.</summary>
    public static TValues WriteChanged<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => WriteDefinition(statement, schedule)
        .Set("waiting", WaitingJson.Write(schedule.Waiting))
        .Set("failures", (long)schedule.FailuresInARow)
        .Set("pause", KeptPauseJson.Write(schedule.Pause))
        .Set("pause_cause", (long?)schedule.Pause?.Cause)
        .Set("held", KeptPauseJson.Write(schedule.Held))
        .Set("skips", KeptSkipsJson.Write(schedule.Skips))
        .Set("payload_revision", schedule.PayloadRevision)
        .Set("payload_used", schedule.PayloadUsed);

    /// <summary>Sets its id, when it is due next, what waits, and whether it is enabled and why not.</summary>
    public static TValues WriteNext<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => WriteDue(statement, schedule)
        .Set("waiting", WaitingJson.Write(schedule.Waiting))
        .Set("last_error", schedule.LastError);

    /// <summary>Sets its id, and what another version of its extension changes.</summary>
    public static TValues WriteFollowing<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", schedule.Id.Value)
        .Set("pause", KeptPauseJson.Write(schedule.Pause))
        .Set("pause_cause", (long?)schedule.Pause?.Cause)
        .Set("failures", (long)schedule.FailuresInARow)
        .Set("last_error", schedule.LastError)
        .Set("next_start_at", schedule.ClaimAt);

    /// <summary>Sets which schedule is paused, and why.</summary>
    public static TValues WritePause<TValues>(TValues statement, ScheduleId schedule, Pause pause)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", schedule.Value)
        .Set("pause", KeptPauseJson.Write(pause))
        .Set("pause_cause", (long)pause.Cause);

    private static TValues WriteDefinition<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => WriteDue(statement, schedule)
        .Set("cron", schedule.Cron)
        .Set("time_zone", schedule.TimeZone)
        .Set("method", schedule.Endpoint.Method)
        .Set("path", schedule.Endpoint.Path)
        .Set("name", schedule.Name)
        .Set("policy", PolicyJson.Write(schedule.Policy))
        .Set("updated_at", schedule.UpdatedAt)
        .Set("revision", schedule.Revision)
        .SetUtf8("payload", schedule.Payload);

    private static TValues WriteDue<TValues>(TValues statement, Schedule schedule)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", schedule.Id.Value)
        .Set("next_due_at", schedule.NextDueAt)
        .Set("next_start_at", schedule.ClaimAt)
        .Set("last_due_at", schedule.LastDueAt)
        .Set("enabled", schedule.Enabled);
}
