namespace Escapement.Runs;

/// <summary>A run that somebody asks for: outside the rhythm of its schedule, or because another is to be repeated.</summary>
internal sealed record AskedRun
{
    public required RunId Id { get; init; }

    public required InstallScope Scope { get; init; }

    public required ScheduleId Schedule { get; init; }

    public required RunTrigger Trigger { get; init; }

    /// <summary>When it was asked for: its due time, or the first millisecond behind that is free.</summary>
    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    /// <summary>Why; null when they did not say.</summary>
    public string? Note { get; init; }

    /// <summary>The run that it repeats; null for one that repeats none.</summary>
    public RunId? Repeats { get; init; }

    /// <summary>What that was due at.</summary>
    public DateTimeOffset? Occurrence { get; init; }

    /// <summary>Which payload that had; null for a run that is to have its schedule's.</summary>
    public long? PayloadRevision { get; init; }

    /// <summary>The run as it waits.</summary>
    /// <param name="dueAt">Its due time.</param>
    public Run Queued(DateTimeOffset dueAt) => new()
    {
        Id = Id,
        Scope = Scope,
        Schedule = Schedule,
        DueAt = dueAt,
        Trigger = Trigger,
        State = RunState.Queued,
        AvailableAt = At,
        CreatedAt = At,
        RequestedBy = By,
        Note = Note,
        Repeats = Repeats,
        Occurrence = Occurrence,
        PayloadRevision = PayloadRevision,
    };
}
