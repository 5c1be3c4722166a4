using Escapement.PostgreSql.Connections;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Ledger;

/// <summary>Adds the statements that write down what schedules are from a change on to what is sent next, behind the change.</summary>
internal static class DefinitionRow
{
    public static void Add(Session session, short bucket, ScheduleId schedule, TimeSpan spread, DefinitionState state, DateTimeOffset now, string by)
    {
        session.Sql("end_definition").Set("now", now).Set("bucket", bucket).Set("id", schedule.Value);
        StoredDefinition.Write(session.Sql("add_definition"), state, now, by)
            .Set("spread", (long)spread.TotalSeconds)
            .Set("bucket", bucket)
            .Set("id", schedule.Value);
    }

    /// <summary>The same of all schedules of an install, which are held, or of those that are enabled.</summary>
    public static void AddOfInstall(Session session, short bucket, InstallScope scope, DefinitionState state, bool all, DateTimeOffset now, string by)
    {
        session.Sql("end_definitions").Set("now", now).Set("bucket", bucket).Set("install", scope.Install.Value).Set("all", all);
        StoredDefinition.Write(session.Sql("add_definitions"), state, now, by)
            .Set("bucket", bucket)
            .Set("install", scope.Install.Value)
            .Set("all", all);
    }
}
