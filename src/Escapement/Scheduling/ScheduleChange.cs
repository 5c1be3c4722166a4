using Escapement.Audit;
using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>How a change of a schedule ended, for every door it may have come in by.</summary>
public sealed record ScheduleChange
{
    /// <summary>Which way.</summary>
    public required ScheduleChangeKind Kind { get; init; }

    /// <summary>The schedule as stored; for a delete, as it was. Null unless done.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Why not; null when done.</summary>
    public string? Error { get; init; }

    /// <summary>The message of each wrong field; null unless fields are to blame.</summary>
    public IReadOnlyDictionary<string, string>? FieldErrors { get; init; }

    /// <summary>When rate limited: how long until the next change is accepted.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The schedule as it is, when it is not what the caller expected; null for all else.</summary>
    public Schedule? Current { get; init; }

    /// <summary>The fields that it changed, for the audit.</summary>
    internal FieldChanges Changes { get; init; } = FieldChanges.None;

    /// <summary>The schedule in a few words, for the audit; null unless done.</summary>
    internal string? Detail => Schedule is { } s ? $"{s.Endpoint} at {s.Cron} {s.TimeZone}" : null;

    /// <summary>Whether it is stored.</summary>
    public bool IsDone => Kind == ScheduleChangeKind.Done;

    internal static ScheduleChange NotFound { get; } = new() { Kind = ScheduleChangeKind.NotFound, Error = ScheduleMessages.NotFound };

    internal static ScheduleChange InstallGone { get; } = new() { Kind = ScheduleChangeKind.InstallGone, Error = "The extension is no longer installed" };

    internal static ScheduleChange NotPaused { get; } = new() { Kind = ScheduleChangeKind.NotPaused, Error = ScheduleMessages.NotPaused };

    internal static ScheduleChange AlreadyPaused { get; } = new() { Kind = ScheduleChangeKind.AlreadyPaused, Error = ScheduleMessages.AlreadyPaused };

    internal static ScheduleChange AlreadySkipped { get; } = new() { Kind = ScheduleChangeKind.AlreadySkipped, Error = "The occurrence is skipped already" };

    internal static ScheduleChange NotSkipped { get; } = new() { Kind = ScheduleChangeKind.NotSkipped, Error = "No such occurrence is skipped" };

    internal static ScheduleChange AlreadyDue { get; } = new() { Kind = ScheduleChangeKind.AlreadyDue, Error = "The occurrence is due already" };

    internal static ScheduleChange OperatorsPause { get; } = new() { Kind = ScheduleChangeKind.OperatorsPause, Error = ScheduleMessages.OperatorsPause };

    internal static ScheduleChange PauseChanged { get; } = new() { Kind = ScheduleChangeKind.PauseChanged, Error = "The pause is not the one that was shown" };

    internal static ScheduleChange AlreadySo { get; } = new() { Kind = ScheduleChangeKind.AlreadySo, Error = "It is so already" };

    internal static ScheduleChange Denied { get; } = new() { Kind = ScheduleChangeKind.Denied, Error = ScheduleMessages.Denied };

    internal static ScheduleChange NameTaken { get; } = Invalid(new Dictionary<string, string> { ["name"] = ScheduleMessages.NameTaken });

    internal static ScheduleChange NoEndpoint(EndpointKey endpoint) =>
        Invalid(new Dictionary<string, string> { ["endpoint"] = ScheduleMessages.NoEndpoint(endpoint) });

    internal static ScheduleChange Done(Schedule schedule) => new() { Kind = ScheduleChangeKind.Done, Schedule = schedule };

    /// <summary>What is stored, with the fields that changed.</summary>
    internal static ScheduleChange Stored(Schedule? before, Schedule stored, DateTimeOffset now) =>
        Done(stored) with { Changes = ScheduleFields.Changes(before, stored, now) };

    /// <summary>What is stored no more.</summary>
    internal static ScheduleChange Deleted(Schedule before, DateTimeOffset now) => Done(before) with { Changes = ScheduleFields.Changes(before, null, now) };

    internal static ScheduleChange Invalid(IReadOnlyDictionary<string, string> fieldErrors) =>
        new() { Kind = ScheduleChangeKind.Invalid, Error = ScheduleMessages.ErrorSummary(fieldErrors), FieldErrors = fieldErrors };

    internal static ScheduleChange QuotaExceeded(int max) => new() { Kind = ScheduleChangeKind.QuotaExceeded, Error = ScheduleMessages.TooMany(max) };

    internal static ScheduleChange ChangedMeanwhile(Schedule current) =>
        new() { Kind = ScheduleChangeKind.ChangedMeanwhile, Error = ScheduleMessages.ChangedMeanwhile, Current = current };

    internal static ScheduleChange RateLimited(TimeSpan retryAfter) =>
        new() { Kind = ScheduleChangeKind.RateLimited, Error = ScheduleMessages.RateLimitedUntil(retryAfter), RetryAfter = retryAfter };
}

/// <summary>Which way a change ended.</summary>
public enum ScheduleChangeKind
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>One or more fields are wrong; a name that is taken is one.</summary>
    Invalid,

    /// <summary>The install has no such schedule.</summary>
    NotFound,

    /// <summary>The install has as many schedules as it may.</summary>
    QuotaExceeded,

    /// <summary>Too many changes in a short time.</summary>
    RateLimited,

    /// <summary>The install was removed meanwhile.</summary>
    InstallGone,

    /// <summary>The install may not manage schedules.</summary>
    Denied,

    /// <summary>The schedule has no pause of its own, so that there is nothing to resume.</summary>
    NotPaused,

    /// <summary>The schedule has a pause of its own already.</summary>
    AlreadyPaused,

    /// <summary>An operator paused the schedule, and the caller is none.</summary>
    OperatorsPause,

    /// <summary>The occurrence is skipped already.</summary>
    AlreadySkipped,

    /// <summary>The occurrence is not skipped, so that there is nothing to take back.</summary>
    NotSkipped,

    /// <summary>The occurrence is due already, so that its skip cannot be taken back.</summary>
    AlreadyDue,

    /// <summary>The schedule is not what the caller expected it to be.</summary>
    ChangedMeanwhile,

    /// <summary>The schedule is so already, so that there is nothing to change.</summary>
    AlreadySo,

    /// <summary>The schedule's pause is not the one that the caller was shown.</summary>
    PauseChanged,
}
