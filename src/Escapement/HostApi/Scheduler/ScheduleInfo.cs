using Escapement.Scheduling;

namespace Escapement.HostApi.Scheduler;

/// <summary>A schedule as extensions see it. Times are ISO 8601, UTC, milliseconds, <c>Z</c>.</summary>
public sealed record ScheduleInfo(
    string Id,
    string EndpointPath,
    string EndpointMethod,
    string? Name,
    string Cron,
    string Timezone,
    bool Enabled,
    string? Payload,
    string? LastRunAt,
    string? LastRunStatus,
    string? LastError,
    string? CreatedAt)
{
    internal static ScheduleInfo Of(Schedule s) => new(
        s.Id.ToString(),
        s.Endpoint.Path,
        s.Endpoint.Method,
        s.Name,
        s.Cron,
        s.TimeZone,
        s.Enabled,
        s.Payload,
        s.LastRunAt is { } at ? Timestamps.Format(at) : null,
        s.LastRunStatus switch { null => null, Scheduling.LastRunStatus.Success => "success", _ => "error" },
        s.LastError,
        Timestamps.Format(s.CreatedAt));
}
