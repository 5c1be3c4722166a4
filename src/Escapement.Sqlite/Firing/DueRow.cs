using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Firing;

/// <summary>A due schedule as a claim reads it.</summary>
internal readonly record struct DueRow(
    Guid Id, long DueAt, InstallScope Scope, RunId? ActiveRun, string Cron, string TimeZone, EndpointKey Endpoint, string? Policy, string? Payload)
{
    /// <summary>What is due, the oldest first.</summary>
    public static List<DueRow> Select(Database database, DateTimeOffset now, int limit)
    {
        using var rows = database.Sql("claim_due_select").Set("now", now).Set("limit", (long)limit).Open();
        var page = new List<DueRow>(limit);
        while (rows.Read())
        {
            page.Add(Read(rows));
        }

        return page;
    }

    /// <summary>What a tenant has due, the oldest first, without that of installs at their limit.</summary>
    public static List<DueRow> Select(Database database, DateTimeOffset now, TenantId tenant, int most, RunningCounts running)
    {
        using var rows = database.Sql("claim_due_fair").Set("now", now).Set("tenant", tenant.Value).Open();
        var found = new List<DueRow>(most);
        while (found.Count < most && rows.Read())
        {
            if (!running.IsFull(new InstallScope(tenant, new InstallId(rows.Id(3)))))
            {
                found.Add(Read(rows));
            }
        }

        return found;
    }

    private static DueRow Read(Rows rows) => new(
        rows.Id(0),
        rows.Long(1),
        new InstallScope(TenantId.Parse(rows.Text(2)), new InstallId(rows.Id(3))),
        rows.IdOrNull(4) is { } run ? new RunId(run) : null,
        rows.Text(5),
        rows.Text(6),
        new EndpointKey(rows.Text(7), rows.Text(8)),
        rows.TextOrNull(9),
        rows.TextOrNull(10));
}
