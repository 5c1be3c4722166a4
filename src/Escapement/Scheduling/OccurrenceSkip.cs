namespace Escapement.Scheduling;

/// <summary>One occurrence that an admin has said ahead of time is not to run. It can be taken back until it is due.</summary>
public sealed record OccurrenceSkip
{
    /// <summary>How many of a schedule may lie ahead.</summary>
    public const int Most = 100;

    /// <summary>The occurrence.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why, in a sentence of at most <see cref="Pause.MaxNote"/> characters.</summary>
    public required string Note { get; init; }

    /// <summary>Who said so.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When an edit moved the schedule's times, so that there is no such occurrence any more; null as long as there is.</summary>
    public DateTimeOffset? VoidedAt { get; init; }

    internal bool Counts => VoidedAt is null;
}
