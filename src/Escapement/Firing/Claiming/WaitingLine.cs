using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// Whose turn it is, where a schedule has one open run at most. The end of a run opens the next: what is due, then the catch-up, then the
/// backfill. What comes due during a run is an overlap, and skipped or queued by the schedule's policy; during a run of the catch-up or the backfill
/// it is none, and waits.
/// </summary>
internal sealed class WaitingLine
{
    private readonly DueSchedule schedule;
    private readonly OccurrenceCalendar calendar;
    private readonly List<OccurrenceRange> catchUp;
    private List<OccurrenceRange>? superseded;
    private Backfill? backfill;
    private BackfilledOccurrence? filled;
    private DateTimeOffset? due;

    private WaitingLine(in DueSchedule schedule, OccurrenceCalendar calendar)
    {
        this.schedule = schedule;
        this.calendar = calendar;
        due = schedule.Waiting?.Due;
        catchUp = [.. schedule.Waiting?.CatchUp ?? []];
        backfill = schedule.Waiting?.Backfill;
    }

    /// <summary>The plan of a schedule of which something waits, or something has to.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="resumed">What the end of a pause lets run.</param>
    /// <param name="arrivals">What came due.</param>
    /// <param name="calendar">Its occurrences.</param>
    public static OccurrencePlan Plan(in DueSchedule schedule, OccurrenceRange? resumed, in Arrivals arrivals, OccurrenceCalendar calendar) =>
        new WaitingLine(schedule, calendar).Plan(resumed, arrivals);

    private OccurrencePlan Plan(OccurrenceRange? resumed, in Arrivals arrivals)
    {
        RunId? catchUpRun = schedule.ActiveRun is { } open && schedule.Waiting?.CatchUpRun == open ? open : null;
        foreach (var range in (OccurrenceRange?[])[resumed, arrivals.Late])
        {
            foreach (var piece in range is { } late ? Pieces(late) : [])
            {
                Join(piece);
            }
        }

        var (fire, current, isCatchUp) = schedule.ActiveRun is null ? Open(arrivals.Current) : (null, arrivals.Current, false);
        var skip = current is { } meets && !Wait(meets, catchUpRun is not null) ? current : null;
        return new OccurrencePlan(arrivals.Next, arrivals.Last, fire, skip, arrivals.Missed)
        {
            Waiting = new Waiting
            {
                Due = due,
                CatchUp = catchUp,
                CatchUpRun = catchUpRun,
                // It ends with its last run.
                Backfill = backfill is { Left.Count: 0 } && filled is null && catchUpRun is null ? null : backfill,
            }.OrNull,
            IsCatchUp = isCatchUp,
            Filled = filled,
            Superseded = superseded,
        };
    }

    // Which runs now, and which of those that are due meets it.
    private (DateTimeOffset? Fire, DateTimeOffset? Meets, bool IsCatchUp) Open(DateTimeOffset? current)
    {
        if (due is { } first)
        {
            due = null;
            return (first, current, false);
        }

        if (current is not null || catchUp.Count > 0)
        {
            return current is not null ? (current, null, false) : (TakeFirst(), null, true);
        }

        if (backfill is not { HasWork: true } some)
        {
            return (null, null, false);
        }

        (filled, backfill) = (some.Left[0], some with { Left = [.. some.Left.Skip(1)] });
        return (null, null, true);
    }

    // Whether an occurrence that meets an open run waits for its end.
    private bool Wait(DateTimeOffset current, bool isCatchUp)
    {
        if (due is null && (isCatchUp || schedule.Policy.Overlap == OverlapPolicy.QueueOne))
        {
            due = current;
            return true;
        }

        if (!isCatchUp)
        {
            return false;
        }

        if (schedule.Policy.Missed == MissedPolicy.All)
        {
            Join(OccurrenceRange.Of(current));
        }
        else
        {
            Supersede(OccurrenceRange.Of(due!.Value));
            due = current;
        }

        return true;
    }

    // At the end of the catch-up; where that is more than may wait, the oldest give way.
    private void Join(OccurrenceRange late)
    {
        if (catchUp is [.., var last] && calendar.Next(last.To) == late.From)
        {
            catchUp[^1] = new OccurrenceRange(last.From, late.To, last.Count + late.Count);
        }
        else
        {
            catchUp.Add(late);
        }

        for (var tooMany = catchUp.Sum(r => r.Count) - schedule.Policy.MissedMax; tooMany > 0;)
        {
            var oldest = catchUp[0];
            if (oldest.Count <= tooMany)
            {
                catchUp.RemoveAt(0);
                Supersede(oldest);
                tooMany -= oldest.Count;
                continue;
            }

            var (to, from) = (oldest.From, calendar.Next(oldest.From)!.Value);
            for (var i = 1; i < tooMany; i++)
            {
                (to, from) = (from, calendar.Next(from)!.Value);
            }

            Supersede(new OccurrenceRange(oldest.From, to, tooMany));
            catchUp[0] = new OccurrenceRange(from, oldest.To, oldest.Count - tooMany);
            tooMany = 0;
        }
    }

    // A range without those that are skipped: what follows one another in what waits has to run.
    private IEnumerable<OccurrenceRange> Pieces(OccurrenceRange range)
    {
        var from = range.From;
        foreach (var skip in schedule.Skips.Where(s => s > range.From && s < range.To))
        {
            var to = calendar.Latest(from.AddTicks(-1), skip.AddTicks(-1)) ?? from;
            if (to >= from && skip > from)
            {
                yield return new OccurrenceRange(from, to, calendar.Count(from, to));
            }

            from = calendar.Next(skip) ?? range.To;
        }

        yield return from == range.From ? range : new OccurrenceRange(from, range.To, calendar.Count(from, range.To));
    }

    private DateTimeOffset TakeFirst()
    {
        var first = catchUp[0];
        if (first.Count > 1 && calendar.Next(first.From) is { } from && from <= first.To)
        {
            catchUp[0] = new OccurrenceRange(from, first.To, first.Count - 1);
        }
        else
        {
            catchUp.RemoveAt(0);
        }

        return first.From;
    }

    private void Supersede(OccurrenceRange range) => (superseded ??= []).Add(range);
}
