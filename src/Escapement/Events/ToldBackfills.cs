using Escapement.Audit;
using Escapement.Backfilling;

namespace Escapement.Events;

/// <summary>The store of backfills, which tells that the backfill of a schedule was begun, steered or ended. Its runs are told like all others.</summary>
internal sealed class ToldBackfills(IBackfillStore inner, EventFeed feed) : IBackfillStore
{
    public ValueTask<BackfillGround?> ReadAsync(InstallScope scope, ScheduleId schedule, BackfillRange range, CancellationToken cancellationToken) =>
        inner.ReadAsync(scope, schedule, range, cancellationToken);

    public async ValueTask<BackfillOutcome> ChangeAsync(
        InstallScope scope,
        ScheduleId schedule,
        BackfillRange? range,
        Func<BackfillGround, BackfillChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken)
    {
        var outcome = await inner.ChangeAsync(scope, schedule, range, decide, audit, cancellationToken);
        if (outcome is BackfillOutcome.Done)
        {
            feed.Tell(new HostEvent(scope.Tenant, EventKind.Schedule, "backfill", schedule.Value));
        }

        return outcome;
    }
}
