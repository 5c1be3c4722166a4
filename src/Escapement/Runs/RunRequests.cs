using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>
/// What runs asked of their extensions. A run keeps the revision of its payload alone, so that it stays small: the endpoint is that of its schedule, as it
/// was before the first change since.
/// </summary>
internal sealed class RunRequests(IScheduleStore schedules, IRunStore runs, AuditListing audit)
{
    private const int MostChanges = 200;

    /// <summary>
    /// Null for a run that has not started, whose schedule is gone, or whose schedule was changed so often since that nobody looks through it.
    /// </summary>
    public async ValueTask<RunRequest?> OfAsync(Run run, CancellationToken cancellationToken = default)
    {
        if (run.StartedAt is not { } started || run.PayloadRevision is not { } revision
            || await schedules.GetAsync(run.Scope, run.Schedule, cancellationToken) is not { } schedule)
        {
            return null;
        }

        var since = new AuditQuery(run.Scope.Tenant, Before: null, MostChanges) { Target = run.Schedule.ToString(), Changed = true, From = started };
        var (entries, more) = await audit.ListAsync(since, cancellationToken);
        if (more is not null)
        {
            return null;
        }

        var changed = entries.LastOrDefault(e => e.Changes.Of(ScheduleFields.Called) is not null)?.Changes.Of(ScheduleFields.Called);
        var endpoint = changed?.Before?.Json is { } then ? ScheduleFields.EndpointOf(then) : schedule.Endpoint;
        return new RunRequest(endpoint, await runs.FindPayloadAsync(run.Scope.Tenant, run.Schedule, revision, cancellationToken));
    }
}
