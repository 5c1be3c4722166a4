using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>A run that is under way, as its columns.</summary>
internal static class StoredRunningRun
{
    /// <summary>Reads what <c>record_take</c> and <c>recover_select</c> answer first.</summary>
    public static RunningRun Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = new RunId(row.Id(0)),
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
            Schedule = new ScheduleId(row.Id(3)),
            DueAt = row.Time(4),
            Trigger = (RunTrigger)row.Int(5),
            Attempt = row.Int(6),
            LostAttempts = row.Int(7),
            StoppedAttempts = row.Int(8),
            CreatedAt = row.Time(9),
            StartedAt = row.Time(10),
            LeaseUntil = row.Time(11),
            Node = row.Text(12),
            Asked = RunAskJson.Read(row.TextOrNull(13)),
            EarlierAttempts = LedgerJson.ReadAttempts(row.TextOrNull(14)),
            PayloadRevision = row.LongOrNull(15),
        };
}
