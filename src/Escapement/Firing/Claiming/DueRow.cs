using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A due schedule as a store reads it for a claim: what is planned by, and what its run is opened with.</summary>
internal sealed record DueRow
{
    public required ScheduleId Schedule { get; init; }

    public required InstallScope Scope { get; init; }

    /// <summary>Its earliest occurrence without a row in the ledger, as far as the schedule knows.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The latest occurrence that was ever covered: up to it, the ledger may have rows already.</summary>
    public required DateTimeOffset? LastDueAt { get; init; }

    public required RunId? ActiveRun { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    public required EndpointKey Endpoint { get; init; }

    public required SchedulePolicy Policy { get; init; }

    public required string? Payload { get; init; }

    public DueSchedule ToDue() => new(Schedule, DueAt, Cron, TimeZone, ActiveRun);
}
