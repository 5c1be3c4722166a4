using Escapement.Installs;
using Escapement.PostgreSql.Connections;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Firing;

/// <summary>A run that is under way, as the statements that take it out of <c>running_runs</c> answer it; nothing in it changes while the attempt lasts.</summary>
internal sealed record RunningRun(
    Guid Id,
    string Tenant,
    Guid Install,
    Guid Schedule,
    DateTimeOffset DueAt,
    int Trigger,
    int Attempt,
    int LostAttempts,
    int StoppedAttempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset StartedAt,
    string Node,
    string? RequestedBy,
    string? EarlierAttempts)
{
    public static RunningRun Read(Rows rows) => new(
        rows.Id(0),
        rows.Text(1),
        rows.Id(2),
        rows.Id(3),
        rows.Time(4),
        rows.Int(5),
        rows.Int(6),
        rows.Int(7),
        rows.Int(8),
        rows.Time(9),
        rows.Time(10),
        rows.Text(11),
        rows.TextOrNull(12),
        rows.TextOrNull(13));
}
