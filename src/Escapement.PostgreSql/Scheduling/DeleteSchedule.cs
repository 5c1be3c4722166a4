using Escapement.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Removes a schedule. A run that is under way goes on; one that is queued is given up.</summary>
internal static class DeleteSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        ScheduleChangeLimits limits,
        Actor by,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        Run(session, scope, id, await FoundForUpdate.FindAsync(session, scope, id, limits, cancellationToken), limits, by, time);

    /// <summary>The same of one that was found with others.</summary>
    public static ScheduleChange Run(
        Session session, InstallScope scope, ScheduleId id, FoundForUpdate found, ScheduleChangeLimits limits, Actor by, TimeProvider time)
    {
        var (gate, current, over) = found;
        GateRow.Pay(session, gate, scope, limits.Now);
        if (ScheduleRules.Refusal(gate, current, limits) is { } refused)
        {
            return refused;
        }

        // In this order: an attempt that ends meanwhile queues its run only while it keeps the schedule from going.
        var bucket = Bucket.Of(scope.Tenant);
        if (limits.KeptDeleted > 0)
        {
            Keep(session, bucket, current!, limits, by);
        }

        DefinitionRow.Add(session, bucket, id, TimeSpan.Zero, DefinitionState.Deleted, limits.Now, by.Id);
        ScheduleTextRow.Remove(session, scope.Tenant, id);
        session.Sql("delete_schedule").Set("bucket", bucket).Set("id", id.Value);
        if (current!.ActiveRun is not null)
        {
            session.Sql("abandon_queued")
                .Set("bucket", bucket)
                .Set("schedule", id.Value)
                .Set("reason", (int)RunReason.ScheduleDeleted)
                .Set("now", limits.Now);
        }

        UnstartedRows.Add(session, bucket, GivenUp.With(current!, over, RunReason.ScheduleDeleted, limits.Now, time), limits.Now);
        return ScheduleChange.Deleted(current!, limits.Now);
    }

    private static void Keep(Session session, short bucket, Schedule schedule, ScheduleChangeLimits limits, Actor by)
    {
        StoredSchedule.WriteNext(session.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, limits.Now)).Set("bucket", bucket);
        session.Sql("keep_removed_schedule")
            .Set("now", limits.Now)
            .Set("by", by.Id)
            .Set("by_extension", by.Kind == ActorKind.Extension)
            .Set("with_install", false)
            .Set("bucket", bucket)
            .Set("id", schedule.Id.Value);

        // What admins delete is kept for its time, however much an extension deletes.
        if (by.Kind == ActorKind.Extension)
        {
            session.Sql("trim_removed_schedules")
                .Set("bucket", bucket)
                .Set("install", schedule.Scope.Install.Value)
                .Set("limit", (long)limits.KeptDeleted)
                .Set("most", (long)limits.KeptDeleted);
        }
    }
}
