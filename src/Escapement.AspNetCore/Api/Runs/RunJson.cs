using Escapement.AspNetCore.Api.Pauses;
using Escapement.Runs;

namespace Escapement.AspNetCore.Api.Runs;

internal sealed record RunJson
{
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Tenant { get; init; }

    public required string InstallId { get; init; }

    public required string ScheduleId { get; init; }

    /// <summary>What its schedule is called: its name, or its endpoint where it has none; absent for one that was deleted and is kept no more.</summary>
    public string? Schedule { get; init; }

    /// <summary>The zone that its schedule is due by.</summary>
    public string? Timezone { get; init; }

    /// <summary>The extension; absent for one that was uninstalled before the run had anything to run.</summary>
    public string? ExtensionId { get; init; }

    /// <summary>The occurrence; for a run that somebody asked for, when they did.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary><c>schedule</c>, <c>run-now</c>, <c>rerun</c> or <c>backfill</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>skipped</c>, <c>missed</c> or <c>abandoned</c>.</summary>
    public required string State { get; init; }

    /// <summary>
    /// Why it ended so, as a stable word, such as <c>time-out</c>, <c>overlap</c>, <c>node-lost</c> or <c>store-lost</c>; while it is queued to be tried
    /// again, why the attempt before did, or <c>compiling</c> or <c>sandbox-unavailable</c>, what it waits for. Absent before the first attempt, while
    /// one is under way, and after a success.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>What became of it, in one sentence.</summary>
    public required string Explanation { get; init; }

    public required int Attempt { get; init; }

    /// <summary>The version that the last attempt ran, as its publisher numbered it; absent for what never started, and while it is under way.</summary>
    public string? Version { get; init; }

    public string? VersionId { get; init; }

    public DateTimeOffset? AvailableAt { get; init; }

    public string? Node { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int? StatusCode { get; init; }

    public string? Error { get; init; }

    /// <summary>Who asked for it, or skipped the occurrence ahead of time.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why they did.</summary>
    public string? Note { get; init; }

    /// <summary>The run that it repeats.</summary>
    public string? Repeats { get; init; }

    /// <summary>Of a repeat and of a run of a backfill: what it makes up for, which the extension is told as its due time.</summary>
    public DateTimeOffset? Occurrence { get; init; }

    public MissedJson? Missed { get; init; }

    /// <summary>The pause that kept it from starting; of several the one that began first.</summary>
    public PauseJson? Pause { get; init; }

    /// <summary>Attempts before the last, oldest first.</summary>
    public required IReadOnlyList<AttemptJson> EarlierAttempts { get; init; }

    /// <summary>The trace that the last attempt is in, in hexadecimal; absent where nobody recorded one.</summary>
    public string? TraceId { get; init; }

    /// <summary>What it asked of the extension; only when one run is asked for, and as far as that is known.</summary>
    public RunRequestJson? Request { get; init; }

    /// <summary>What the sandbox kept of the last attempt; only when one run is asked for.</summary>
    public EvidenceJson? Evidence { get; init; }

    /// <summary>A trigger as the API spells it.</summary>

    /// <param name="r">The run.</param>
    /// <param name="names">What it is of is called.</param>
    public static RunJson Of(Run r, RunNames names) => new()
    {
        Id = r.Id.ToString(),
        Tenant = r.Scope.Tenant.Value,
        InstallId = r.Scope.Install.ToString(),
        ScheduleId = r.Schedule.ToString(),
        Schedule = names.ScheduleOf(r)?.Name,
        Timezone = names.ScheduleOf(r)?.TimeZone,
        ExtensionId = names.ExtensionOf(r),
        DueAt = r.DueAt,
        Trigger = r.Trigger.Word(),
        State = RunStateWords.Of(r.State),
        Reason = RunExplanation.Word(r.Reason),
        Explanation = RunExplanation.For(r),
        Attempt = r.Attempt,
        Version = names.NameOf(r.Version),
        VersionId = r.Version?.ToString(),
        AvailableAt = r.AvailableAt,
        Node = r.Node,
        CreatedAt = r.CreatedAt,
        StartedAt = r.StartedAt,
        FinishedAt = r.FinishedAt,
        StatusCode = r.StatusCode,
        Error = r.Error,
        RequestedBy = r.RequestedBy,
        Note = r.Note,
        Repeats = r.Repeats?.ToString(),
        Occurrence = r.Occurrence,
        Missed = r.MissedCount is { } count ? new MissedJson(count, r.MissedFrom ?? r.DueAt, r.MissedTo ?? r.DueAt) : null,
        Pause = r.Pause is { } pause ? PauseJson.Of(pause) : null,
        TraceId = r.Evidence.TraceId,
        EarlierAttempts = [.. r.EarlierAttempts.Select(a => AttemptJson.Of(a, names))],
    };

    public static RunJson WithEvidence(Run r, RunNames names, RunRequest? request) => Of(r, names) with
    {
        Request = request is null ? null : RunRequestJson.Of(request),
        Evidence = EvidenceJson.Of(r.Evidence),
    };
}

/// <summary>What a run asked of the extension.</summary>
/// <param name="Method">The endpoint's method, of what the schedule called when the run started.</param>
/// <param name="Path">The endpoint's path.</param>
/// <param name="Payload">The payload that it had; absent for none, and where it is kept no more.</param>
/// <param name="PayloadKept">Whether the payload is kept.</param>
internal sealed record RunRequestJson(string Method, string Path, string? Payload, bool PayloadKept)
{
    public static RunRequestJson Of(RunRequest r) => new(r.Endpoint.Method, r.Endpoint.Path, r.Payload?.Text, r.Payload is not null);
}

/// <summary>The occurrences that a missed row stands for.</summary>
internal sealed record MissedJson(int Count, DateTimeOffset From, DateTimeOffset To);

internal sealed record AttemptJson(int Attempt, DateTimeOffset? StartedAt, DateTimeOffset EndedAt, string? Reason, string? Node, string? Error)
{
    /// <summary>The version that it ran; absent when it never reached the sandbox or was lost.</summary>
    public string? Version { get; init; }

    /// <summary>The trace that it is in, in hexadecimal; absent where nobody recorded one.</summary>
    public string? TraceId { get; init; }

    public static AttemptJson Of(EndedAttempt a, RunNames names) =>
        new(a.Attempt, a.StartedAt, a.EndedAt, RunExplanation.Word(a.Reason), a.Node, a.Error) { Version = names.NameOf(a.Version), TraceId = a.TraceId };
}

internal sealed record EvidenceJson(IReadOnlyList<LogLineJson> Log, int DroppedLogLines, IReadOnlyDictionary<string, int> HostCalls)
{
    public static EvidenceJson Of(RunEvidence e) => new([.. e.Log.Select(l => new LogLineJson(l.At, l.Level, l.Message))], e.DroppedLogLines, e.HostCalls);
}

internal sealed record LogLineJson(DateTimeOffset At, string Level, string Message);
