using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Brings back a schedule that was deleted: one round trip to hold it, one to ask what it would meet, one to write.</summary>
internal static class RestoreSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        string by,
        CancellationToken cancellationToken)
    {
        var (outcome, gate) = await LookAsync(session, scope, id, since, change, limits, cancellationToken);
        if (outcome.Schedule is { } stored)
        {
            var bucket = Bucket.Of(scope.Tenant);
            StoredRemovedSchedule.Write(session.Sql("restore_schedule"), stored).Set("bucket", bucket);
            DefinitionRow.Add(session, bucket, id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
            ScheduleTextRow.Add(session, stored);
            session.Sql("delete_removed_schedule").Set("bucket", bucket).Set("id", id.Value);
        }

        return outcome;
    }

    /// <summary>What would come of it, and the install's gate.</summary>
    public static async ValueTask<(ScheduleChange Outcome, ChangeGate Gate)> LookAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        CancellationToken cancellationToken)
    {
        GateRow.Ask(session, scope);
        session.Add(One(scope, id, since));
        ScheduleRow.AskRunningOf(session, scope, id);
        ChangeGate gate;
        Schedule? kept;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await GateRow.ReadFreeAsync(rows, cancellationToken);
            await rows.NextAsync(cancellationToken);
            kept = await rows.FirstAsync(StoredSchedule.Read, cancellationToken);
            await rows.NextAsync(cancellationToken);
            var running = await ScheduleRow.ReadRunningOfAsync(rows, cancellationToken);
            kept = kept is null ? null : kept with { ActiveRun = running };
        }

        if (ScheduleRules.Refusal(gate, kept, limits) is { } refused)
        {
            return (refused, gate);
        }

        var wanted = change(kept!);
        CreateSchedule.AskFound(session, wanted);
        FoundForCreate found;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            found = await CreateSchedule.ReadFoundAsync(rows, cancellationToken);
        }

        return (ScheduleRules.Create(gate, wanted, found, limits), gate);
    }

    /// <summary>The question for what is kept of a schedule.</summary>
    public static BatchStatement One(InstallScope scope, ScheduleId id, DateTimeOffset since) => BatchStatement.Of("hold_removed_schedule")
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("id", id.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("with_install", false)
        .Set("since", since);
}
