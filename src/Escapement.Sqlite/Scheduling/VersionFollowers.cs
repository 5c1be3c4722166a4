using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Has the schedules of an install follow it to another version (<see cref="EndpointHold.Follow"/>), inside the writer's transaction.</summary>
internal static class VersionFollowers
{
    public static void Follow(Database database, InstallScope scope, Func<Schedule, Schedule> follow)
    {
        foreach (var (_, after) in ScheduleRow.List(database, scope).Select(s => (s, follow(s))).Where(s => s.Item2 != s.Item1))
        {
            StoredSchedule.WriteFollowing(database.Sql("follow_version"), after).Run();
        }
    }
}
