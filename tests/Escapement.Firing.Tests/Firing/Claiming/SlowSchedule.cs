using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// The slow, obvious model of one schedule: it walks occurrence by occurrence and writes down of each what became of it. What the rules do
/// with ranges and cursors it does with lists.
/// </summary>
internal sealed class SlowSchedule(Schedule schedule, TimeSpan hostsWindow)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly List<DateTimeOffset> catchUp = [];
    private readonly List<Pause> pauses = [];
    private readonly HashSet<DateTimeOffset> skips = [];
    private readonly List<DateTimeOffset> fills = [];
    private OccurrenceCalendar calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone);
    private SchedulePolicy policy = schedule.Policy;
    private DateTimeOffset? next = schedule.NextDueAt;
    private DateTimeOffset? latest;
    private DateTimeOffset? waits;
    private DateTimeOffset? waitsSince;
    private bool isOpen;
    private bool isCatchUp;
    private bool wasHeld;
    private bool fillsWait;

    /// <summary>What became of each occurrence.</summary>
    public SortedDictionary<DateTimeOffset, string> Fate { get; } = [];

    public bool IsOpen => isOpen;

    /// <summary>What is left of a backfill.</summary>
    public IReadOnlyList<DateTimeOffset> Fills => fills;

    /// <summary>What backfills ran, in that order.</summary>
    public List<DateTimeOffset> Filled { get; } = [];

    /// <summary>Those that have come due and wait.</summary>
    public IEnumerable<DateTimeOffset> Waiting => waits is { } first ? [first, .. catchUp] : catchUp;

    private TimeSpan Place => StartTime.PlaceOf(schedule.Id, policy.Spread, calendar);

    /// <summary>The pause of a layer that is in force.</summary>
    public Pause? Find(PauseLayer layer, DateTimeOffset now) => pauses.Find(p => p.Layer == layer && p.HoldsAt(now));

    public void Pause(Pause pause)
    {
        // A schedule has room for one of its own.
        pauses.RemoveAll(p => p.Layer == PauseLayer.Schedule && pause.Layer == PauseLayer.Schedule);
        pauses.Add(pause);
    }

    /// <summary>Skips the occurrence to come of that number; answers it, or null if it cannot be.</summary>
    public DateTimeOffset? Skip(int number, DateTimeOffset now)
    {
        var at = calendar.Next(now);
        for (var i = 0; i < number; i++)
        {
            at = at is { } before ? calendar.Next(before) : null;
        }

        return at >= next && skips.Add(at.Value) ? at : null;
    }

    public void Resume(Guid id, DateTimeOffset now, PauseEnd onEnd)
    {
        var at = pauses.FindIndex(p => p.Id == id);
        pauses[at] = pauses[at] with { EndedAt = now, OnEnd = onEnd };
        DropOwnThatEnded();
    }

    public void Claim(DateTimeOffset now)
    {
        if (!schedule.Enabled)
        {
            // No claim comes to it; those above it end all the same.
            pauses.RemoveAll(p => p.Layer != PauseLayer.Schedule && p.EndsAt <= now);
            return;
        }

        if (IsHeld(now))
        {
            wasHeld |= next <= now || (!isOpen && waitsSince <= now);
            pauses.RemoveAll(p => p.EndsAt <= now);
            return;
        }

        LetGo(now);
        var due = Came(now);
        if (due.Count == 0 && (isOpen || !(waitsSince <= now)))
        {
            return;
        }

        var current = Sort(due, now - Place);
        if (!isOpen)
        {
            current = Open(current);
        }

        if (current is { } meets)
        {
            Meet(meets);
        }
    }

    public void EndRun(DateTimeOffset now) => (isOpen, waitsSince) = (false, HasWork ? now : null);

    /// <summary>Begins a backfill, has it wait or go on, or ends it.</summary>
    public void Fill(FillStep step, IReadOnlyList<DateTimeOffset> occurrences, DateTimeOffset now)
    {
        fills.AddRange(step == FillStep.Begin ? occurrences : []);
        fillsWait = step == FillStep.Pause;
        if (step == FillStep.Cancel)
        {
            fills.Clear();
        }

        waitsSince = !isOpen && HasWork ? now : null;
    }

    public void Change(Schedule after, DateTimeOffset now)
    {
        var sameTimes = after.Cron == schedule.Cron && after.TimeZone == schedule.TimeZone && after.Enabled == schedule.Enabled;
        if (!sameTimes)
        {
            var givenUp = after.Enabled && schedule.Enabled ? "abandoned schedule-changed" : "abandoned schedule-disabled";
            var (isHeld, end) = (IsHeld(now), pauses.Max(p => p.EndsAt));
            Came(now).ForEach(d => Fate.Add(d, isHeld || d + Place <= end ? "skipped paused" : givenUp));
            wasHeld = false;
            foreach (var waiting in Waiting)
            {
                Fate.Add(waiting, givenUp);
            }

            (waits, waitsSince) = (null, null);
            catchUp.Clear();
            schedule = schedule with { Cron = after.Cron, TimeZone = after.TimeZone, Enabled = after.Enabled };
            calendar = OccurrenceCalendar.For(after.Cron, after.TimeZone);
            skips.RemoveWhere(s => calendar.Next(s.AddTicks(-1)) != s);
            next = after.Enabled ? calendar.Next(latest > now ? latest.Value : now) : null;

            // Until somebody has it go on.
            fillsWait |= !after.Enabled;
            DropOwnThatEnded();
        }
        else if (policy.Missed == MissedPolicy.All && after.Policy.Missed != MissedPolicy.All)
        {
            catchUp.ForEach(Supersede);
            catchUp.Clear();
        }

        policy = after.Policy;
        waitsSince = !isOpen && HasWork ? now : null;
    }

    /// <summary>After each change of the schedule: a skip whose time has passed, and that no claim is to come to any more, is gone.</summary>
    public void DropSkips(DateTimeOffset now) => skips.RemoveWhere(s => s < (next < now ? next.Value : now));

    // Where nothing can be held there is nothing to let go.
    private void DropOwnThatEnded() => pauses.RemoveAll(p => next is null && p.Layer == PauseLayer.Schedule && p.EndedAt is not null);

    private bool HasWork => Waiting.Any() || (!fillsWait && fills.Count > 0);

    private bool IsHeld(DateTimeOffset now) => pauses.Exists(p => p.HoldsAt(now) || (p.EndsAt > now && next <= p.EndsAt));

    // Takes what starts up to an instant.
    private List<DateTimeOffset> Came(DateTimeOffset upTo)
    {
        var due = new List<DateTimeOffset>();
        for (; next is { } came && came + Place <= upTo; next = calendar.Next(came))
        {
            latest = came;
            if (skips.Contains(came))
            {
                Fate.Add(came, "skipped skipped-by-admin");
            }
            else
            {
                due.Add(came);
            }
        }

        return due;
    }

    // What was kept from starting is let go by the last pause that ended.
    private void LetGo(DateTimeOffset now)
    {
        if (pauses.MaxBy(p => p.EndsAt) is not { } last || last.EndsAt > now)
        {
            pauses.RemoveAll(p => p.EndsAt <= now);
            return;
        }

        var kept = Came(last.EndsAt!.Value);
        var young = kept.FindAll(d => last.EndsAt - d <= (policy.CatchUp ?? hostsWindow));
        var taken = last.OnEnd switch
        {
            PauseEnd.Next => [],
            PauseEnd.Latest => young.TakeLast(1).ToList(),
            _ => young.TakeLast(policy.MissedMax).ToList(),
        };
        kept.Except(taken).ToList().ForEach(d => Fate.Add(d, "skipped paused"));
        taken.ForEach(Join);
        waitsSince = wasHeld || taken.Count > 0 ? now : waitsSince;
        (wasHeld, _) = (false, pauses.RemoveAll(p => p.EndsAt <= now));
    }

    // Sorts what came due; answers what is to run now.
    private DateTimeOffset? Sort(List<DateTimeOffset> due, DateTimeOffset now)
    {
        if (due.Count == 0)
        {
            return null;
        }

        var window = policy.Missed == MissedPolicy.None ? Minute : policy.CatchUp ?? hostsWindow;
        window = window < Minute ? Minute : window;
        var young = due.FindAll(d => now - d <= window);
        if (young.Count == 0)
        {
            due.ForEach(d => Fate.Add(d, policy.Missed == MissedPolicy.None ? "missed not-caught-up" : "missed outside-catch-up-window"));
            return null;
        }

        var isLate = policy.Missed == MissedPolicy.All && (due.Count > 1 || now - due[0] > Minute);
        var taken = isLate ? young.TakeLast(policy.MissedMax).ToList() : [due[^1]];
        due.Except(taken).ToList().ForEach(Supersede);
        if (!isLate)
        {
            return taken[0];
        }

        taken.ForEach(Join);
        return null;
    }

    // Opens what goes first; answers what meets the run that was opened.
    private DateTimeOffset? Open(DateTimeOffset? current)
    {
        var first = waits ?? current ?? catchUp.Cast<DateTimeOffset?>().FirstOrDefault();
        if (first is not { } fires)
        {
            if (!fillsWait && fills.Count > 0)
            {
                Filled.Add(fills[0]);
                fills.RemoveAt(0);
                (isOpen, isCatchUp) = (true, true);
            }

            return null;
        }

        isCatchUp = waits is null && current is null;
        Fate.Add(fires, "ran");
        isOpen = true;
        if (isCatchUp)
        {
            catchUp.Remove(fires);
            return null;
        }

        var meets = waits is not null ? current : null;
        waits = null;
        return meets;
    }

    private void Meet(DateTimeOffset current)
    {
        if (waits is null && (isCatchUp || policy.Overlap == OverlapPolicy.QueueOne))
        {
            waits = current;
        }
        else if (!isCatchUp)
        {
            Fate.Add(current, "skipped overlap");
        }
        else if (policy.Missed == MissedPolicy.All)
        {
            Join(current);
        }
        else
        {
            Supersede(waits!.Value);
            waits = current;
        }
    }

    private void Join(DateTimeOffset late)
    {
        catchUp.Add(late);
        while (catchUp.Count > policy.MissedMax)
        {
            Supersede(catchUp[0]);
            catchUp.RemoveAt(0);
        }
    }

    private void Supersede(DateTimeOffset occurrence) => Fate.Add(occurrence, "missed superseded");
}

/// <summary>What is done to a backfill.</summary>
internal enum FillStep
{
    Begin,
    Pause,
    Resume,
    Cancel,
}
