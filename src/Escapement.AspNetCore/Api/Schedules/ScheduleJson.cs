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

    public required RetryJson Retry { get; init; }

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
        Retry = RetryJson.Of(s.Retry),
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

/// <summary>What happens after a failure; absent fields have the defaults of <see cref="RetryPolicy"/>.</summary>
internal sealed record RetryJson(int? MaxAttempts = null, double? InitialDelaySeconds = null, double? Factor = null, double? MaxDelaySeconds = null)
{
    public static RetryJson Of(RetryPolicy p) => new(p.MaxAttempts, p.InitialDelay.TotalSeconds, p.Factor, p.MaxDelay.TotalSeconds);

    public RetryPolicy ToPolicy()
    {
        var defaults = RetryPolicy.None;
        return new RetryPolicy(MaxAttempts ?? defaults.MaxAttempts, Seconds(InitialDelaySeconds, defaults.InitialDelay), Factor ?? defaults.Factor, Seconds(MaxDelaySeconds, defaults.MaxDelay));
    }

    // Numbers that no TimeSpan holds become ones that the policy's own rule refuses.
    private static TimeSpan Seconds(double? value, TimeSpan fallback) => value is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9)) : fallback;
}

/// <summary>What creating takes: the guide's fields, and the admin's retry policy.</summary>
internal sealed record CreateScheduleRequest(string? Endpoint = null, string? Cron = null, string? Timezone = null, bool? Enabled = null, string? Name = null, string? Payload = null, RetryJson? Retry = null);

/// <summary>What changing takes: an absent or null field stays as it is; an empty string clears name and payload.</summary>
internal sealed record UpdateScheduleRequest(string? Endpoint = null, string? Cron = null, string? Timezone = null, bool? Enabled = null, string? Name = null, string? Payload = null, RetryJson? Retry = null);
