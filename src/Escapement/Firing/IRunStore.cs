using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>The run ledger as admins see it, and the queued door into it.</summary>
public interface IRunStore
{
    /// <summary>Runs of a tenant, newest first by due time.</summary>
    ValueTask<IReadOnlyList<Run>> ListAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>One run, or null when the tenant has none of that id.</summary>
    ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues a run-now, with its audit entry, in one transaction. Refused while the schedule has an open run, and while its
    /// install is disabled; a disabled schedule may be run.
    /// </summary>
    ValueTask<RunNowOutcome> RunNowAsync(InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset now, string requestedBy, AuditEntry audit, CancellationToken cancellationToken = default);
}

/// <summary>Which runs.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Install">Only this install's; null for all.</param>
/// <param name="Schedule">Only this schedule's; null for all.</param>
/// <param name="State">Only those in this state; null for all.</param>
/// <param name="Before">The last row of the page before: only rows that sort after it; null for the first page.</param>
/// <param name="Limit">At most this many.</param>
public sealed record RunQuery(TenantId Tenant, InstallId? Install, ScheduleId? Schedule, RunState? State, RunCursor? Before, int Limit);

/// <summary>A place in a list of runs.</summary>
/// <param name="DueAt">The row's due time.</param>
/// <param name="Id">The row's id.</param>
public sealed record RunCursor(DateTimeOffset DueAt, RunId Id);

/// <summary>How a run-now ended.</summary>
public abstract record RunNowOutcome
{
    private RunNowOutcome()
    {
    }

    /// <summary>It is queued.</summary>
    public sealed record Queued(Run Run) : RunNowOutcome;

    /// <summary>The install has no such schedule.</summary>
    public sealed record NotFound : RunNowOutcome;

    /// <summary>The schedule has an open run.</summary>
    public sealed record AlreadyRunning(RunId Run) : RunNowOutcome;

    /// <summary>The install is disabled.</summary>
    public sealed record InstallDisabled : RunNowOutcome;
}
