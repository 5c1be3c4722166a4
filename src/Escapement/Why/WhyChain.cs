using Escapement.Foresight;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What became of an instant, and why, the nearest cause first.</summary>
internal sealed record WhyFinding(WhyVerdict Verdict, IReadOnlyList<Cause> Causes);

/// <summary>
/// Finds what became of an instant of a schedule. Pure, and closed: what the ledger has a row of is as the row says; what waits or was not claimed yet
/// is as the next claim would have it; what is to come is as things stand; and for all else the definitions of then say why there is nothing.
/// </summary>
internal static class WhyChain
{
    public static WhyFinding Of(WhyGround ground)
    {
        var times = ground.Times;
        var (verdict, causes) = FindRow(ground) is { } row ? RowChain.Of(ground, row)
            : OpenChain.Of(ground) ?? AheadChain.Of(ground, times) ?? WithoutRow(ground, times);
        return new WhyFinding(verdict, [.. causes, .. Filling(ground, verdict, causes), .. Around(ground, times, verdict).Except(causes)]);
    }

    // An open backfill that has it still before it: asking for another would be of no use.
    private static IEnumerable<Cause> Filling(WhyGround ground, WhyVerdict verdict, IReadOnlyList<Cause> causes)
    {
        if (verdict is WhyVerdict.Succeeded or WhyVerdict.Running or WhyVerdict.Queued
            || ground.Rows is not { IsRemoved: false, Schedule: { Waiting.Backfill: { } backfill } schedule }
            || backfill.Left.Select(l => l.At).ToList().IndexOf(ground.At) is not (>= 0 and var place))
        {
            return [];
        }

        // What holds the schedule now holds the backfill too.
        var holding = causes.Any(c => c is Cause.OfPause { Ended: null }) ? []
            : KnownPauses.Told(PauseOutlook.Holding(ground.Above, schedule.Pause, ground.Now).Select(p => new Cause.OfPause(p)));
        return [new Cause.WaitsInBackfill(backfill, place), .. holding];
    }

    /// <summary>The row of the instant: each occurrence has one, of its own or of a range; a range has occurrences that were skipped between its own.</summary>
    public static Run? FindRow(WhyGround ground)
    {
        var (at, rows, times) = (ground.At, ground.Rows, ground.Times);
        return rows.Before.FirstOrDefault(r => r.DueAt == at)
            ?? rows.Before.Concat(rows.Behind).FirstOrDefault(r => r.MissedFrom <= at && at <= r.MissedTo && times.IsWithin(r, at));
    }

    private static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes) WithoutRow(WhyGround ground, DefinedTimes times)
    {
        var (at, rows) = (ground.At, ground.Rows);
        if (rows.Schedule is { } known ? at <= known.CreatedAt : rows.Definitions.Count == 0 && !(at < ground.Horizon))
        {
            var first = rows.Later.FirstOrDefault();
            return (WhyVerdict.NotYetCreated, [new Cause.Created(rows.Schedule?.CreatedAt ?? first!.Since, first?.By)]);
        }

        var inForce = times.InForce(at).ToList();
        if (inForce.Count == 0 && rows.Definitions is [{ State: DefinitionState.Deleted or DefinitionState.Uninstalled } end, ..])
        {
            return (WhyVerdict.Deleted, [new Cause.OfState(end)]);
        }

        var its = inForce.FindAll(d => DefinedTimes.Has(d, at));
        if (at < ground.Horizon && (inForce.Count == 0 || its.Count > 0))
        {
            return (WhyVerdict.BeyondRetention, [new Cause.Retention(ground.Horizon.Value)]);
        }

        return its.Find(d => d.State != DefinitionState.Due) is { } off
            ? (WhyVerdict.Disabled, [new Cause.OfState(off)])
            : (WhyVerdict.NotDue, its.Count > 0 ? [new Cause.NoRow()] : []);
    }

    // What moved its times: an edit since the occurrence before, or the clocks.
    private static IEnumerable<Cause> Around(WhyGround ground, DefinedTimes times, WhyVerdict verdict)
    {
        var at = ground.At;
        if (verdict is WhyVerdict.NotYetCreated or WhyVerdict.Deleted or WhyVerdict.BeyondRetention || times.InForce(at).FirstOrDefault() is not { } now)
        {
            yield break;
        }

        // Where its spread was changed since, the times are of an earlier one.
        var (like, before) = (now, (ScheduleDefinition?)null);
        foreach (var earlier in ground.Rows.Definitions.Where(d => d.Until <= now.Since && d != now))
        {
            if (!earlier.HasTimesOf(now) || earlier.State != now.State)
            {
                before = earlier;
                break;
            }

            like = earlier;
        }

        if (before is not null && !before.HasTimesOf(like)
            && DefinedTimes.Has(before, at) != DefinedTimes.Has(like, at)
            && (verdict == WhyVerdict.NotDue || !(times.Before(at) > like.Since)))
        {
            yield return new Cause.Edit(like, before);
        }

        if (ClockNotes.Of(now.Cron, now.TimeZone, at) is { } note)
        {
            yield return new Cause.Clocks(verdict == WhyVerdict.NotDue ? $"{note}, and it runs the first time alone" : note);
        }
    }
}
