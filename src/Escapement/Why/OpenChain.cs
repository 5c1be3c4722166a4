using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// What has come due and has no row yet: it waits, or pauses hold it, or no claim has come to it. The rules of claims say what the next one would
/// make of it, so an answer now and the row then agree.
/// </summary>
internal static class OpenChain
{
    public static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes)? Of(WhyGround ground)
    {
        var (at, rows) = (ground.At, ground.Rows);
        if (rows.IsRemoved || rows.Schedule is not { } schedule
            || OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is not { } calendar || calendar.Next(at.AddTicks(-1)) != at)
        {
            return null;
        }

        // What waits has come due, even if a clock was set back since.
        return Waiting(schedule.Waiting, at, ground)
            ?? (at <= ground.Now && at >= schedule.NextDueAt ? Uncovered(ground, schedule, calendar) : null);
    }

    private static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes)? Waiting(Waiting? waiting, DateTimeOffset at, WhyGround ground) =>
        waiting?.Due == at ? (WhyVerdict.Queued, [new Cause.WaitsForEnd(), .. OpenRun(ground)])
        : waiting?.CatchUp.Any(r => r.From <= at && at <= r.To) == true
            ? (WhyVerdict.Queued, [new Cause.CatchUp(waiting.CatchUpCount), .. OpenRun(ground)])
        : null;

    private static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes) Uncovered(WhyGround ground, Schedule schedule, OccurrenceCalendar calendar)
    {
        var (at, now) = (ground.At, ground.Now);
        if (schedule.Skips.FirstOrDefault(s => s.Counts && s.At == at) is { } skip)
        {
            return (WhyVerdict.Skipped, [new Cause.Skip(skip.By, skip.Note, skip.Since)]);
        }

        var place = StartTime.PlaceOf(schedule.Id, schedule.Policy.Spread, calendar);
        var hold = PauseHold.Of(ground.Above, schedule.Pause, schedule.Held, schedule.NextDueAt, now);
        if (hold.IsHeld)
        {
            // Where a clock was set back behind the end of a pause, none is in force and what belongs to it is held all the same.
            var (foretold, causes) = AheadChain.Held(ground, schedule);
            return at + place > now ? (foretold, causes) : (WhyVerdict.Paused, causes.Any(c => c is Cause.OfPause) ? causes : [new Cause.OfPause(hold.By!)]);
        }

        var due = new DueSchedule(
            schedule.Id, schedule.NextDueAt!.Value, schedule.Cron, schedule.TimeZone, schedule.ActiveRun, schedule.Policy, schedule.Waiting)
        {
            Skips = Skips.Counting(schedule.Skips),
            Release = hold.Release,
        };
        var plan = new OccurrencePlanner(ground.CatchUpWindow).Plan(due, now);
        return at + place > now ? (WhyVerdict.Queued, [new Cause.Spread(at + place), .. Missing(ground)])
            : Covers(plan.Paused, at) ? (WhyVerdict.Paused, [.. KnownPauses.Within(ground, at + place, now, hold.Release!.By)])
            : plan.Missed is { } missed && Covers(missed.Range, at) ? (WhyVerdict.Missed, [new Cause.Foreseen(missed.Reason), .. Missing(ground)])
            : plan.Superseded?.Any(r => Covers(r, at)) == true ? (WhyVerdict.Missed, [new Cause.Foreseen(RunReason.Superseded), .. Missing(ground)])
            : plan.Skip == at ? (WhyVerdict.Skipped, [new Cause.Foreseen(RunReason.Overlap), .. OpenRun(ground)])
            : Waiting(plan.Waiting, at, ground) ?? (WhyVerdict.Queued, [new Cause.Unclaimed(), .. Missing(ground), .. UnderWay(ground)]);
    }

    private static bool Covers(OccurrenceRange? range, DateTimeOffset at) => range is { } known && known.From <= at && at <= known.To;

    private static IEnumerable<Cause> OpenRun(WhyGround ground) =>
        ground.Around.Started.Where(r => r.Id == ground.Rows.Schedule?.ActiveRun).Select(r => new Cause.OtherRun(r));

    private static IEnumerable<Cause> UnderWay(WhyGround ground) => ground.Around is { UnderWayOfTenant: > 0 } around
        ? [new Cause.UnderWay(around.UnderWayOfInstall, around.UnderWayOfTenant)]
        : [];

    // Nobody to take it.
    private static IEnumerable<Cause> Missing(WhyGround ground) => ground.MissingNode is { } missing ? [missing] : [];
}
