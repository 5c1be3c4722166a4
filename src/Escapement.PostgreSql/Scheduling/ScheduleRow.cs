using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Asks for schedules and reads them.</summary>
internal static class ScheduleRow
{
    /// <summary>One schedule of one install by <c>get_schedule</c> or <c>lock_schedule</c>, or null.</summary>
    public static async ValueTask<Schedule?> FindAsync(
        Session session, string statement, InstallScope scope, ScheduleId id, CancellationToken cancellationToken)
    {
        Ask(session, statement, scope, id);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.FirstAsync(StoredSchedule.Read, cancellationToken);
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
        return await rows.ListAsync(StoredSchedule.Read, cancellationToken);
    }

    /// <summary>Adds the question whether the installed version has a schedule's endpoint to what is sent next; a row says yes.</summary>
    public static void AskEndpoint(Session session, Schedule schedule) => session.Sql("find_endpoint")
        .Set("bucket", Bucket.Of(schedule.Scope.Tenant))
        .Set("install", schedule.Scope.Install.Value)
        .Set("path", schedule.Endpoint.Path)
        .Set("method", schedule.Endpoint.Method);

    /// <summary>Whether the installed version has a schedule's endpoint.</summary>
    public static async ValueTask<bool> HasEndpointAsync(Session session, Schedule schedule, CancellationToken cancellationToken)
    {
        AskEndpoint(session, schedule);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    /// <summary>Adds the question for the runs of an install that are under way, which are held, to what is sent next.</summary>
    public static void AskRunning(Session session, InstallScope scope) =>
        session.Sql("hold_running").Set("bucket", Bucket.Of(scope.Tenant)).Set("install", scope.Install.Value);

    /// <summary>Reads them, by their schedules.</summary>
    public static async ValueTask<Dictionary<ScheduleId, RunId?>> ReadRunningAsync(Rows rows, CancellationToken cancellationToken) =>
        (await rows.ListAsync(r => (Schedule: new ScheduleId(r.Id(0)), Run: (RunId?)new RunId(r.Id(1))), cancellationToken))
        .ToDictionary(r => r.Schedule, r => r.Run);

    /// <summary>Adds the question for the run of a schedule that is under way, which is held, to what is sent next.</summary>
    public static void AskRunningOf(Session session, InstallScope scope, ScheduleId id) => session.Sql("hold_running_one")
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("install", scope.Install.Value)
        .Set("schedule", id.Value);

    /// <summary>Reads it, or null.</summary>
    public static async ValueTask<RunId?> ReadRunningOfAsync(Rows rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken) ? new RunId(rows.Id(0)) : null;

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
}
