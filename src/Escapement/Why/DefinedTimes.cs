using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>The occurrences of a schedule by its definitions: one is for what is due after its beginning and up to its end.</summary>
/// <param name="rows">What is kept of the schedule.</param>
/// <param name="asker">Gives up between one definition and the next.</param>
internal sealed class DefinedTimes(WhyRows rows, CancellationToken asker = default)
{
    // The latest first, wherever they lie.
    private readonly IReadOnlyList<ScheduleDefinition> all = [.. rows.Later.Reverse(), .. rows.Definitions];

    /// <summary>The one in force now; null for a schedule that is gone.</summary>
    public ScheduleDefinition? Present => all.FirstOrDefault(d => d.Until is null);

    /// <summary>Those in force at an instant: several where a clock was set back.</summary>
    public IEnumerable<ScheduleDefinition> InForce(DateTimeOffset at) => all.Where(d => d.Since < at && !(d.Until < at));

    /// <summary>Whether an instant is one of its times by a definition, though it may not have been due then.</summary>
    public static bool Has(ScheduleDefinition definition, DateTimeOffset at) =>
        OccurrenceCalendar.Find(definition.Cron, definition.TimeZone, out _) is { } calendar && calendar.Next(at.AddTicks(-1)) == at;

    /// <summary>
    /// Whether an instant is one of the occurrences that a range stands for. Those are of the definition that has its ends and is nearest to its count: where a
    /// clock was set back, times alone do not tell which one was in force.
    /// </summary>
    public bool IsWithin(Run row, DateTimeOffset at)
    {
        if (row is not { MissedFrom: { } from, MissedTo: { } to, MissedCount: { } count } || at == from || at == to)
        {
            return true;
        }

        var its = Each(d => Has(d, from) && Has(d, to))
            .Select(d => OccurrenceCalendar.For(d.Cron, d.TimeZone))
            .Select(c => (Calendar: c, Count: c.Count(from, to)))
            .Where(c => c.Count >= count)
            .MinBy(c => c.Count);
        return its.Calendar?.Next(at.AddTicks(-1)) == at;
    }

    /// <summary>The latest occurrence before an instant; null when none is known.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="evenWhileOff">Also times at which the schedule or its install was disabled.</param>
    public DateTimeOffset? Before(DateTimeOffset at, bool evenWhileOff = false)
    {
        DateTimeOffset? latest = null;
        foreach (var definition in Each(d => d.Since < at && IsWanted(d, evenWhileOff)))
        {
            var upTo = definition.Until < at ? definition.Until.Value : at.AddTicks(-1);
            if (!(upTo <= latest) && OccurrenceCalendar.Find(definition.Cron, definition.TimeZone, out _)?.Latest(definition.Since, upTo) is { } found)
            {
                latest = found > latest || latest is null ? found : latest;
            }
        }

        return latest;
    }

    /// <summary>The first occurrence after an instant; null when none is known.</summary>
    public DateTimeOffset? After(DateTimeOffset at)
    {
        DateTimeOffset? first = null;
        foreach (var definition in Each(d => !(d.Until <= at) && IsWanted(d, evenWhileOff: false)))
        {
            var from = definition.Since > at ? definition.Since : at;
            if (OccurrenceCalendar.Find(definition.Cron, definition.TimeZone, out _)?.Next(from) is { } found && !(found > definition.Until))
            {
                first = found < first || first is null ? found : first;
            }
        }

        return first;
    }

    private IEnumerable<ScheduleDefinition> Each(Func<ScheduleDefinition, bool> which) => all.Where(d =>
    {
        asker.ThrowIfCancellationRequested();
        return which(d);
    });

    private static bool IsWanted(ScheduleDefinition definition, bool evenWhileOff) => definition.State switch
    {
        DefinitionState.Due => true,
        DefinitionState.Disabled or DefinitionState.InstallDisabled or DefinitionState.Unplannable => evenWhileOff,
        _ => false,
    };
}
