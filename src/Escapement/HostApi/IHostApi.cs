namespace Escapement.HostApi;

/// <summary>What a guest can ask of the host, bound to one install. One property a capability.</summary>
public interface IHostApi
{
    /// <summary>The install's schedules.</summary>
    ISchedulerHost Scheduler { get; }
}

/// <summary>
/// The six operations of the guide, bound to one install. Expected failures are results. Each operation, granted or
/// refused, leaves an audit entry.
/// </summary>
public interface ISchedulerHost
{
    /// <summary>All schedules of the install, oldest first.</summary>
    ValueTask<SchedulerAnswer<IReadOnlyList<ScheduleInfo>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One schedule; null for an unknown id, another install's id and a malformed id alike.</summary>
    ValueTask<SchedulerAnswer<ScheduleInfo?>> GetAsync(string scheduleId, CancellationToken cancellationToken = default);

    /// <summary>Creates a schedule.</summary>
    ValueTask<CreateScheduleResult> CreateAsync(CreateScheduleInput input, CancellationToken cancellationToken = default);

    /// <summary>Changes a schedule: an absent field stays, <c>""</c> clears name and payload.</summary>
    ValueTask<UpdateScheduleResult> UpdateAsync(string scheduleId, UpdateScheduleInput input, CancellationToken cancellationToken = default);

    /// <summary>Deletes a schedule; nothing of it fires after the answer.</summary>
    ValueTask<DeleteScheduleResult> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default);

    /// <summary>Every endpoint of the installed version, by path then method.</summary>
    ValueTask<SchedulerAnswer<IReadOnlyList<EndpointInfo>>> GetEndpointsAsync(CancellationToken cancellationToken = default);
}

/// <summary>The interface's errors (contract section 7).</summary>
public enum SchedulerError
{
    /// <summary><c>not-found</c></summary>
    NotFound,

    /// <summary><c>validation-failed</c></summary>
    ValidationFailed,

    /// <summary><c>quota-exceeded</c></summary>
    QuotaExceeded,

    /// <summary><c>denied</c></summary>
    Denied,

    /// <summary><c>internal</c></summary>
    Internal,
}

/// <summary>A value or the interface's error.</summary>
/// <param name="Value">The answer, when <paramref name="Error"/> is null.</param>
/// <param name="Error">Why there is none.</param>
public readonly record struct SchedulerAnswer<T>(T? Value, SchedulerError? Error)
{
    /// <summary>Whether there is an answer.</summary>
    public bool IsOk => Error is null;
}

/// <summary>A schedule as extensions see it. Times are ISO 8601, UTC, milliseconds, <c>Z</c>.</summary>
public sealed record ScheduleInfo(
    string Id,
    string EndpointPath,
    string EndpointMethod,
    string? Name,
    string Cron,
    string Timezone,
    bool Enabled,
    string? Payload,
    string? LastRunAt,
    string? LastRunStatus,
    string? LastError,
    string? CreatedAt);

/// <summary>An endpoint as extensions see it.</summary>
public sealed record EndpointInfo(string Id, string Method, string Path, string Handler, bool Schedulable);

/// <summary>What <c>create</c> takes.</summary>
/// <param name="Endpoint"><c>METHOD /path</c>, or a bare path.</param>
/// <param name="Cron">Five fields.</param>
/// <param name="Timezone">An IANA zone; default <c>UTC</c>.</param>
/// <param name="Enabled">Whether it fires; default true.</param>
/// <param name="Name">At most 128 characters.</param>
/// <param name="Payload">A JSON object or array.</param>
public sealed record CreateScheduleInput(string Endpoint, string Cron, string? Timezone = null, bool? Enabled = null, string? Name = null, string? Payload = null);

/// <summary>What <c>update</c> takes; null stays as it is.</summary>
public sealed record UpdateScheduleInput(string? Endpoint = null, string? Cron = null, string? Timezone = null, bool? Enabled = null, string? Name = null, string? Payload = null);

/// <summary>What <c>create</c> answers.</summary>
public sealed record CreateScheduleResult(bool Success, string? ScheduleId = null, string? Error = null, IReadOnlyDictionary<string, string>? FieldErrors = null);

/// <summary>What <c>update</c> answers.</summary>
public sealed record UpdateScheduleResult(bool Success, string? Error = null, IReadOnlyDictionary<string, string>? FieldErrors = null);

/// <summary>What <c>delete</c> answers.</summary>
public sealed record DeleteScheduleResult(bool Success, string? Error = null);
