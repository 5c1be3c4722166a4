using Escapement.Audit;
using Escapement.HostApi.Permissions;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Scheduling;

namespace Escapement.HostApi;

/// <summary>Binds the host API to installs.</summary>
public sealed class HostApiFactory
{
    private readonly IScheduleStore schedules;
    private readonly ScheduleOperations operations;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    /// <summary>Makes the factory.</summary>
    public HostApiFactory(IScheduleStore schedules, ScheduleOperations operations, AuditLog audit, TimeProvider time)
    {
        this.schedules = schedules;
        this.operations = operations;
        this.audit = audit;
        this.time = time;
    }

    /// <summary>The host API as this install may use it: scoped to it, with its capabilities and endpoints as they are now.</summary>
    public IHostApi For(InstalledExtension extension)
    {
        var gate = new CapabilityGate(extension, audit, time);
        return new Bound(new SchedulerHost(gate, schedules, operations));
    }

    private sealed record Bound(ISchedulerHost Scheduler) : IHostApi;
}
