using Escapement.Extensions;
using Escapement.PostgreSql.Connections;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Firing;

/// <summary>A due schedule as a claim reads it, from the columns of <c>claim_due_select.sql</c> and <c>claim_due_fair.sql</c>.</summary>
internal sealed record DueRow(
    ScheduleId Id, DateTimeOffset DueAt, DateTimeOffset? LastDueAt, InstallScope Scope, RunId? ActiveRun, string Cron, string TimeZone, EndpointKey Endpoint, string? Policy, string? Payload)
{
    public static DueRow Read(Rows rows) => new(
        new ScheduleId(rows.Id(0)),
        rows.Time(1),
        rows.TimeOrNull(2),
        new InstallScope(TenantId.Parse(rows.Text(3)), new InstallId(rows.Id(4))),
        rows.IdOrNull(5) is { } run ? new RunId(run) : null,
        rows.Text(6),
        rows.Text(7),
        new EndpointKey(rows.Text(8), rows.Text(9)),
        rows.TextOrNull(10),
        rows.Utf8OrNull(11));
}
