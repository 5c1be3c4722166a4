using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <summary>
/// Has the schedules of an install follow it to another version (<see cref="EndpointHold.Follow"/>), inside the transaction that holds the install.
/// </summary>
internal static class VersionFollowers
{
    /// <summary>Holds the schedules from the look at them to the commit; what is written is added to what is sent next.</summary>
    public static async ValueTask FollowAsync(Session session, InstallScope scope, Func<Schedule, Schedule> follow, CancellationToken cancellationToken)
    {
        foreach (var (_, after) in (await ScheduleRow.ListAsync(session, "lock_schedules", scope, cancellationToken))
            .Select(s => (s, follow(s)))
            .Where(s => s.Item2 != s.Item1))
        {
            StoredSchedule.WriteFollowing(session.Sql("follow_version"), after).Set("bucket", Bucket.Of(scope.Tenant));
        }
    }
}
