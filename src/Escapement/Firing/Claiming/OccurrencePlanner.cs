using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// Decides what becomes of a schedule in a claim (contract section 5): the latest occurrence up to now fires if it is young enough for the
/// schedule's policy and the previous run has ended; those before it are missed; or they wait, where the policy says so. Every one of them
/// ends in the ledger. Never throws, because it is asked inside everybody's claim: a schedule that it cannot plan is answered as broken.
/// </summary>
internal sealed class OccurrencePlanner(TimeSpan catchUpWindow)
{
    public OccurrencePlan Plan(DueSchedule due, DateTimeOffset now)
    {
        try
        {
            return OccurrenceCalendar.Find(due.Cron, due.TimeZone, out var problem) is { } calendar
                ? Plan(due, calendar, now)
                : Broken(due, now, problem!);
        }
        catch (Exception e)
        {
            return Broken(due, now, NextOccurrence.Describe(e));
        }
    }

    private static OccurrencePlan Broken(DueSchedule due, DateTimeOffset now, string why) =>
        new(NextDueAt: null, due.DueAt <= now ? due.DueAt : null, Fire: null, Skip: null, Missed: null, why);

    private OccurrencePlan Plan(in DueSchedule due, OccurrenceCalendar calendar, DateTimeOffset now)
    {
        // All occurrences start as long after they are due as any other: what is due by then is what starts by now.
        var place = StartTime.PlaceOf(due.Schedule, due.Policy.Spread, calendar);
        return due.Skips.Count == 0 ? Plan(due, calendar, calendar, now, place) : PlanAround(due, calendar, now, place);
    }

    // Planned as if there were no such occurrences; but the schedule is due at each of them, for its row to be written then.
    private OccurrencePlan PlanAround(in DueSchedule due, OccurrenceCalendar all, DateTimeOffset now, TimeSpan place)
    {
        var others = all.Without(due.Skips);
        var (dueAt, upTo) = (due.DueAt, now - place);
        var first = Scheduling.Skips.First(dueAt, due.Skips, others) ?? DateTimeOffset.MaxValue;
        var plan = Plan(due with { DueAt = first }, others, all, now, place);
        var ahead = due.Skips.Where(s => s > upTo && s >= dueAt).Cast<DateTimeOffset?>().FirstOrDefault();
        var passed = due.Skips.Where(s => s >= dueAt && s <= upTo).Cast<DateTimeOffset?>().LastOrDefault();
        return plan with
        {
            NextDueAt = ahead < plan.NextDueAt || plan.NextDueAt is null ? ahead ?? plan.NextDueAt : plan.NextDueAt,
            LastDueAt = passed > plan.LastDueAt || plan.LastDueAt is null ? passed ?? plan.LastDueAt : plan.LastDueAt,
        };
    }

    private OccurrencePlan Plan(in DueSchedule due, OccurrenceCalendar calendar, OccurrenceCalendar all, DateTimeOffset now, TimeSpan place) =>
        due.Release is { } release && HeldStretch.Of(due.DueAt, calendar, place, release.At) is { } stretch
            ? PlanReleased(due, calendar, all, now, place, stretch)
            : Plan(due, calendar, all, now, place, resumed: null);

    // What was kept from starting comes first; what came due since is planned like any other.
    private OccurrencePlan PlanReleased(
        in DueSchedule due, OccurrenceCalendar calendar, OccurrenceCalendar all, DateTimeOffset now, TimeSpan place, OccurrenceRange stretch)
    {
        var (skipped, taken) = HeldStretch.Divide(stretch, due.Release!, calendar, due.Policy, catchUpWindow, place);
        var plan = Plan(due with { DueAt = calendar.Next(stretch.To) ?? DateTimeOffset.MaxValue }, calendar, all, now, place, taken);
        return plan with { Paused = skipped, LastDueAt = plan.LastDueAt ?? stretch.To };
    }

    private OccurrencePlan Plan(
        in DueSchedule due, OccurrenceCalendar calendar, OccurrenceCalendar all, DateTimeOffset now, TimeSpan place, OccurrenceRange? resumed)
    {
        var arrivals = Arrivals.Of(due, calendar, now - place, catchUpWindow);
        var plan = due.Waiting is null && resumed is null && arrivals.Late is null && (due.ActiveRun is null || due.Policy.Overlap == OverlapPolicy.Skip)
            ? WithoutWaiting(arrivals, overlaps: due.ActiveRun is not null)
            : WaitingLine.Plan(due, resumed, arrivals, all);
        return plan with { Place = place };
    }

    private static OccurrencePlan WithoutWaiting(in Arrivals arrivals, bool overlaps) => overlaps
        ? new OccurrencePlan(arrivals.Next, arrivals.Last, Fire: null, Skip: arrivals.Current, arrivals.Missed)
        : new OccurrencePlan(arrivals.Next, arrivals.Last, Fire: arrivals.Current, Skip: null, arrivals.Missed);
}
