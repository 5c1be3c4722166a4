using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

/// <summary>Beginning a backfill, and steering it: what becomes of the schedule's row, decided where it is held.</summary>
internal static class BackfillRules
{
    /// <summary>Begins one with what was shown, less what has run or is to run since.</summary>
    /// <param name="ground">What the range holds now.</param>
    /// <param name="range">The range that was shown.</param>
    /// <param name="shown">Its occurrences that were shown.</param>
    /// <param name="wanted">The backfill but for its occurrences.</param>
    public static BackfillChange Begin(BackfillGround ground, BackfillRange range, IReadOnlyCollection<DateTimeOffset> shown, Backfill wanted)
    {
        if (Refusal(ground) is { } refused)
        {
            return new BackfillChange(refused);
        }

        if (ground.Schedule.Waiting?.Backfill is not null)
        {
            return new BackfillChange(new BackfillOutcome.AlreadyOpen());
        }

        var present = BackfillSelection.Of(ground, range);
        if (!present.IsOk)
        {
            return new BackfillChange(new BackfillOutcome.Invalid(present.Problems[0]));
        }

        var asShown = shown.ToHashSet();
        var left = present.Value.Where(o => asShown.Contains(o.At)).ToList();
        if (left.Count == 0)
        {
            return new BackfillChange(new BackfillOutcome.NothingLeft());
        }

        var backfill = wanted with { Left = left, Total = left.Count, LatestDueAt = ground.LatestDueAt };
        var leftOut = shown.Except(left.Select(o => o.At)).Order().ToList();
        var which = left.Count == 1
            ? $"1 occurrence, at {Timestamps.Format(left[0].At)}"
            : string.Create(
                CultureInfo.InvariantCulture, $"{left.Count} occurrences from {Timestamps.Format(left[0].At)} to {Timestamps.Format(left[^1].At)}");
        var detail = $"{which}{(wanted.Note is { } note ? $": {note}" : "")}";
        return Changed(ground.Schedule, backfill, wanted.Since, leftOut, detail);
    }

    /// <summary>Has a backfill wait.</summary>
    public static BackfillChange Pause(BackfillGround ground, DateTimeOffset now) => ground.Schedule.Waiting?.Backfill is not { } backfill
        ? new BackfillChange(new BackfillOutcome.NoBackfill())
        : Changed(ground.Schedule, backfill with { IsPaused = true }, now, [], Progress(backfill));

    /// <summary>Has it go on.</summary>
    public static BackfillChange Resume(BackfillGround ground, DateTimeOffset now) => ground.Schedule.Waiting?.Backfill is not { } backfill
        ? new BackfillChange(new BackfillOutcome.NoBackfill())
        : Refusal(ground) is { } refused ? new BackfillChange(refused)
        : Changed(ground.Schedule, backfill with { IsPaused = false }, now, [], Progress(backfill));

    /// <summary>Ends it; a run under way finishes.</summary>
    public static BackfillChange Cancel(BackfillGround ground, DateTimeOffset now) => ground.Schedule.Waiting?.Backfill is not { } backfill
        ? new BackfillChange(new BackfillOutcome.NoBackfill())
        : Changed(ground.Schedule, backfill, now, [], Progress(backfill), ends: true);

    private static BackfillOutcome? Refusal(BackfillGround ground) =>
        !ground.InstallEnabled ? new BackfillOutcome.InstallDisabled()
        : !ground.Schedule.Enabled ? new BackfillOutcome.ScheduleDisabled()
        : null;

    private static BackfillChange Changed(
        Schedule schedule, Backfill backfill, DateTimeOffset now, IReadOnlyList<DateTimeOffset> leftOut, string detail, bool ends = false)
    {
        var before = schedule.Waiting ?? new Waiting();
        var waiting = before with { Backfill = ends ? null : backfill, CatchUpRun = before.CatchUpRun == schedule.ActiveRun ? before.CatchUpRun : null };
        return new BackfillChange(
            new BackfillOutcome.Done(backfill, leftOut), schedule with { Waiting = waiting.OrNull, UpdatedAt = now }, detail);
    }

    private static string Progress(Backfill backfill) =>
        string.Create(CultureInfo.InvariantCulture, $"{backfill.Left.Count} of {backfill.Total} occurrences are left");
}
