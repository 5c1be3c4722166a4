using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>Reads a run from the columns that <c>get_run.sql</c> and its like select.</summary>
internal static class RunRow
{
    public static Run Read(in Rows rows) => new()
    {
        Id = new RunId(rows.Id(0)),
        Scope = new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(2))),
        Schedule = new ScheduleId(rows.Id(3)),
        DueAt = rows.Time(4),
        Trigger = (RunTrigger)rows.Int(5),
        State = (RunState)rows.Int(6),
        Reason = (RunReason)rows.Int(7),
        Attempt = rows.Int(8),
        AvailableAt = rows.TimeOrNull(9),
        Node = rows.TextOrNull(10),
        CreatedAt = rows.Time(11),
        StartedAt = rows.TimeOrNull(12),
        FinishedAt = rows.TimeOrNull(13),
        StatusCode = rows.IntOrNull(14),
        Error = rows.TextOrNull(15),
        RequestedBy = rows.TextOrNull(16),
        MissedCount = rows.IntOrNull(17),
        MissedFrom = rows.TimeOrNull(18),
        MissedTo = rows.TimeOrNull(19),
        EarlierAttempts = LedgerJson.ReadAttempts(rows.TextOrNull(20)),
        Evidence = LedgerJson.ReadEvidence(rows.TextOrNull(21)),
        Version = rows.IdOrNull(22) is { } version ? new VersionId(version) : null,
    };

    public static Run? Find(Database database, TenantId tenant, RunId id)
    {
        using var rows = database.Sql("get_run").Set("id", id.Value).Set("tenant", tenant.Value).Open();
        return rows.Read() ? Read(rows) : null;
    }
}
