using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Listing;

/// <summary>Keeps by what schedules are found, within the changes of schedules.</summary>
internal static class ScheduleTextRow
{
    public static void Add(Session session, Schedule schedule) => StoredListedSchedule.WriteText(session.Sql("add_schedule_text"), schedule)
        .Set("bucket", Bucket.Of(schedule.Scope.Tenant))
        .Set("tenant", schedule.Scope.Tenant.Value);

    /// <summary>With a change of a schedule; most change neither name nor endpoint.</summary>
    public static void Change(Session session, Schedule before, Schedule after)
    {
        if (before.Name != after.Name || before.Endpoint != after.Endpoint)
        {
            StoredListedSchedule.WriteText(session.Sql("change_schedule_text"), after).Set("bucket", Bucket.Of(after.Scope.Tenant));
        }
    }

    public static void Remove(Session session, TenantId tenant, ScheduleId id) =>
        session.Sql("remove_schedule_text").Set("bucket", Bucket.Of(tenant)).Set("id", id.Value);

    /// <summary>Before the schedules of an install go.</summary>
    public static void RemoveAll(Session session, InstallScope scope) =>
        session.Sql("remove_schedule_texts").Set("bucket", Bucket.Of(scope.Tenant)).Set("install", scope.Install.Value);
}
