using Escapement.Audit;

namespace Escapement.Runs;

/// <summary>The run ledger as admins see it, and the queued door into it.</summary>
internal interface IRunStore
{
    /// <summary>
    /// Runs of a tenant, newest first by due time; or ended ones of all tenants, the latest written first. A page looks at a bounded number of rows, so
    /// it can be short and there can be more.
    /// </summary>
    ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>The last runs of each of some schedules, in short: by schedule, newest first.</summary>
    /// <param name="schedules">The schedules, each once.</param>
    /// <param name="each">At most so many of each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyDictionary<ScheduleId, IReadOnlyList<RunBrief>>> ListLastAsync(
        IReadOnlyList<(TenantId Tenant, ScheduleId Schedule)> schedules, int each, CancellationToken cancellationToken = default);

    /// <summary>All tenants' runs that are under way or wait, the latest opened first: those whose ids sort before this one, at most so many.</summary>
    ValueTask<IReadOnlyList<Run>> ListOpenAsync(Guid before, int limit, CancellationToken cancellationToken = default);

    /// <summary>One run, or null when the tenant has none of that id.</summary>
    ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Occurrences that were due since an instant and have started in their first attempt: of a tenant, or of all. It looks at so many rows of the ledger, the
    /// newest.
    /// </summary>
    ValueTask<IReadOnlyList<StartedOccurrence>> ListStartedAsync(
        TenantId? tenant, DateTimeOffset since, int looked, CancellationToken cancellationToken = default);

    /// <summary>What is due and has not started, of a tenant or of all; schedules and queued runs at most so many each.</summary>
    ValueTask<WaitingOccurrences> CountWaitingAsync(TenantId? tenant, DateTimeOffset now, int most, CancellationToken cancellationToken = default);

    /// <summary>The payload of a schedule that a revision brought, as its runs had it; null when it is kept no more.</summary>
    ValueTask<KeptPayload?> FindPayloadAsync(TenantId tenant, ScheduleId schedule, long revision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues a run that somebody asks for, with its audit entry, in one transaction. Refused while the schedule has an open run, and while its
    /// install is disabled or its tenant or the host is paused; a disabled schedule may be run, and one that is paused with its install.
    /// Refused too if it is to have a payload that is kept no more; what is kept stays for as long as the new run does.
    /// </summary>
    ValueTask<RunNowOutcome> AskAsync(AskedRun run, AuditEntry audit, CancellationToken cancellationToken = default);
}
