using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>A due schedule as a store reads it for a claim: what is planned by, and what its run is opened with.</summary>
internal sealed record DueRow
{
    public required ScheduleId Schedule { get; init; }

    public required InstallScope Scope { get; init; }

    /// <summary>Its earliest occurrence that is not covered yet; the end of time when no date is left and only something waits.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What claims go by: when that occurrence is to start, or since when something waits for a claim to open it.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>The latest occurrence that was ever covered: up to it, the ledger may have rows already.</summary>
    public required DateTimeOffset? LastDueAt { get; init; }

    public required RunId? ActiveRun { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    public required EndpointKey Endpoint { get; init; }

    public required SchedulePolicy Policy { get; init; }

    public required string? Payload { get; init; }

    /// <summary>Which payload that is, by the schedule's revision that brought it.</summary>
    public long PayloadRevision { get; init; }

    /// <summary>When an extension or an admin last changed it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many runs in a row the extension has failed.</summary>
    public required int Failures { get; init; }

    /// <summary>Its occurrences that wait for their turn.</summary>
    public required Waiting? Waiting { get; init; }

    /// <summary>Its own pause.</summary>
    public Pause? Pause { get; init; }

    /// <summary>The pause that it was found held by.</summary>
    public Pause? Held { get; init; }

    /// <summary>Its occurrences that are skipped ahead of time.</summary>
    public IReadOnlyList<OccurrenceSkip> Skips { get; init; } = [];

    public DueSchedule ToDue() => new(Schedule, DueAt, Cron, TimeZone, ActiveRun, Policy, Waiting) { Skips = Scheduling.Skips.Counting(Skips) };
}
