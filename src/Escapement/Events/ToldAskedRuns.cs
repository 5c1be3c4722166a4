using Escapement.Audit;
using Escapement.Runs;

namespace Escapement.Events;

/// <summary>The ledger, which tells of runs that somebody asked for: they wait until a node has room.</summary>
internal sealed class ToldAskedRuns(IRunStore inner, EventFeed feed) : IRunStore
{
    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyDictionary<ScheduleId, IReadOnlyList<RunBrief>>> ListLastAsync(
        IReadOnlyList<(TenantId Tenant, ScheduleId Schedule)> schedules, int each, CancellationToken cancellationToken) =>
        inner.ListLastAsync(schedules, each, cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListOpenAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        inner.ListOpenAsync(before, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StartedOccurrence>> ListStartedAsync(
        TenantId? tenant, DateTimeOffset since, int looked, CancellationToken cancellationToken) =>
        inner.ListStartedAsync(tenant, since, looked, cancellationToken);

    public ValueTask<WaitingOccurrences> CountWaitingAsync(TenantId? tenant, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        inner.CountWaitingAsync(tenant, now, most, cancellationToken);

    public ValueTask<KeptPayload?> FindPayloadAsync(TenantId tenant, ScheduleId schedule, long revision, CancellationToken cancellationToken) =>
        inner.FindPayloadAsync(tenant, schedule, revision, cancellationToken);

    public ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken) => inner.GetAsync(tenant, id, cancellationToken);

    public async ValueTask<RunNowOutcome> AskAsync(AskedRun run, AuditEntry audit, CancellationToken cancellationToken)
    {
        var outcome = await inner.AskAsync(run, audit, cancellationToken);
        if (outcome is RunNowOutcome.Queued { Run: var queued })
        {
            feed.Tell(new HostEvent(queued.Scope.Tenant, EventKind.Run, "queued", queued.Id.Value, queued.Schedule.Value));
        }

        return outcome;
    }
}
