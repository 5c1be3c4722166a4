using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>Cron, time zone, endpoint and payload, owned by one install. Immutable: a change makes another record.</summary>
public sealed record Schedule
{
    /// <summary>Its id.</summary>
    public required ScheduleId Id { get; init; }

    /// <summary>The tenant and install that own it.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The name, trimmed, at most 128 characters and unique in its install; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>What is called when it fires.</summary>
    public required EndpointKey Endpoint { get; init; }

    /// <summary>The five-field expression, with single spaces.</summary>
    public required string Cron { get; init; }

    /// <summary>The IANA zone in its canonical spelling.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether it fires.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The JSON text that is delivered byte for byte as given; null when there is none.</summary>
    public string? Payload { get; init; }

    /// <summary>The revision that brought the payload: with the schedule's id it names a payload, as long as any run that had it is kept.</summary>
    internal long PayloadRevision { get; init; } = 1;

    /// <summary>Whether a run may have had the payload: if so, it is kept when a change replaces it.</summary>
    internal bool PayloadUsed { get; init; }

    /// <summary>How the host carries it out.</summary>
    public SchedulePolicy Policy { get; init; } = SchedulePolicy.Default;

    /// <summary>
    /// The next occurrence; null while the schedule or its install is disabled, or when no date is left. While it is paused, the first that the
    /// pause keeps from starting.
    /// </summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>The next occurrence that is not skipped ahead of time.</summary>
    internal DateTimeOffset? NextToRunAt => Skips.Count == 0 || NextDueAt is not { } due || OccurrenceCalendar.Find(Cron, TimeZone, out _) is not { } calendar
        ? NextDueAt
        : Scheduling.Skips.Counting(Skips) is var skips ? Scheduling.Skips.First(due, skips, calendar.Without(skips)) : null;

    /// <summary>When that starts.</summary>
    internal DateTimeOffset? NextToStartAt => NextToRunAt + StartTime.PlaceOf(this);

    /// <summary>When the next occurrence starts: at its due time, or, with a spread, at the schedule's place behind it.</summary>
    public DateTimeOffset? NextStartAt => NextDueAt + StartTime.PlaceOf(this);

    /// <summary>
    /// When claims are to take it: when the next occurrence starts; at once, if something waits and no run is open whose end would open it, or if
    /// it was found held, because the claim knows whether it is still; and when its own pause ends.
    /// </summary>
    internal DateTimeOffset? ClaimAt
    {
        get
        {
            var natural = this switch
            {
                { NextDueAt: not null, Held: not null } => UpdatedAt,
                { Enabled: true, ActiveRun: null, Waiting.HasWork: true } when !(NextStartAt < UpdatedAt) => UpdatedAt,
                _ => NextStartAt,
            };
            return Pause?.EndsAt < natural ? Pause!.EndsAt : natural;
        }
    }

    /// <summary>Its own pause; null for none. Pauses of its install, its tenant and the host lie beside it, and hold it as well.</summary>
    public Pause? Pause { get; init; }

    /// <summary>The pause that it was found held by when it came due; null before, and when nothing held it.</summary>
    internal Pause? Held { get; init; }

    /// <summary>Occurrences that are not to run, and those that an edit made void, as long as their time lies ahead.</summary>
    public IReadOnlyList<OccurrenceSkip> Skips { get; init; } = [];

    /// <summary>How many runs in a row the extension has failed; faults of host, node or store neither count nor set it back.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>The latest occurrence that has its row in the run ledger, or waits; nothing else at or before it can fire again.</summary>
    public DateTimeOffset? LastDueAt { get; init; }

    /// <summary>The run that is queued, under way or waiting for a retry; while there is one, occurrences are skipped.</summary>
    public RunId? ActiveRun { get; init; }

    /// <summary>Occurrences that have come due and wait for their turn; null for nearly every schedule.</summary>
    public Waiting? Waiting { get; init; }

    /// <summary>When the latest run started.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>How the latest run ended.</summary>
    public LastRunStatus? LastRunStatus { get; init; }

    /// <summary>Why the latest run failed, or why the host disabled the schedule; null after a success.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an extension or an admin last changed it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the changes by extensions and admins, and pauses of its own, from 1.</summary>
    public long Revision { get; init; } = 1;
}

/// <summary>How the latest run of a schedule ended, as extensions see it (contract section 5).</summary>
public enum LastRunStatus
{
    /// <summary>The endpoint answered with a status below 400.</summary>
    Success = 0,

    /// <summary>Anything else.</summary>
    Error = 1,
}
