namespace Escapement.Scheduling;

/// <summary>
/// The rules on a change that only its transaction can check: quota, names, what of a row belongs to whom. A store reads what they ask
/// for and writes what is <see cref="ScheduleChangeKind.Done"/>.
/// </summary>
internal static class ScheduleRules
{
    /// <summary>
    /// How many payloads are kept that a schedule had and that runs had of it, the last ones: whoever takes changes back and forth and has it run in between
    /// is not to fill the disk.
    /// </summary>
    public const int MostPastPayloads = 200;

    /// <summary>What becomes of a create, or of a schedule that is to come back.</summary>
    /// <param name="gate">What it met first.</param>
    /// <param name="wanted">The schedule.</param>
    /// <param name="found">What else the install has.</param>
    /// <param name="limits">What it must keep to.</param>
    public static ScheduleChange Create(in ChangeGate gate, Schedule wanted, FoundForCreate found, ScheduleChangeLimits limits)
    {
        if (gate.Refusal is { } refused)
        {
            return refused;
        }

        if (!found.EndpointThere)
        {
            return ScheduleChange.NoEndpoint(wanted.Endpoint);
        }

        if (found.NameTaken)
        {
            return ScheduleChange.NameTaken;
        }

        return found.Count >= limits.MaxSchedules
            ? ScheduleChange.QuotaExceeded(limits.MaxSchedules)
            : ScheduleChange.Stored(before: null, wanted with { NextDueAt = NextDue(gate, wanted) }, limits.Now);
    }

    /// <summary>Why an update or a delete may not go on; null when it may.</summary>
    public static ScheduleChange? Refusal(in ChangeGate gate, Schedule? current, ScheduleChangeLimits limits) => gate.Refusal ?? (current switch
    {
        null => ScheduleChange.NotFound,
        _ when limits.Expected?.Invoke(current) == false => ScheduleChange.ChangedMeanwhile(current),
        _ => null,
    });

    /// <summary>Whether an update calls for an endpoint that the installed version may not have.</summary>
    public static bool AsksForEndpoint(Schedule current, Schedule wanted) => wanted.Endpoint != current.Endpoint;

    /// <summary>Whether an update gives a name that another schedule of the install may have.</summary>
    public static bool AsksForName(Schedule current, Schedule wanted) => wanted.Name is not null && wanted.Name != current.Name;

    /// <summary>
    /// What becomes of an update that may go on. Taken over is what extensions and admins may change; all else belongs to the firing
    /// path, or never changes.
    /// </summary>
    /// <param name="gate">What it met first.</param>
    /// <param name="current">The row as it is.</param>
    /// <param name="wanted">What the change made of it.</param>
    /// <param name="nameTaken">Whether another has its name.</param>
    /// <param name="endpointThere">Whether the installed version has the endpoint that it asks for.</param>
    /// <param name="limits">What it must keep to.</param>
    public static ScheduleChange Update(
        in ChangeGate gate, Schedule current, Schedule wanted, bool nameTaken, bool endpointThere, ScheduleChangeLimits limits)
    {
        if (!endpointThere)
        {
            return ScheduleChange.NoEndpoint(wanted.Endpoint);
        }

        if (nameTaken)
        {
            return ScheduleChange.NameTaken;
        }

        var (sameTimes, nextDue, samePayload) = (SameTimes(current, wanted), NextDue(gate, wanted), SamePayload(current, wanted));
        return ScheduleChange.Stored(current, current with
        {
            Name = wanted.Name,
            Endpoint = wanted.Endpoint,
            Cron = wanted.Cron,
            TimeZone = wanted.TimeZone,
            Enabled = wanted.Enabled,
            Payload = wanted.Payload,
            PayloadRevision = samePayload ? current.PayloadRevision : current.Revision + 1,
            // The next attempt of a run that is open has the new one.
            PayloadUsed = samePayload ? current.PayloadUsed : current.ActiveRun is not null,
            Policy = wanted.Policy,
            Waiting = StillWaiting(current, wanted),
            // Where nothing can be held there is nothing to let go.
            Pause = nextDue is null && wanted.Pause?.EndedAt is not null ? null : wanted.Pause,
            Held = sameTimes ? current.Held : null,
            Skips = Skips.After(wanted with { NextDueAt = nextDue }, sameTimes, limits.Now),
            FailuresInARow = wanted.FailuresInARow,
            NextDueAt = nextDue,
            LastDueAt = sameTimes ? current.LastDueAt : Covered(current, limits.Now),
            UpdatedAt = limits.Now,
            Revision = current.Revision + 1,
        }, limits.Now);
    }

