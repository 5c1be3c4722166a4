using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Listing;

/// <summary>Keeps by what schedules are found, within the changes of schedules.</summary>
internal static class ScheduleTextRow
{
    public static void Add(Database database, Schedule schedule)
    {
        StoredListedSchedule.WriteText(database.Sql("add_schedule_text"), schedule).Set("tenant", schedule.Scope.Tenant.Value).Run();
        AddSearch(database, schedule);
    }

    /// <summary>After a change of a schedule; most change neither name nor endpoint.</summary>
    public static void Change(Database database, Schedule before, Schedule after)
    {
        if (before.Name == after.Name && before.Endpoint == after.Endpoint)
        {
            return;
        }

        StoredListedSchedule.WriteText(database.Sql("change_schedule_text"), after).Run();
        RemoveSearch(database, after.Id);
        AddSearch(database, after);
    }

    public static void Remove(Database database, ScheduleId id)
    {
        database.Sql("remove_schedule_text").Set("id", id.Value).Run();
        RemoveSearch(database, id);
    }

    /// <summary>Before the schedules of an install go.</summary>
    public static void RemoveAll(Database database, InstallId install, IEnumerable<ScheduleId> schedules)
    {
        database.Sql("remove_schedule_texts").Set("install", install.Value).Run();
        foreach (var id in schedules)
        {
            RemoveSearch(database, id);
        }
    }

    /// <summary>A tenant as searches name it: between characters that no name holds, so that none is the end of another.</summary>
    public static string ScopeOf(TenantId tenant) => $"\u0002{tenant}\u0003";

    private static void AddSearch(Database database, Schedule schedule) => database.Sql("add_search")
        .Set("number", StoredListedSchedule.NumberOf(schedule.Id))
        .Set("id", schedule.Id.Value)
        .Set("scope", ScopeOf(schedule.Scope.Tenant))
        .Set("content", Escapement.Listing.ScheduleText.Of(schedule).Content)
        .Run();

    private static void RemoveSearch(Database database, ScheduleId id) =>
        database.Sql("remove_search").Set("number", StoredListedSchedule.NumberOf(id)).Run();
}
