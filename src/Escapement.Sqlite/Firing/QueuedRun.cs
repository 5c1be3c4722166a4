using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>Reads queued runs as a claim takes them: with the attempt before, and no token yet.</summary>
internal static class QueuedRun
{
    /// <summary>What a tenant has queued that may start, the oldest first, without that of installs at their limit.</summary>
    public static List<ClaimedRun> Select(Database database, DateTimeOffset now, TenantId tenant, int most, RunningCounts running)
    {
        using var rows = database.Sql("claim_queued_select").Set("now", now).Set("tenant", tenant.Value).Open();
        var found = new List<ClaimedRun>(most);
        while (found.Count < most && rows.Read())
        {
            var scope = new InstallScope(tenant, new InstallId(rows.Id(3)));
            if (!running.IsFull(scope))
            {
                found.Add(Read(rows, scope));
            }
        }

        return found;
    }

    private static ClaimedRun Read(Rows rows, InstallScope scope)
    {
        var schedule = new ScheduleId(rows.Id(4));
        return new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(rows.Id(0)), scope.Tenant, schedule, Guid.Empty),
            Scope = scope,
            Schedule = schedule,
            DueAt = rows.Time(1),
            Trigger = (RunTrigger)rows.Int(5),
            Attempt = rows.Int(6),
            LostAttempts = rows.Int(7),
            StoppedAttempts = rows.Int(8),
            ScheduleEnabled = rows.Bool(9),
            Endpoint = new EndpointKey(rows.Text(10), rows.Text(11)),
            Policy = PolicyJson.Read(rows.TextOrNull(12)),
            Payload = rows.TextOrNull(13),
        };
    }
}
