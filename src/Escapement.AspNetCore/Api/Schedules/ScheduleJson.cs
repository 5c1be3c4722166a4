using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

internal sealed record ScheduleJson
{
    public required string Id { get; init; }

    public required string InstallId { get; init; }

    public string? Name { get; init; }

    /// <summary><c>METHOD /path</c>.</summary>
    public required string Endpoint { get; init; }

    public required string Cron { get; init; }

    public required string Timezone { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>JSON text, delivered byte for byte.</summary>
    public string? Payload { get; init; }

    /// <summary>How the host carries it out.</summary>
    public required SchedulePolicyJson Policy { get; init; }

    public DateTimeOffset? NextDueAt { get; init; }

    public DateTimeOffset? LastDueAt { get; init; }

    public string? ActiveRunId { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary><c>success</c> or <c>error</c>.</summary>
    public string? LastRunStatus { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required long Revision { get; init; }

    public static ScheduleJson Of(Schedule s) => new()
    {
        Id = s.Id.ToString(),
        InstallId = s.Scope.Install.ToString(),
        Name = s.Name,
        Endpoint = s.Endpoint.ToString(),
        Cron = s.Cron,
        Timezone = s.TimeZone,
        Enabled = s.Enabled,
        Payload = s.Payload,
        Policy = SchedulePolicyJson.Of(s.Policy),
        NextDueAt = s.NextDueAt,
        LastDueAt = s.LastDueAt,
        ActiveRunId = s.ActiveRun?.ToString(),
        LastRunAt = s.LastRunAt,
        LastRunStatus = s.LastRunStatus switch { null => null, Scheduling.LastRunStatus.Success => "success", _ => "error" },
        LastError = s.LastError,
        CreatedAt = s.CreatedAt,
        UpdatedAt = s.UpdatedAt,
        Revision = s.Revision,
    };
}
