namespace Escapement.HostApi.Scheduler;

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
