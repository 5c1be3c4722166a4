using Escapement.Audit;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Events;

/// <summary>The store of pauses above schedules, which tells that what lies below was paused or resumed.</summary>
internal sealed class ToldPauses(IPauseStore inner, EventFeed feed) : IPauseStore
{
    public ValueTask<IReadOnlyList<OuterPause>> ListAsync(TenantId? tenant, CancellationToken cancellationToken) => inner.ListAsync(tenant, cancellationToken);

    public ValueTask<IReadOnlyList<OuterPause>> ListAllAsync(CancellationToken cancellationToken) => inner.ListAllAsync(cancellationToken);

    public async ValueTask<PauseOutcome> PauseAsync(
        OuterPause pause, AuditEntry audit, Func<Pause?, bool>? expected, CancellationToken cancellationToken) =>
        Tell(await inner.PauseAsync(pause, audit, expected, cancellationToken), pause.Target, "paused");

    public async ValueTask<PauseOutcome> ResumeAsync(PauseTarget target, PauseEnding ending, AuditEntry audit, CancellationToken cancellationToken) =>
        Tell(await inner.ResumeAsync(target, ending, audit, cancellationToken), target, "resumed");

    public IAsyncEnumerable<Schedule> HeldAsync(PauseTarget target, CancellationToken cancellationToken) => inner.HeldAsync(target, cancellationToken);

    private PauseOutcome Tell(PauseOutcome outcome, PauseTarget target, string what)
    {
        if (outcome is PauseOutcome.Done)
        {
            feed.Tell(new HostEvent(target.Tenant, EventKind.Schedule, what, Id: null));
        }

        return outcome;
    }
}
