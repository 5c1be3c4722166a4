using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.HostApi;

/// <summary>Binds the host API to installs.</summary>
public sealed class HostApiFactory
{
    private readonly IScheduleStore schedules;
    private readonly ScheduleOperations operations;
    private readonly AuditLog audit;

    /// <summary>Makes the factory.</summary>
    public HostApiFactory(IScheduleStore schedules, ScheduleOperations operations, AuditLog audit)
    {
        this.schedules = schedules;
        this.operations = operations;
        this.audit = audit;
    }

    /// <summary>The host API as this install may use it: scoped to it, with its capabilities and endpoints as they are now.</summary>
    public IHostApi For(InstalledExtension extension) => new Bound(new SchedulerHost(extension, schedules, operations, audit));

    private sealed record Bound(ISchedulerHost Scheduler) : IHostApi;
}
