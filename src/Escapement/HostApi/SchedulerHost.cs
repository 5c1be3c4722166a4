using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.HostApi;

/// <summary>The guide's six operations for one install: permission, then the common rules, then the guide's shapes.</summary>
internal sealed class SchedulerHost(InstalledExtension extension, IScheduleStore store, ScheduleOperations operations, AuditLog audit) : ISchedulerHost
{
    private readonly InstallScope scope = extension.Install.Scope;
    private readonly Actor actor = new(ActorKind.Extension, extension.Install.ExtensionId);

    private bool Granted => extension.Can(Capability.SchedulerManage);

    public async ValueTask<SchedulerAnswer<IReadOnlyList<ScheduleInfo>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!await AllowReadAsync("schedule.list", target: null, cancellationToken))
        {
            return new(null, SchedulerError.Denied);
        }

        var schedules = await store.ListAsync(scope, cancellationToken);
        return new([.. schedules.Select(ToInfo)], null);
    }

    public async ValueTask<SchedulerAnswer<ScheduleInfo?>> GetAsync(string scheduleId, CancellationToken cancellationToken = default)
    {
        if (!await AllowReadAsync("schedule.get", scheduleId, cancellationToken))
        {
            return new(null, SchedulerError.Denied);
        }

        var found = ScheduleOperations.ParseId(scheduleId) is { } id ? await store.GetAsync(scope, id, cancellationToken) : null;
        return new(found is null ? null : ToInfo(found), null);
    }

    public async ValueTask<CreateScheduleResult> CreateAsync(CreateScheduleInput input, CancellationToken cancellationToken = default)
    {
        if (!Granted)
        {
            await DenyAsync("schedule.create", target: null, cancellationToken);
            return new CreateScheduleResult(false, Error: ScheduleMessages.Denied);
        }

        var change = await operations.CreateAsync(extension, input, retry: null, actor, cancellationToken);
        return new CreateScheduleResult(change.IsDone, change.Schedule?.Id.ToString(), change.Error, change.FieldErrors);
    }

    public async ValueTask<UpdateScheduleResult> UpdateAsync(string scheduleId, UpdateScheduleInput input, CancellationToken cancellationToken = default)
    {
        if (!Granted)
        {
            await DenyAsync("schedule.update", scheduleId, cancellationToken);
            return new UpdateScheduleResult(false, ScheduleMessages.Denied);
        }

        var change = await operations.UpdateAsync(extension, scheduleId, input, retry: null, actor, cancellationToken);
        return new UpdateScheduleResult(change.IsDone, change.Error, change.FieldErrors);
    }

    public async ValueTask<DeleteScheduleResult> DeleteAsync(string scheduleId, CancellationToken cancellationToken = default)
    {
        if (!Granted)
        {
            await DenyAsync("schedule.delete", scheduleId, cancellationToken);
            return new DeleteScheduleResult(false, ScheduleMessages.Denied);
        }

        var change = await operations.DeleteAsync(scope, scheduleId, actor, cancellationToken);
        return new DeleteScheduleResult(change.IsDone, change.Error);
    }

    public async ValueTask<SchedulerAnswer<IReadOnlyList<EndpointInfo>>> GetEndpointsAsync(CancellationToken cancellationToken = default)
    {
        if (!await AllowReadAsync("schedule.get-endpoints", target: null, cancellationToken))
        {
            return new(null, SchedulerError.Denied);
        }

        return new([.. extension.Version.Endpoints.Select(e => new EndpointInfo(e.Id.ToString(), e.Declared.Method, e.Declared.Path, e.Declared.Handler, e.Declared.Schedulable))], null);
    }

    private static ScheduleInfo ToInfo(Schedule s) => new(
        s.Id.ToString(),
        s.Endpoint.Path,
        s.Endpoint.Method,
        s.Name,
        s.Cron,
        s.TimeZone,
        s.Enabled,
        s.Payload,
        Timestamp(s.LastRunAt),
        s.LastRunStatus switch { null => null, LastRunStatus.Success => "success", _ => "error" },
        s.LastError,
        Timestamps.Format(s.CreatedAt));

    private static string? Timestamp(DateTimeOffset? at) => at is { } instant ? Timestamps.Format(instant) : null;

    private async ValueTask<bool> AllowReadAsync(string action, string? target, CancellationToken cancellationToken)
    {
        if (!Granted)
        {
            await DenyAsync(action, target, cancellationToken);
            return false;
        }

        await audit.RecordAsync(operations.Entry(scope, actor, action, target, AuditOutcome.Done, detail: null), cancellationToken);
        return true;
    }

    private ValueTask DenyAsync(string action, string? target, CancellationToken cancellationToken) =>
        audit.RecordAsync(operations.Entry(scope, actor, action, target, AuditOutcome.Denied, ScheduleMessages.Denied), cancellationToken);
}
