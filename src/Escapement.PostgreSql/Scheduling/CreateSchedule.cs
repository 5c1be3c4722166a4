using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Adds a schedule: one round trip to ask, one to write.</summary>
internal static class CreateSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(Session session, Schedule schedule, ScheduleChangeLimits limits, CancellationToken cancellationToken)
    {
        var scope = schedule.Scope;
        GateRow.Ask(session, scope);
        session.Sql("count_schedules").Set("bucket", Bucket.Of(scope.Tenant)).Set("install", scope.Install.Value).Set("name", schedule.Name);
        ChangeGate gate;
        int count;
        bool taken;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await GateRow.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            (count, taken) = (rows.Int(0), rows.Int(1) > 0);
        }

        GateRow.Pay(session, gate, scope, limits.Now);
        var change = ScheduleRules.Create(gate, schedule, count, taken, limits);
        if (change.Schedule is not { } stored)
        {
            return change;
        }

        StoredSchedule.WriteNew(session.Sql("create_schedule"), stored).Set("bucket", Bucket.Of(scope.Tenant));
        return change;
    }
}
