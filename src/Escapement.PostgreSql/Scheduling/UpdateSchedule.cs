using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>Changes a schedule, which is held from the look at it to the commit.</summary>
internal static class UpdateSchedule
{
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        string by,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var found = await FoundForUpdate.FindAsync(session, scope, id, limits, cancellationToken);
        return await RunAsync(session, scope, id, found, change, limits, by, time, cancellationToken);
    }

    /// <summary>The same of one that was found with others.</summary>
    public static async ValueTask<ScheduleChange> RunAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        FoundForUpdate found,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        string by,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (gate, current, over) = found;
        GateRow.Pay(session, gate, scope, limits.Now);
        if (ScheduleRules.Refusal(gate, current, limits) is { } refused)
        {
            return refused;
        }

        var asked = change(current!);
        if (asked.Schedule is not { } wanted)
        {
            return asked;
        }

        var nameTaken = ScheduleRules.AsksForName(current!, wanted)
            && await ScheduleRow.HolderAsync(session, scope, wanted.Name!, cancellationToken) is not null;
        var endpointThere = !ScheduleRules.AsksForEndpoint(current!, wanted) || await ScheduleRow.HasEndpointAsync(session, wanted, cancellationToken);
        var outcome = ScheduleRules.Update(gate, current!, wanted, nameTaken, endpointThere, limits);
        if (outcome.Schedule is { } stored)
        {
            var bucket = Bucket.Of(scope.Tenant);
            if (ScheduleRules.ReplacesUsedPayload(current!, stored))
            {
                session.Sql("keep_payload").Set("now", limits.Now).Set("bucket", bucket).Set("id", id.Value);
                session.Sql("trim_past_payloads")
                    .Set("bucket", bucket)
                    .Set("id", id.Value)
                    .Set("most", (long)ScheduleRules.MostPastPayloads)
                    .Set("limit", (long)ScheduleRules.MostPastPayloads);
            }

            StoredSchedule.WriteChanged(session.Sql("update_schedule"), stored).Set("bucket", bucket);
            if (!ScheduleRules.SameDefinition(current!, stored))
            {
                DefinitionRow.Add(session, bucket, id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
            }

            ScheduleTextRow.Change(session, current!, stored);
            UnstartedRows.Add(session, bucket, GivenUp.By(current!, stored, over, limits.Now, time), limits.Now);
        }

        return outcome;
    }
}
