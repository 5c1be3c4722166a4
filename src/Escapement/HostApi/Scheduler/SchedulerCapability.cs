using Escapement.Extensions;
using Escapement.HostApi.Permissions;
using Escapement.Scheduling;

namespace Escapement.HostApi.Scheduler;

/// <summary><see cref="Capability.SchedulerManage"/>: <see cref="ISchedulerHost"/> over the rules and the store that admins use too.</summary>
internal sealed class SchedulerCapability : HostCapability
{
    private readonly IScheduleStore store;
    private readonly ScheduleOperations operations;

    /// <summary>Makes the capability.</summary>
    public SchedulerCapability(IScheduleStore store, ScheduleOperations operations)
        : base(typeof(ISchedulerHost))
    {
        this.store = store;
        this.operations = operations;
    }

    internal override ISchedulerHost Bind(CapabilityGate gate) => new SchedulerHost(gate, store, operations);
}
