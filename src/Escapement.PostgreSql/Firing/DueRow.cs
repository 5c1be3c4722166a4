using Escapement.PostgreSql.Connections;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Firing;

/// <summary>A due schedule as a claim reads it, from the columns of <c>claim_due_select.sql</c> and <c>claim_due_fair.sql</c>.</summary>
internal sealed record DueRow(
    ScheduleId Id, DateTimeOffset DueAt, InstallScope Scope, RunId? ActiveRun, string Cron, string TimeZone, EndpointKey Endpoint, string? Retry, string? Payload)
{
    public static DueRow Read(Rows rows) => new(
        new ScheduleId(rows.Id(0)),
        rows.Time(1),
        new InstallScope(TenantId.Parse(rows.Text(2)), new InstallId(rows.Id(3))),
        rows.IdOrNull(4) is { } run ? new RunId(run) : null,
        rows.Text(5),
        rows.Text(6),
        new EndpointKey(rows.Text(7), rows.Text(8)),
        rows.TextOrNull(9),
        rows.Utf8OrNull(10));
}
