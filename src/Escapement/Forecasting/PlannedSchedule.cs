using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>What of a schedule decides when it will start.</summary>
internal sealed record PlannedSchedule
{
    public required ScheduleId Id { get; init; }

    public required InstallScope Scope { get; init; }

    public required string? Name { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    public required SchedulePolicy Policy { get; init; }

    /// <summary>Its own pause.</summary>
    public Pause? Pause { get; init; }

    public IReadOnlyList<OccurrenceSkip> Skips { get; init; } = [];
}
