using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Reads what a change of a schedule meets first, and pays its token.</summary>
internal static class GateRow
{
    public static ChangeGate Pass(Database database, InstallScope scope, ScheduleChangeLimits limits)
    {
        var gate = Read(database, scope, limits);
        if (gate.Pays)
        {
            database.Sql("take_rate_update").Set("level", gate.RateLevel).Set("at", limits.Now).Set("install", scope.Install.Value).Run();
        }

        return gate;
    }

    /// <summary>The gate of a change that takes no token.</summary>
    public static ChangeGate PassFree(Database database, InstallScope scope)
    {
        using var rows = database.Sql("take_rate_select").Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value).Open();
        return rows.Read() ? ChangeGate.Free(rows.Bool(0)) : default;
    }

    private static ChangeGate Read(Database database, InstallScope scope, ScheduleChangeLimits limits)
    {
        using var rows = database.Sql("take_rate_select").Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value).Open();
        return rows.Read() ? ChangeGate.Of(rows.Bool(0), rows.IsNull(1) ? null : rows.Double(1), rows.TimeOrNull(2), limits) : default;
    }
}
