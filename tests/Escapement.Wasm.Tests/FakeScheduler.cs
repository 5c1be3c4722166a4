using Escapement.HostApi;

namespace Escapement.Wasm.Tests;

/// <summary>Answers as the host API does for an install without the capability, unless a test puts something else in place.</summary>
internal sealed class FakeScheduler : ISchedulerHost
{
    private const string NotGranted = "Permission denied: cap:scheduler.manage not granted";

    public Func<string, CancellationToken, Task<DeleteScheduleResult>> OnDelete { get; set; } =
        (_, _) => Task.FromResult(new DeleteScheduleResult(false, NotGranted));

    public ValueTask<SchedulerAnswer<IReadOnlyList<ScheduleInfo>>> ListAsync(CancellationToken cancellationToken = default) => new(new SchedulerAnswer<IReadOnlyList<ScheduleInfo>>(null, SchedulerError.Denied));

    public ValueTask<SchedulerAnswer<ScheduleInfo?>> GetAsync(string scheduleId, CancellationToken cancellationToken = default) => new(new SchedulerAnswer<ScheduleInfo?>(null, SchedulerError.Denied));

    public ValueTask<CreateScheduleResult> CreateAsync(CreateScheduleInput input, CancellationToken cancellationToken = default) => new(new CreateScheduleResult(false, Error: NotGranted));

    public ValueTask<UpdateScheduleResult> UpdateAsync(string scheduleId, UpdateScheduleInput input, CancellationToken cancellationToken = default) => new(new UpdateScheduleResult(false, NotGranted));

    public ValueTask<DeleteScheduleResult> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default) => new(OnDelete(scheduleId, cancellationToken));

    public ValueTask<SchedulerAnswer<IReadOnlyList<EndpointInfo>>> GetEndpointsAsync(CancellationToken cancellationToken = default) => new(new SchedulerAnswer<IReadOnlyList<EndpointInfo>>(null, SchedulerError.Denied));
}
