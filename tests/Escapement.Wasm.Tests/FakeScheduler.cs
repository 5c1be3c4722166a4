using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests;

/// <summary>Answers as the host API does for an install without the capability, unless a test puts something else in place.</summary>
internal sealed class FakeScheduler : ISchedulerHost
{
    public const string NotGranted = "Permission denied: cap:scheduler.manage not granted";

    private static readonly ScheduleChange Denied = new() { Kind = ScheduleChangeKind.Denied, Error = NotGranted };

    public Func<HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError>> OnList { get; set; } = () => new(null, SchedulerError.Denied);

    public Func<string, HostAnswer<ScheduleInfo?, SchedulerError>> OnGet { get; set; } = _ => new(null, SchedulerError.Denied);

    public Func<ScheduleInput, ScheduleChange> OnCreate { get; set; } = _ => Denied;

    public Func<string, ScheduleInput, ScheduleChange> OnUpdate { get; set; } = (_, _) => Denied;

    public Func<string, CancellationToken, Task<ScheduleChange>> OnDelete { get; set; } = (_, _) => Task.FromResult(Denied);

    public Func<HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError>> OnGetEndpoints { get; set; } = () => new(null, SchedulerError.Denied);

    public ValueTask<HostAnswer<IReadOnlyList<ScheduleInfo>, SchedulerError>> ListAsync(CancellationToken cancellationToken = default) => new(OnList());

    public ValueTask<HostAnswer<ScheduleInfo?, SchedulerError>> GetAsync(string scheduleId, CancellationToken cancellationToken = default) =>
        new(OnGet(scheduleId));

    public ValueTask<ScheduleChange> CreateAsync(ScheduleInput input, CancellationToken cancellationToken = default) => new(OnCreate(input));

    public ValueTask<ScheduleChange> UpdateAsync(string scheduleId, ScheduleInput input, CancellationToken cancellationToken = default) =>
        new(OnUpdate(scheduleId, input));

    public ValueTask<ScheduleChange> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default) =>
        new(OnDelete(scheduleId, cancellationToken));

    public ValueTask<HostAnswer<IReadOnlyList<EndpointInfo>, SchedulerError>> GetEndpointsAsync(CancellationToken cancellationToken = default) =>
        new(OnGetEndpoints());
}
