using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Scheduling;

/// <summary>What every change of a schedule meets first: its install must be there, and its bucket must hold a token.</summary>
internal static class ChangeGate
{
    /// <summary>Takes a token, which is gone even if the change is refused after this. Null when the change may go on.</summary>
    public static ScheduleChange? Pass(Database database, InstallScope scope, ScheduleChangeLimits limits, out bool installEnabled)
    {
        double? level;
        DateTimeOffset levelAt;
        using (var rows = database.Sql("take_rate_select").Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value).Open())
        {
            if (!rows.Read())
            {
                installEnabled = false;
                return ScheduleChange.InstallGone;
            }

            installEnabled = rows.Bool(0);
            level = rows.IsNull(1) ? null : rows.Double(1);
            levelAt = rows.TimeOrNull(2) ?? limits.Now;
        }

        var take = limits.Rate.Take(level, levelAt, limits.Now);
        database.Sql("take_rate_update").Set("level", take.Level).Set("at", limits.Now).Set("install", scope.Install.Value).Run();
        return take.Taken ? null : ScheduleChange.RateLimited(take.RetryAfter);
    }
}
