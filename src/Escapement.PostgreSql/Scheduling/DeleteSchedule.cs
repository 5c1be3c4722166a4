using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Pausing;
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
        string by,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        GateRow.Ask(session, scope);
        ScheduleRow.Ask(session, "lock_schedule", scope, id);
        PauseRows.Ask(session, scope);
        ChangeGate gate;
        Schedule? current;
        IReadOnlyCollection<Pause> over;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await GateRow.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            current = await rows.FirstAsync(StoredSchedule.Read, cancellationToken);
            await rows.NextAsync(cancellationToken);
            over = await PauseRows.OverAsync(rows, scope, cancellationToken);
        }

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

        DefinitionRow.Add(session, bucket, id, TimeSpan.Zero, DefinitionState.Deleted, limits.Now, by);
        ScheduleTextRow.Remove(session, scope.Tenant, id);
        session.Sql("delete_schedule").Set("bucket", bucket).Set("id", id.Value);
        session.Sql("abandon_queued")
            .Set("bucket", bucket)
            .Set("schedule", id.Value)
            .Set("reason", (int)RunReason.ScheduleDeleted)
            .Set("now", limits.Now);
        UnstartedRows.Add(session, bucket, GivenUp.With(current!, over, RunReason.ScheduleDeleted, limits.Now, time), limits.Now);
        return ScheduleChange.Deleted(current!, limits.Now);
    }

    private static void Keep(Session session, short bucket, Schedule schedule, ScheduleChangeLimits limits, string by)
    {
        StoredSchedule.WriteNext(session.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, limits.Now)).Set("bucket", bucket);
        session.Sql("keep_removed_schedule")
            .Set("now", limits.Now)
            .Set("by", by)
            .Set("with_install", false)
            .Set("bucket", bucket)
            .Set("id", schedule.Id.Value);
        session.Sql("trim_removed_schedules")
            .Set("bucket", bucket)
            .Set("install", schedule.Scope.Install.Value)
            .Set("with_install", false)
            .Set("limit", (long)limits.KeptDeleted)
            .Set("most", (long)limits.KeptDeleted);
    }
}
