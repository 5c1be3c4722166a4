using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Pausing;

/// <summary>Reads pauses above schedules.</summary>
internal static class PauseRows
{
    /// <summary>Those above a tenant's schedules; without a tenant the host's alone.</summary>
    public static List<OuterPause> List(Database database, TenantId? tenant) =>
        database.Sql("list_pauses").Set("tenant", tenant?.Value ?? "").List(StoredPause.Read);

    /// <summary>Those above an install's schedules, with those that have ended and still hold something.</summary>
    public static List<Pause> Over(Database database, InstallScope scope) =>
        [.. List(database, scope.Tenant).Where(p => p.Target.Covers(scope)).Select(p => p.Pause)];
}