    /// <summary>A schedule with a pause of its own, or why not.</summary>
    public static ScheduleChange Pause(Schedule schedule, Pause pause, DateTimeOffset now) =>
        schedule.Pause?.HoldsAt(now) == true ? ScheduleChange.AlreadyPaused : ScheduleChange.Done(schedule with { Pause = pause });

    /// <summary>A schedule whose own pause ends, or why not. Its failures are counted from none again.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="onEnd">What becomes of what the pause kept from starting; null for what it says.</param>
    /// <param name="byOperator">Whether an operator asks.</param>
    /// <param name="now">The instant.</param>
    /// <param name="shownAt">When they were shown what it would do; null when they were not.</param>
    public static ScheduleChange Resume(
        Schedule schedule, PauseEnd? onEnd, bool byOperator, DateTimeOffset now, DateTimeOffset? shownAt = null) => schedule.Pause switch
    {
        { ByOperator: true } own when own.HoldsAt(now) && !byOperator => ScheduleChange.OperatorsPause,
        { } own when own.HoldsAt(now) => ScheduleChange.Done(
            schedule with { Pause = own with { EndedAt = now, OnEnd = onEnd ?? own.OnEnd, ShownAt = shownAt }, FailuresInARow = 0 }),
        _ => ScheduleChange.NotPaused,
    };

    /// <summary>
    /// A schedule whose install is disabled, or that is kept when it is removed: nothing of it waits any more, and what came due is covered.
    /// </summary>
    /// <param name="after">As the change left it.</param>
    /// <param name="before">As it was.</param>
    /// <param name="now">The instant of the change.</param>
    public static Schedule Close(Schedule after, Schedule before, DateTimeOffset now) =>
        after with { Waiting = Emptied(before.Waiting, pauses: true), Held = null, LastDueAt = Covered(before, now) };

    /// <summary>Whether a change leaves a schedule's occurrences as they were; else those that came due and did not start are given up.</summary>
    public static bool SameTimes(Schedule before, Schedule after) =>
        before.Cron == after.Cron && before.TimeZone == after.TimeZone && before.Enabled == after.Enabled;

    /// <summary>Whether a change leaves what is written down of when a schedule is due and starts.</summary>
    public static bool SameDefinition(Schedule before, Schedule after) => SameTimes(before, after) && before.Policy.Spread == after.Policy.Spread;

    /// <summary>Whether a change takes a payload away that runs may have had, so that it has to be kept.</summary>
    public static bool ReplacesUsedPayload(Schedule before, Schedule after) => !SamePayload(before, after) && before.PayloadUsed;

    private static bool SamePayload(Schedule before, Schedule after) => before.Payload == after.Payload;

    // Other times have nothing to do with occurrences of the old ones; and a catch-up ends with its policy. A run that is open stays one of
    // a catch-up all the same.
    private static Waiting? StillWaiting(Schedule current, Schedule wanted) =>
        (SameTimes(current, wanted), current.Policy.Missed == MissedPolicy.All && wanted.Policy.Missed != MissedPolicy.All) switch
        {
            (false, _) => Emptied(current.Waiting, pauses: !wanted.Enabled),
            (_, true) => (current.Waiting is { } some ? some with { CatchUp = [] } : null)?.OrNull,
            _ => current.Waiting,
        };

    // A backfill is of occurrences of the past, whatever the times are now; while nothing may fire it waits until somebody has it go on.
    private static Waiting? Emptied(Waiting? waiting, bool pauses) => waiting is null ? null : (waiting with
    {
        Due = null,
        CatchUp = [],
        Backfill = pauses && waiting.Backfill is { } backfill ? backfill with { IsPaused = true } : waiting.Backfill,
    }).OrNull;

    // With what came due and did not start, which gets its row.
    private static DateTimeOffset? Covered(Schedule schedule, DateTimeOffset now) =>
        HeldStretch.LastUpTo(schedule, now) is { } last && !(last < schedule.LastDueAt) ? last : schedule.LastDueAt;

    private static DateTimeOffset? NextDue(in ChangeGate gate, Schedule schedule) => gate.InstallEnabled && schedule.Enabled ? schedule.NextDueAt : null;
}

/// <summary>What a create finds of its install, inside its transaction.</summary>
/// <param name="Count">How many schedules it has.</param>
/// <param name="NameTaken">Whether another has the name.</param>
/// <param name="EndpointThere">Whether the installed version has the endpoint.</param>
internal readonly record struct FoundForCreate(int Count, bool NameTaken, bool EndpointThere);
