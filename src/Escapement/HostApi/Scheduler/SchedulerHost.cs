using Escapement.Extensions;
using Escapement.HostApi.Permissions;
using Escapement.Scheduling;

namespace Escapement.HostApi.Scheduler;

/// <summary>The guide's six operations for one install: permission, then the common rules, then the guide's shapes.</summary>
internal sealed class SchedulerHost(CapabilityGate gate, IScheduleStore store, ScheduleOperations operations) : ISchedulerHost
{
    public async ValueTask<HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError>> ListAsync(CancellationToken cancellationToken = default) =>
        await MayReadAsync("schedule.list", target: null, cancellationToken)
            ? new([.. (await store.ListAsync(gate.Scope, cancellationToken)).Select(ScheduleInfo.Of)], null)
            : new(null, SchedulerError.Denied);

    public async ValueTask<HostAnswer<ScheduleInfo?, SchedulerError>> GetAsync(string scheduleId, CancellationToken cancellationToken = default)
    {
        if (!await MayReadAsync("schedule.get", scheduleId, cancellationToken))
        {
            return new(null, SchedulerError.Denied);
        }

        var found = ScheduleId.TryParse(scheduleId, out var id) ? await store.GetAsync(gate.Scope, id, cancellationToken) : null;
        return new(found is null ? null : ScheduleInfo.Of(found), null);
    }

    public async ValueTask<ScheduleChange> CreateAsync(ScheduleInput input, CancellationToken cancellationToken = default) =>
        await MayChangeAsync("schedule.create", target: null, cancellationToken)
            ? await operations.CreateAsync(gate.Scope, gate.Extension.Version.Endpoints, WithoutPolicy(input), gate.Actor, cancellationToken)
            : ScheduleChange.Denied;

    public async ValueTask<ScheduleChange> UpdateAsync(string scheduleId, ScheduleInput input, CancellationToken cancellationToken = default) =>
        await MayChangeAsync("schedule.update", scheduleId, cancellationToken)
            ? await operations.UpdateAsync(
                gate.Scope, gate.Extension.Version.Endpoints, scheduleId, WithoutPolicy(input), gate.Actor, cancellationToken: cancellationToken)
            : ScheduleChange.Denied;

    public async ValueTask<ScheduleChange> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default) =>
        await MayChangeAsync("schedule.delete", scheduleId, cancellationToken)
            ? await operations.DeleteAsync(gate.Scope, scheduleId, gate.Actor, cancellationToken: cancellationToken)
            : ScheduleChange.Denied;

    public async ValueTask<HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError>> GetEndpointsAsync(CancellationToken cancellationToken = default) =>
        await MayReadAsync("schedule.get-endpoints", target: null, cancellationToken)
            ? new([.. gate.Extension.Version.Endpoints.Select(EndpointInfo.Of)], null)
            : new(null, SchedulerError.Denied);

    // The policy is the admin's alone.
    private static ScheduleInput WithoutPolicy(ScheduleInput input) => input with { Policy = null };

    private ValueTask<bool> MayReadAsync(string action, string? target, CancellationToken cancellationToken) =>
        gate.AllowsReadAsync(Capability.SchedulerManage, action, target, cancellationToken);

    private ValueTask<bool> MayChangeAsync(string action, string? target, CancellationToken cancellationToken) =>
        gate.AllowsChangeAsync(Capability.SchedulerManage, action, target, cancellationToken);
}
