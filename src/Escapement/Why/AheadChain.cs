using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// What is to come: whether it will run, and what would stop it as things stand. Where no node fires, nothing will; whatever else stands in its way says more.
/// </summary>
internal static class AheadChain
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    public static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes)? Of(WhyGround ground, DefinedTimes times)
    {
        var (at, rows) = (ground.At, ground.Rows);
        if (at <= ground.Now || rows.IsRemoved || rows.Schedule is not { } schedule || times.Present is not { } present)
        {
            return null;
        }

        if (!DefinedTimes.Has(present, at) || at < schedule.NextDueAt)
        {
            return (WhyVerdict.NotDue, []);
        }

        var (verdict, causes) = present.State != DefinitionState.Due ? (WhyVerdict.WillNotRun, [new Cause.OfState(present)])
            : schedule.Skips.FirstOrDefault(s => s.Counts && s.At == at) is { } skip
                ? (WhyVerdict.WillNotRun, [new Cause.Skip(skip.By, skip.Note, skip.Since)])
                : Held(ground, schedule);
        return ground.MissingNode is not { } missing ? (verdict, causes)
            : verdict == WhyVerdict.WillRun ? (WhyVerdict.WillNotRun, [missing, .. causes])
            : (verdict, [.. causes, missing]);
    }

    /// <summary>Whether pauses will hold it when it is to start.</summary>
    public static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes) Held(WhyGround ground, Schedule schedule)
    {
        var (at, now) = (ground.At, ground.Now);
        var outlook = PauseOutlook.Of(ground.Above, schedule.Pause, now);
        if (outlook is not { } holding || holding.Until < at + StartTime.PlaceOf(schedule))
        {
            return (WhyVerdict.WillRun, [.. MayOverlap(ground, schedule)]);
        }

        var pauses = KnownPauses.Told(PauseOutlook.Holding(ground.Above, schedule.Pause, now).Select(p => new Cause.OfPause(p)))
            .SelectMany(p => (IEnumerable<Cause>)[p, .. BroughtBy(ground, p.Pause)]);
        return holding.Until is { } end && IsReleased(schedule, holding, at, end, ground.CatchUpWindow)
            ? (WhyVerdict.WillRun, [new Cause.RunsAfterPause(end), .. pauses])
            : (WhyVerdict.WillNotRun, [.. pauses]);
    }

    // Whoever changed the version so that its endpoint is gone; the pause is of the same instant.
    private static IEnumerable<Cause> BroughtBy(WhyGround ground, Pause pause) => pause.Cause != PauseCause.EndpointGone
        ? []
        : ground.Around.VersionMarks
            .Where(m => (m.At - pause.Since).Duration() <= AtOnce)
            .Take(1)
            .Select(m => new Cause.Upgrade(null, null, m.At, m.By));

    // Whether the end of the pauses has it run.
    private static bool IsReleased(Schedule schedule, PauseOutlook holding, DateTimeOffset at, DateTimeOffset end, TimeSpan window)
    {
        var calendar = OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Without(Skips.Counting(schedule.Skips));
        var release = new PauseRelease(holding.First, end, holding.OnEnd);
        return HeldStretch.Recent(schedule, end, window) is { } stretch
            && HeldStretch.Divide(stretch, release, calendar, schedule.Policy, window, StartTime.PlaceOf(schedule)).Taken is { } taken
            && taken.From <= at && at <= taken.To;
    }

    // A run that is open now is in the way of the next occurrence alone, if it goes on.
    private static IEnumerable<Cause> MayOverlap(WhyGround ground, Schedule schedule) =>
        schedule is { ActiveRun: { } open, Policy.Overlap: OverlapPolicy.Skip } && schedule.NextDueAt == ground.At
            ? ground.Around.Started.Where(r => r.Id == open).Select(r => new Cause.MayOverlap(r))
            : [];
}
