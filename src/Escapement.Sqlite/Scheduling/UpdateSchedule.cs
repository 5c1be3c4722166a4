using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Listing;
using Escapement.Sqlite.Pausing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Changes a schedule, inside the writer's transaction.</summary>
internal static class UpdateSchedule
{
    public static ScheduleChange Run(
        Database database, InstallScope scope, ScheduleId id, Func<Schedule, ScheduleChange> change, ScheduleChangeLimits limits, string by, TimeProvider time)
    {
        var gate = GateRow.Pass(database, scope, limits);
        var current = ScheduleRow.Find(database, scope, id);
        if (ScheduleRules.Refusal(gate, current, limits) is { } refused)
        {
            return refused;
        }

        var asked = change(current!);
        if (asked.Schedule is not { } wanted)
        {
            return asked;
        }

        var nameTaken = ScheduleRules.AsksForName(current!, wanted) && ScheduleRow.Holder(database, scope, wanted.Name!) is not null;
        var endpointThere = !ScheduleRules.AsksForEndpoint(current!, wanted) || ScheduleRow.HasEndpoint(database, wanted);
        var outcome = ScheduleRules.Update(gate, current!, wanted, nameTaken, endpointThere, limits);
        if (outcome.Schedule is { } stored)
        {
            if (ScheduleRules.ReplacesUsedPayload(current!, stored))
            {
                database.Sql("keep_payload").Set("now", limits.Now).Set("id", id.Value).Run();
                database.Sql("trim_past_payloads")
                    .Set("id", id.Value)
                    .Set("most", (long)ScheduleRules.MostPastPayloads)
                    .Set("limit", (long)ScheduleRules.MostPastPayloads)
                    .Run();
            }

            StoredSchedule.WriteChanged(database.Sql("update_schedule"), stored).Run();
            if (!ScheduleRules.SameDefinition(current!, stored))
            {
                DefinitionRow.Add(database, id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
            }

            ScheduleTextRow.Change(database, current!, stored);
            UnstartedRows.Add(database, GivenUp.By(current!, stored, PauseRows.Over(database, scope), limits.Now, time), limits.Now);
        }

        return outcome;
    }
}
