using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Ledger;

/// <summary>Writes down what schedules are from a change on, inside the writer's transaction and behind the change.</summary>
internal static class DefinitionRow
{
    public static void Add(Database database, ScheduleId schedule, TimeSpan spread, DefinitionState state, DateTimeOffset now, string by)
    {
        database.Sql("end_definition").Set("now", now).Set("id", schedule.Value).Run();
        StoredDefinition.Write(database.Sql("add_definition"), state, now, by)
            .Set("spread", (long)spread.TotalSeconds)
            .Set("id", schedule.Value)
            .Run();
    }

    /// <summary>The same of all schedules of an install, or of those that are enabled.</summary>
    public static void AddOfInstall(Database database, InstallScope scope, DefinitionState state, bool all, DateTimeOffset now, string by)
    {
        database.Sql("end_definitions").Set("now", now).Set("install", scope.Install.Value).Set("all", all).Run();
        StoredDefinition.Write(database.Sql("add_definitions"), state, now, by).Set("install", scope.Install.Value).Set("all", all).Run();
    }
}
