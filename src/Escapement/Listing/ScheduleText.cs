using Escapement.Scheduling;

namespace Escapement.Listing;

/// <summary>By what a schedule is found and sorted when somebody goes by its name. It changes when the schedule is changed, and never when it fires.</summary>
/// <param name="Label">Its name, or its endpoint if it has none; in small letters, so that lists sort as people read.</param>
/// <param name="Content">What a search looks at: name and endpoint, in small letters.</param>
internal sealed record ScheduleText(string Label, string Content)
{
    public static ScheduleText Of(Schedule schedule)
    {
        var endpoint = Small(schedule.Endpoint.ToString());
        return schedule.Name is { } name ? new ScheduleText(Small(name), $"{Small(name)}\n{endpoint}") : new ScheduleText(endpoint, endpoint);
    }

    /// <summary>A text as it is compared.</summary>
#pragma warning disable CA1308 // people read small letters, and nothing of this is a key
    public static string Small(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
