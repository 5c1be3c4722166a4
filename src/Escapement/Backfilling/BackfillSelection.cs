using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

/// <summary>
/// Which occurrences of a range a backfill runs: those of the definitions that were in force then, less what has been carried out, by the ledger,
/// and less what is still going to run by itself.
/// </summary>
internal static class BackfillSelection
{
    /// <summary>How many occurrences a range may have, of which a backfill runs some.</summary>
    public const int MostLookedAt = 20_000;

    /// <summary>The occurrences, the oldest first; or that there are too many.</summary>
    public static Result<IReadOnlyList<BackfilledOccurrence>> Of(BackfillGround ground, BackfillRange range)
    {
        var occurrences = ground.Definitions.Count > BackfillGround.MostDefinitions ? null : Occurrences(ground.Definitions, range);
        if (occurrences is null)
        {
            return TooMany($"The range has too many occurrences, or too many changes of the schedule, to be looked at (max {MostLookedAt} occurrences)");
        }

        var runs = ground.Runs.ToLookup(r => r.Occurrence);
        var selected = new List<BackfilledOccurrence>();
        foreach (var occurrence in occurrences.Where(o => !IsToCome(ground.Schedule, o)))
        {
            var of = runs[occurrence].OrderBy(r => r.CreatedAt).ToList();
            if (IsWanted(range.Of, of))
            {
                selected.Add(new BackfilledOccurrence(occurrence, of.Count == 0 ? null : of[^1].Id));
            }
        }

        return selected.Count > Backfill.Most
            ? TooMany($"The range has {selected.Count} occurrences to run (max {Backfill.Most} in one backfill); choose a shorter one")
            : new Result<IReadOnlyList<BackfilledOccurrence>>(selected);
    }

    // Each once and in order, by the definitions in force: one is for what is due after its beginning and up to its end. Null for too many.
    private static SortedSet<DateTimeOffset>? Occurrences(IReadOnlyList<ScheduleDefinition> definitions, BackfillRange range)
    {
        var found = new SortedSet<DateTimeOffset>();
        foreach (var definition in definitions.Where(d => d.State == DefinitionState.Due))
        {
            // What this host cannot read was due by a host that could; nobody can say when.
            if (OccurrenceCalendar.Find(definition.Cron, definition.TimeZone, out _) is not { } calendar)
            {
                continue;
            }

            var before = range.From.AddTicks(-1);
            var from = before > definition.Since ? before : definition.Since;
            var to = definition.Until < range.To ? definition.Until.Value : range.To;
            for (var next = calendar.Next(from); next <= to; next = calendar.Next(next.Value))
            {
                found.Add(next.Value);
                if (found.Count > MostLookedAt)
                {
                    return null;
                }
            }
        }

        return found;
    }

    private static bool IsWanted(BackfillOf of, List<OccurrenceRun> runs) => of switch
    {
        BackfillOf.Missing => runs.Count == 0,
        BackfillOf.Failed => runs.TrueForAll(r => r.State is RunState.Failed or RunState.Abandoned),
        _ => runs.TrueForAll(r => r.State is not (RunState.Queued or RunState.Running)),
    };

    // What waits, what pauses hold, and what no claim has come to yet.
    private static bool IsToCome(Schedule schedule, DateTimeOffset occurrence) =>
        occurrence >= schedule.NextDueAt
        || schedule.Waiting?.Due == occurrence
        || schedule.Waiting?.CatchUp.Any(r => occurrence >= r.From && occurrence <= r.To) == true;

    private static Result<IReadOnlyList<BackfilledOccurrence>> TooMany(string message) =>
        new([new Problem("from", "too-many", message)]);
}
