using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Bench;

/// <summary>A store as a node uses it, whichever it is.</summary>
internal sealed record OpenStore(
    IAsyncDisposable Lifetime, TimeProvider Clock, IClaimStore Claims, IScheduleStore Schedules, IInstallStore Installs, IVersionStore Versions, IAuditStore Audit, Action<WakeSignal> Connect)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Lifetime.DisposeAsync();
}
