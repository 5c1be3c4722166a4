using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Adds a schedule: one round trip to ask, one to write.</summary>
internal static class CreateSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session, Schedule schedule, ScheduleChangeLimits limits, string by, CancellationToken cancellationToken)
    {
        var scope = schedule.Scope;
        GateRow.Ask(session, scope);
        AskFound(session, schedule);
        ChangeGate gate;
        FoundForCreate found;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await GateRow.ReadAsync(rows, limits, cancellationToken);
            await rows.NextAsync(cancellationToken);
            found = await ReadFoundAsync(rows, cancellationToken);
        }

        GateRow.Pay(session, gate, scope, limits.Now);
        var change = ScheduleRules.Create(gate, schedule, found, limits);
        if (change.Schedule is not { } stored)
        {
            return change;
        }

        var bucket = Bucket.Of(scope.Tenant);
        StoredSchedule.WriteNew(session.Sql("create_schedule"), stored).Set("bucket", bucket);
        DefinitionRow.Add(session, bucket, stored.Id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
        ScheduleTextRow.Add(session, stored);
        return change;
    }

    /// <summary>Adds the questions for what a schedule would meet in its install to what is sent next; while the install is held.</summary>
    public static void AskFound(Session session, Schedule schedule)
    {
        session.Sql("count_schedules")
            .Set("bucket", Bucket.Of(schedule.Scope.Tenant))
            .Set("install", schedule.Scope.Install.Value)
            .Set("name", schedule.Name);
        ScheduleRow.AskEndpoint(session, schedule);
    }

    /// <summary>Reads the answers.</summary>
    public static async ValueTask<FoundForCreate> ReadFoundAsync(Rows rows, CancellationToken cancellationToken)
    {
        await rows.ReadAsync(cancellationToken);
        var (count, taken) = (rows.Int(0), rows.Int(1) > 0);
        await rows.NextAsync(cancellationToken);
        return new FoundForCreate(count, taken, EndpointThere: await rows.ReadAsync(cancellationToken));
    }
}
