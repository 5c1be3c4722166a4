using Escapement.HostApi.Scheduler;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests;

/// <summary>Answers as the host API does for an install without the capability, unless a test puts something else in place.</summary>
internal sealed class FakeScheduler : ISchedulerHost
{
    private const string NotGranted = "Permission denied: cap:scheduler.manage not granted";

    private static readonly ScheduleChange Denied = new() { Kind = ScheduleChangeKind.Denied, Error = NotGranted };

    public Func<string, CancellationToken, Task<ScheduleChange>> OnDelete { get; set; } = (_, _) => Task.FromResult(Denied);

    public ValueTask<SchedulerAnswer<IReadOnlyList<ScheduleInfo>>> ListAsync(CancellationToken cancellationToken = default) =>
        new(new SchedulerAnswer<IReadOnlyList<ScheduleInfo>>(null, SchedulerError.Denied));

    public ValueTask<SchedulerAnswer<ScheduleInfo?>> GetAsync(string scheduleId, CancellationToken cancellationToken = default) =>
        new(new SchedulerAnswer<ScheduleInfo?>(null, SchedulerError.Denied));

    public ValueTask<ScheduleChange> CreateAsync(ScheduleInput input, CancellationToken cancellationToken = default) => new(Denied);

    public ValueTask<ScheduleChange> UpdateAsync(string scheduleId, ScheduleInput input, CancellationToken cancellationToken = default) => new(Denied);

    public ValueTask<ScheduleChange> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default) => new(OnDelete(scheduleId, cancellationToken));

    public ValueTask<SchedulerAnswer<IReadOnlyList<EndpointInfo>>> GetEndpointsAsync(CancellationToken cancellationToken = default) =>
        new(new SchedulerAnswer<IReadOnlyList<EndpointInfo>>(null, SchedulerError.Denied));
}
