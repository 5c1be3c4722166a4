using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// Decides what becomes of a due schedule (contract section 5): the latest occurrence up to now fires if it is younger than
/// the catch-up window and the previous run has ended; those before it are missed; every one of them ends in the ledger.
/// Never throws, because it is asked inside everybody's claim: a schedule that it cannot plan is answered as broken.
/// </summary>
internal sealed class OccurrencePlanner(TimeSpan catchUpWindow)
{
    public OccurrencePlan Plan(DueSchedule due, DateTimeOffset now)
    {
        try
        {
            return OccurrenceCalendar.Find(due.Cron, due.TimeZone, out var problem) is { } calendar
                ? Plan(due, calendar, now)
                : Broken(due, problem!);
        }
        catch (Exception e)
        {
            return Broken(due, NextOccurrence.Describe(e));
        }
    }

    private static OccurrencePlan Broken(DueSchedule due, string why) => new(NextDueAt: null, due.DueAt, Fire: null, Skip: null, Missed: null, why);

    private OccurrencePlan Plan(DueSchedule due, OccurrenceCalendar calendar, DateTimeOffset now)
    {
        // The common case, one occurrence due a moment ago, costs one look at the calendar.
        var after = calendar.Next(due.DueAt);
        if (after is null || after > now)
        {
            return Settle(due, latest: due.DueAt, next: after, missed: null, now);
        }

        var latest = calendar.Latest(due.DueAt, now) ?? after.Value;
        var lastMissed = calendar.Latest(due.DueAt, latest.AddTicks(-1)) ?? due.DueAt;
        var missed = new MissedOccurrences(due.DueAt, lastMissed, calendar.Count(due.DueAt, lastMissed), RunReason.Superseded);
        return Settle(due, latest, calendar.Next(latest), missed, now);
    }

    private OccurrencePlan Settle(DueSchedule due, DateTimeOffset latest, DateTimeOffset? next, MissedOccurrences? missed, DateTimeOffset now)
    {
        if (now - latest > catchUpWindow)
        {
            var all = missed is { } earlier
                ? earlier with { To = latest, Count = earlier.Count + 1, Reason = RunReason.OutsideCatchUpWindow }
                : new MissedOccurrences(latest, latest, 1, RunReason.OutsideCatchUpWindow);
            return new OccurrencePlan(next, latest, Fire: null, Skip: null, all);
        }

        return due.ActiveRun is null
            ? new OccurrencePlan(next, latest, Fire: latest, Skip: null, missed)
            : new OccurrencePlan(next, latest, Fire: null, Skip: latest, missed);
    }
}
