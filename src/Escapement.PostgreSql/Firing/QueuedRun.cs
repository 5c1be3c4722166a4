using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>Reads a queued run as a claim takes it: with the attempt before, and no token yet.</summary>
internal static class QueuedRun
{
    public static ClaimedRun Read(Rows rows)
    {
        var scope = new InstallScope(TenantId.Parse(rows.Text(2)), new InstallId(rows.Id(3)));
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
            Payload = rows.Utf8OrNull(13),
        };
    }
}
