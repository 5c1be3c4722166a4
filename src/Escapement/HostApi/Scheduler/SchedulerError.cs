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
