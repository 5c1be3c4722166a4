using System.Globalization;

namespace Escapement.Listing;

/// <summary>Which schedules, in what order, from where on.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Filter">Which of them.</param>
/// <param name="Sort">In what order.</param>
/// <param name="After">The place after which the page begins; null for the first.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record ScheduleQuery(ListScope Scope, ScheduleFilter Filter, ScheduleSort Sort, SchedulePlace? After, int Limit);

/// <summary>Whose schedules.</summary>
/// <param name="Tenant">The tenant; null for all.</param>
/// <param name="Install">The install; null for all of the tenant's.</param>
internal readonly record struct ListScope(TenantId? Tenant, InstallId? Install = null);

/// <summary>An order of schedules.</summary>
internal enum ScheduleSort
{
    /// <summary>Oldest first.</summary>
    Created = 0,

    /// <summary>What starts next first; what does not start at all comes last.</summary>
    Next = 1,

    /// <summary>By name, or by endpoint where there is none.</summary>
    Name = 2,

    /// <summary>What ran last first; what never ran comes last. Within one install, or one extension of a tenant, which is one.</summary>
    LastRun = 3,

    /// <summary>Those that failed most often in a row first, then all that did not fail last, oldest first.</summary>
    Failures = 4,

    /// <summary>Newest first.</summary>
    Newest = 5,

    /// <summary>As <see cref="Name"/>, from the end.</summary>
    NameBackwards = 6,

    /// <summary>As <see cref="LastRun"/>, from the end: what never ran, then what ran longest ago.</summary>
    LastRunBackwards = 7,
}

/// <summary>A way through schedules that an index gives.</summary>
internal enum ScheduleWalk
{
    /// <summary>By id.</summary>
    Created = 0,

    /// <summary>By start, of those that have one.</summary>
    Next = 1,

    /// <summary>By label.</summary>
    Name = 2,

    /// <summary>By tenant and id, of those that have no start.</summary>
    Resting = 3,

    /// <summary>No index: they are put in order when all are there.</summary>
    Sorted = 4,

    /// <summary>By failures in a row, the most first, of those that have some.</summary>
    Failing = 5,

    /// <summary>By id, of those that have none.</summary>
    Sound = 6,

    /// <summary>By id, the last first.</summary>
    Newest = 7,

    /// <summary>By label, the last first.</summary>
    NameBackwards = 8,
}

/// <summary>A row's place in a list: what is after it on a walk is what comes next.</summary>
/// <param name="Walk">On which way it lies.</param>
/// <param name="At">When it starts, or ran last; null where that does not matter.</param>
/// <param name="Text">Its label, its tenant, or a number that is the less the more often it failed; empty where that does not matter.</param>
/// <param name="Id">The schedule.</param>
internal sealed record SchedulePlace(ScheduleWalk Walk, DateTimeOffset? At, string Text, Guid Id)
{
    public static SchedulePlace Of(ScheduleWalk walk, ListedSchedule listed) => walk switch
    {
        ScheduleWalk.Next => new(walk, listed.StartsAt, "", listed.Schedule.Id.Value),
        ScheduleWalk.Name or ScheduleWalk.NameBackwards => new(walk, null, ScheduleText.Of(listed.Schedule).Label, listed.Schedule.Id.Value),
        ScheduleWalk.Resting => new(walk, null, listed.Schedule.Scope.Tenant.Value, listed.Schedule.Id.Value),
        ScheduleWalk.Failing => new(walk, null, TextOf(listed.Schedule.FailuresInARow), listed.Schedule.Id.Value),
        _ => new(walk, null, "", listed.Schedule.Id.Value),
    };

    /// <summary>How many failures a place stands for; null for what is none of that walk.</summary>
    public int? Failures =>
        int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var less) ? int.MaxValue - less : null;

    private static string TextOf(int failures) => (int.MaxValue - failures).ToString("D10", CultureInfo.InvariantCulture);
}
