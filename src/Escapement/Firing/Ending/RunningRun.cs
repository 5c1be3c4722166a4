using Escapement.Runs;

namespace Escapement.Firing.Ending;

/// <summary>A run that is under way, as a store keeps it; nothing in it but its lease changes while the attempt lasts.</summary>
internal sealed record RunningRun
{
    public required RunId Id { get; init; }

    public required InstallScope Scope { get; init; }

    public required ScheduleId Schedule { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required RunTrigger Trigger { get; init; }

    public required int Attempt { get; init; }

    public required int LostAttempts { get; init; }

    public required int StoppedAttempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LeaseUntil { get; init; }

    public required string Node { get; init; }

    public required IReadOnlyList<EndedAttempt> EarlierAttempts { get; init; }

    // What below is for stores that move the row when the run ends or waits again.
    public RunAsk? Asked { get; init; }

    public long? PayloadRevision { get; init; }
}
