using System.Diagnostics.CodeAnalysis;
using Escapement.AspNetCore.Api.Pauses;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>A schedule as lists over installs show it: all but its payload, which can be large.</summary>
internal record ScheduleSummaryJson
{
    public required string Id { get; init; }

    public required string InstallId { get; init; }

    public string? Name { get; init; }

    /// <summary><c>METHOD /path</c>.</summary>
    public required string Endpoint { get; init; }

    public required string Cron { get; init; }

    public required string Timezone { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>How the host carries it out.</summary>
    public required SchedulePolicyJson Policy { get; init; }

    /// <summary>Absent while it is disabled or paused.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>When that starts: at its due time, or, with a spread, at the schedule's place behind it.</summary>
    public DateTimeOffset? NextStartAt { get; init; }

    /// <summary>Why it fires nothing though it is enabled: the pauses over it, the widest first, its own last; absent when it is not paused.</summary>
    public IReadOnlyList<PauseJson>? Pauses { get; init; }

    /// <summary>Occurrences that are not to run; absent when there are none.</summary>
    public IReadOnlyList<SkipJson>? Skips { get; init; }

    /// <summary>How many runs in a row the extension has failed.</summary>
    public required int FailuresInARow { get; init; }

    public DateTimeOffset? LastDueAt { get; init; }

    public string? ActiveRunId { get; init; }

    /// <summary>Occurrences that have come due and wait for their turn; absent when none does.</summary>
    public WaitingOccurrencesJson? Waiting { get; init; }

    /// <summary>The backfill that goes on behind whatever is due.</summary>
    public BackfillJson? Backfill { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary><c>success</c> or <c>error</c>.</summary>
    public string? LastRunStatus { get; init; }

    public string? LastError { get; init; }

    /// <summary>Its last runs in short, newest first; only in lists that are asked for them.</summary>
    public IReadOnlyList<OutcomeJson>? Outcomes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required long Revision { get; init; }

    /// <param name="s">The schedule.</param>
    /// <param name="pauses">Those in force over it.</param>
    /// <param name="outcomes">Its last runs; null where nobody asked for them.</param>
    public static ScheduleSummaryJson Of(Schedule s, IReadOnlyList<Pause> pauses, IReadOnlyList<RunBrief>? outcomes = null) => new()
    {
        Id = s.Id.ToString(),
        InstallId = s.Scope.Install.ToString(),
        Name = s.Name,
        Endpoint = s.Endpoint.ToString(),
        Cron = s.Cron,
        Timezone = s.TimeZone,
        Enabled = s.Enabled,
        Policy = SchedulePolicyJson.Of(s.Policy),
        NextDueAt = pauses.Count == 0 ? s.NextToRunAt : null,
        NextStartAt = pauses.Count == 0 ? s.NextToStartAt : null,
        Skips = s.Skips.Count == 0 ? null : [.. s.Skips.OrderBy(k => k.At).Select(SkipJson.Of)],
        Pauses = pauses.Count == 0 ? null : [.. pauses.Select(PauseJson.Of)],
        FailuresInARow = s.FailuresInARow,
        LastDueAt = s.LastDueAt,
        ActiveRunId = s.ActiveRun?.ToString(),
        Waiting = s.Waiting is { } waiting && (waiting.Due is not null || waiting.CatchUp.Count > 0) ? WaitingOccurrencesJson.Of(waiting) : null,
        Backfill = s.Waiting?.Backfill is { } backfill ? BackfillJson.Of(backfill) : null,
        LastRunAt = s.LastRunAt,
        LastRunStatus = s.LastRunStatus switch { null => null, Scheduling.LastRunStatus.Success => "success", _ => "error" },
        LastError = s.LastError,
        Outcomes = outcomes is null ? null : [.. outcomes.Select(OutcomeJson.Of)],
        CreatedAt = s.CreatedAt,
        UpdatedAt = s.UpdatedAt,
        Revision = s.Revision,
    };
}

/// <summary>A schedule.</summary>
internal sealed record ScheduleJson : ScheduleSummaryJson, ITagged
{
    [SetsRequiredMembers]
    private ScheduleJson(Schedule s, IReadOnlyList<Pause> pauses, IReadOnlyList<RunBrief>? outcomes)
        : base(ScheduleSummaryJson.Of(s, pauses, outcomes))
    {
        Payload = s.Payload;
        Etag = EntityTag.Of(Fields(s));
    }

    /// <summary>JSON text, delivered byte for byte.</summary>
    public string? Payload { get; init; }

    /// <summary>Stands for definition, policy and the schedule's own pause: what it was changed to, and not what it did. Also the header <c>ETag</c>.</summary>
    public required string Etag { get; init; }

    /// <summary>The fields of its etag. A pause that has ended is none, though what it held is still to be let go.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Fields(Schedule s) =>
    [
        ("name", s.Name), ("endpoint", s.Endpoint.ToString()), ("cron", s.Cron), ("timezone", s.TimeZone), ("enabled", s.Enabled), ("payload", s.Payload),
        .. SchedulePolicyJson.Fields(s.Policy),
        ("pause", s.Pause is { EndedAt: null } pause ? pause : null),
    ];

    public static new ScheduleJson Of(Schedule s, IReadOnlyList<Pause> pauses, IReadOnlyList<RunBrief>? outcomes = null) => new(s, pauses, outcomes);
}

/// <summary>What became of a run, in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="DueAt">Its due time.</param>
/// <param name="State">As of a run: <c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>skipped</c>, <c>missed</c> or <c>abandoned</c>.</param>
/// <param name="DurationMs">How long its last attempt took; absent while it has not ended, and for what never started.</param>
internal sealed record OutcomeJson(string RunId, DateTimeOffset DueAt, string State, long? DurationMs)
{
    public static OutcomeJson Of(RunBrief run) =>
        new(run.Id.ToString(), run.DueAt, run.State.ToString().ToLowerInvariant(), (long?)run.Took?.TotalMilliseconds);
}

/// <summary>Occurrences that wait for their turn.</summary>
/// <param name="DueAt">The one that starts when the open run has ended.</param>
/// <param name="CatchUp">How many are left to be caught up after that.</param>
internal sealed record WaitingOccurrencesJson(DateTimeOffset? DueAt, int CatchUp)
{
    public static WaitingOccurrencesJson Of(Waiting waiting) => new(waiting.Due, waiting.CatchUpCount);
}

/// <summary>An occurrence that is not to run.</summary>
/// <param name="At">The occurrence.</param>
/// <param name="Note">Why.</param>
/// <param name="By">Who said so.</param>
/// <param name="Since">When.</param>
/// <param name="VoidedAt">When an edit moved the schedule's times, so that there is no such occurrence any more; absent as long as there is.</param>
internal sealed record SkipJson(DateTimeOffset At, string Note, string By, DateTimeOffset Since, DateTimeOffset? VoidedAt)
{
    public static SkipJson Of(OccurrenceSkip skip) => new(skip.At, skip.Note, skip.By, skip.Since, skip.VoidedAt);
}
