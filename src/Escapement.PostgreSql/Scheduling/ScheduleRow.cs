using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Asks for schedules and reads them.</summary>
internal static class ScheduleRow
{
    public static Schedule Read(Rows rows) => StoredSchedule.Read(rows);

    /// <summary>One schedule of one install by <c>get_schedule</c> or <c>lock_schedule</c>, or null.</summary>
    public static async ValueTask<Schedule?> FindAsync(
        Session session, string statement, InstallScope scope, ScheduleId id, CancellationToken cancellationToken)
    {
        Ask(session, statement, scope, id);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.FirstAsync(Read, cancellationToken);
    }

    /// <summary>Adds the question for one schedule to what is sent next.</summary>
    public static void Ask(Session session, string statement, InstallScope scope, ScheduleId id) => session.Sql(statement)
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("id", id.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);

    /// <summary>All schedules of one install by <c>list_schedules</c> or <c>lock_schedules</c>.</summary>
    public static async ValueTask<List<Schedule>> ListAsync(Session session, string statement, InstallScope scope, CancellationToken cancellationToken)
    {
        session.Sql(statement).Set("bucket", Bucket.Of(scope.Tenant)).Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ListAsync(Read, cancellationToken);
    }

    /// <summary>Who holds a name in an install, or null.</summary>
    public static async ValueTask<ScheduleId?> HolderAsync(Session session, InstallScope scope, string name, CancellationToken cancellationToken)
    {
        session.Sql("find_schedule_name")
            .Set("bucket", Bucket.Of(scope.Tenant))
            .Set("install", scope.Install.Value)
            .Set("name", name)
            .Set("tenant", scope.Tenant.Value);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new ScheduleId(rows.Id(0)) : null;
    }

    /// <summary>Sets the columns that a create and an update write alike.</summary>
    public static BatchStatement SetChangeable(this BatchStatement statement, Schedule schedule) => statement
        .Set("bucket", Bucket.Of(schedule.Scope.Tenant))
        .Set("id", schedule.Id.Value)
        .Set("next_due_at", schedule.NextDueAt)
        .Set("enabled", schedule.Enabled)
        .Set("cron", schedule.Cron)
        .Set("time_zone", schedule.TimeZone)
        .Set("method", schedule.Endpoint.Method)
        .Set("path", schedule.Endpoint.Path)
        .Set("name", schedule.Name)
        .Set("policy", PolicyJson.Write(schedule.Policy))
        .Set("updated_at", schedule.UpdatedAt)
        .Set("revision", schedule.Revision)
        .SetUtf8("payload", schedule.Payload);
}
