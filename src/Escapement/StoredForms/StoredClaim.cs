using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>What a claim reads, as its columns.</summary>
internal static class StoredClaim
{
    /// <summary>Reads what <c>claim_due_select</c> and <c>claim_due_fair</c> select.</summary>
    public static DueRow ReadDue<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Schedule = new ScheduleId(row.Id(0)),
            DueAt = row.TimeOrNull(1) ?? DateTimeOffset.MaxValue,
            LastDueAt = row.TimeOrNull(2),
            Scope = new InstallScope(TenantId.Parse(row.Text(3)), new InstallId(row.Id(4))),
            ActiveRun = row.IdOrNull(5) is { } run ? new RunId(run) : null,
            Cron = row.Text(6),
            TimeZone = row.Text(7),
            Endpoint = new EndpointKey(row.Text(8), row.Text(9)),
            Policy = PolicyJson.Read(row.TextOrNull(10)),
            Payload = row.Utf8OrNull(11),
            StartAt = row.Time(12),
            Waiting = WaitingJson.Read(row.TextOrNull(13)),
            Failures = row.Int(14),
            Pause = KeptPauseJson.Read(row.TextOrNull(15)),
            Held = KeptPauseJson.Read(row.TextOrNull(16)),
            Skips = KeptSkipsJson.Read(row.TextOrNull(17)),
            PayloadRevision = row.Long(18),
            UpdatedAt = row.Time(19),
        };

    /// <summary>Reads what <c>claim_queued_select</c> selects: a run as it waits, which nobody has the lease of yet.</summary>
    public static ClaimedRun ReadQueued<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct
    {
        var scope = new InstallScope(TenantId.Parse(row.Text(2)), new InstallId(row.Id(3)));
        var schedule = new ScheduleId(row.Id(4));
        return new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(row.Id(0)), scope.Tenant, schedule, Guid.Empty),
            Scope = scope,
            Schedule = schedule,
            DueAt = row.Time(1),
            Trigger = (RunTrigger)row.Int(5),
            Attempt = row.Int(6),
            LostAttempts = row.Int(7),
            StoppedAttempts = row.Int(8),
            ScheduleEnabled = row.Bool(9),
            Endpoint = new EndpointKey(row.Text(10), row.Text(11)),
            Policy = PolicyJson.Read(row.TextOrNull(12)),
            Payload = row.Utf8OrNull(13),
            Failures = row.Int(14),
            RunsAlone = LostWorkers.RunsAlone(LedgerJson.ReadAttempts(row.TextOrNull(15))),
            PayloadRevision = row.Long(16),
            PayloadGone = row.Bool(17),
            Occurrence = RunAskJson.Read(row.TextOrNull(18))?.Occurrence,
        };
    }
}
