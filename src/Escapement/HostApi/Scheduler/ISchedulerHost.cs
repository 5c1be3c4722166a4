using Escapement.Scheduling;

namespace Escapement.HostApi.Scheduler;

/// <summary>
/// The six operations of the guide, bound to one install. Expected failures are results. Each operation, granted or
/// refused, leaves an audit entry.
/// </summary>
public interface ISchedulerHost
{
    /// <summary>All schedules of the install, oldest first.</summary>
    ValueTask<HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One schedule; null for an unknown id, another install's id and a malformed id alike.</summary>
    ValueTask<HostAnswer<ScheduleInfo?, SchedulerError>> GetAsync(string scheduleId, CancellationToken cancellationToken = default);

    /// <summary>Creates a schedule.</summary>
    ValueTask<ScheduleChange> CreateAsync(ScheduleInput input, CancellationToken cancellationToken = default);

    /// <summary>Changes a schedule: an absent field stays, <c>""</c> clears name and payload.</summary>
    ValueTask<ScheduleChange> UpdateAsync(string scheduleId, ScheduleInput input, CancellationToken cancellationToken = default);

    /// <summary>Deletes a schedule; nothing of it fires after the answer.</summary>
    ValueTask<ScheduleChange> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default);

    /// <summary>Every endpoint of the installed version, by path then method.</summary>
    ValueTask<HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError>> GetEndpointsAsync(CancellationToken cancellationToken = default);
}
