using Escapement.Firing;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>A queued run as a claim reads it: with the attempt before, and no token yet.</summary>
internal readonly record struct QueuedRun(long AvailableAt, ClaimedRun Run)
{
    /// <summary>What is queued and may start, after a place in that order.</summary>
    public static List<QueuedRun> Select(Database database, DateTimeOffset now, (long At, Guid Id) after, int limit)
    {
        using var rows = database.Sql("claim_queued_select")
            .Set("now", now)
            .Set("after", after.At)
            .Set("after_id", after.Id)
            .Set("limit", (long)limit)
            .Open();
        var page = new List<QueuedRun>();
        while (rows.Read())
        {
            var scope = new InstallScope(TenantId.Parse(rows.Text(2)), new InstallId(rows.Id(3)));
            var dueAt = rows.Time(5);
            page.Add(new QueuedRun(rows.Long(1), new ClaimedRun
            {
                Lease = new LeasedRun(new RunId(rows.Id(0)), scope.Tenant, dueAt, Guid.Empty),
                Scope = scope,
                Schedule = new ScheduleId(rows.Id(4)),
                DueAt = dueAt,
                Trigger = (RunTrigger)rows.Int(6),
                Attempt = rows.Int(7),
                LostAttempts = rows.Int(8),
                StoppedAttempts = rows.Int(9),
                ScheduleEnabled = rows.Bool(10),
                Endpoint = new EndpointKey(rows.Text(11), rows.Text(12)),
                Retry = RetryJson.Read(rows.TextOrNull(13)),
                Payload = rows.TextOrNull(14),
            }));
        }

        return page;
    }
}
