using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Firing;

/// <summary>A due schedule as a claim reads it.</summary>
internal readonly record struct DueRow(
    Guid Id, long DueAt, InstallScope Scope, RunId? ActiveRun, string Cron, string TimeZone, EndpointKey Endpoint, string? Retry, string? Payload)
{
    /// <summary>What is due, after a place in that order.</summary>
    public static List<DueRow> Select(Database database, DateTimeOffset now, (long At, Guid Id) after, int limit)
    {
        using var rows = database.Sql("claim_due_select")
            .Set("now", now)
            .Set("after", after.At)
            .Set("after_id", after.Id)
            .Set("limit", (long)limit)
            .Open();
        var page = new List<DueRow>(limit);
        while (rows.Read())
        {
            page.Add(new DueRow(
                rows.Id(0),
                rows.Long(1),
                new InstallScope(TenantId.Parse(rows.Text(2)), new InstallId(rows.Id(3))),
                rows.IdOrNull(4) is { } run ? new RunId(run) : null,
                rows.Text(5),
                rows.Text(6),
                new EndpointKey(rows.Text(7), rows.Text(8)),
                rows.TextOrNull(9),
                rows.TextOrNull(10)));
        }

        return page;
    }
}
