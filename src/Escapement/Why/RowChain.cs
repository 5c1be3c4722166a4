using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What a row of the ledger, or an open run, says of an occurrence.</summary>
internal static class RowChain
{
    // The last attempts say enough of many.
    private const int MostAttempts = 2;

    public static (WhyVerdict Verdict, IReadOnlyList<Cause> Causes) Of(WhyGround ground, Run row)
    {
        IEnumerable<Cause> causes = row switch
        {
            { Reason: RunReason.Paused, Pause: { } pause } => PausesOf(ground, pause, row),
            { Reason: RunReason.SkippedByAdmin, RequestedBy: { } by } => [new Cause.Skip(by, row.Note ?? "", null)],
            { Reason: RunReason.Overlap } => [new Cause.OfRun(row), .. OverlapOf(ground, row)],
            { State: RunState.Missed } => [new Cause.OfRun(row), .. OutagesBetween(ground, ground.At, row.CreatedAt)],
            { State: RunState.Abandoned } when ChangeOf(ground, row) is { } change => [change, .. Attempts(ground, row)],
            { State: RunState.Queued } when ground.MissingNode is { } missing => [new Cause.OfRun(row), missing, .. Attempts(ground, row)],
            _ => [new Cause.OfRun(row), .. UpgradeOf(ground, row), .. Attempts(ground, row), .. Lateness(ground, row)],
        };
        var verdict = VerdictOf(row);
        return (verdict, [.. causes, .. verdict == WhyVerdict.Succeeded ? [] : MadeUp(ground)]);
    }

    private static IEnumerable<Cause> MadeUp(WhyGround ground) => ground.Around.Repeats.Take(1).SelectMany(r => (IEnumerable<Cause>)
    [
        new Cause.MadeUp(r),
        .. ground.Backfill is { Total: > 1 } backfill && backfill.Id == r.Backfill?.Id ? [new Cause.OfBackfill(backfill)] : Array.Empty<Cause>(),
    ]);

    private static WhyVerdict VerdictOf(Run row) => row.State switch
    {
        RunState.Queued => WhyVerdict.Queued,
        RunState.Running => WhyVerdict.Running,
        RunState.Succeeded => WhyVerdict.Succeeded,
        RunState.Failed => WhyVerdict.Failed,
        RunState.Skipped => row.Reason == RunReason.Paused ? WhyVerdict.Paused : WhyVerdict.Skipped,
        RunState.Missed => WhyVerdict.Missed,
        RunState.Abandoned => WhyVerdict.Abandoned,
        _ => throw new InvalidOperationException($"A state that nobody knows: {row.State}"),
    };

    // The run that was open when the occurrence came due; of those that are known the nearest.
    private static IEnumerable<Cause> OverlapOf(WhyGround ground, Run row) => ground.Around.Started
        .Where(r => r.Id != row.Id && r.CreatedAt <= row.CreatedAt && !(r.FinishedAt < row.CreatedAt))
        .Take(1)
        .Select(r => new Cause.OtherRun(r));

    // What was changed before it could start; it says more than the reason does.
    private static Cause? ChangeOf(WhyGround ground, Run row)
    {
        DefinitionState? state = row.Reason switch
        {
            RunReason.ScheduleDisabled => DefinitionState.Disabled,
            RunReason.InstallDisabled => DefinitionState.InstallDisabled,
            RunReason.ScheduleDeleted => DefinitionState.Deleted,
            RunReason.InstallRemoved => DefinitionState.Uninstalled,
            RunReason.ScheduleUnplannable => DefinitionState.Unplannable,
            RunReason.ScheduleChanged => DefinitionState.Due,
            _ => null,
        };
        if (state is null)
        {
            return null;
        }

        // What a change gives up bears its instant, which lies before the occurrence where the change was asked for before, and came to the schedule after
        // the claim that had it wait. A run that was open was given up later than the change: the first of its kind.
        var (earlier, later) = (ground.Rows.Definitions, ground.Rows.Later);
        var its = later.Concat(earlier).FirstOrDefault(d => d.State == state && d.Since == row.FinishedAt);
        if (state != DefinitionState.Due)
        {
            return (its ?? later.FirstOrDefault(d => d.State == state)) is { } change ? new Cause.OfState(change) : null;
        }

        var before = its is null ? earlier.FirstOrDefault() : later.Concat(earlier).FirstOrDefault(d => d.Number == its.Number - 1);
        its ??= later.FirstOrDefault(d => d.State == state && !d.HasTimesOf(before));
        return its is not null && before is not null ? new Cause.Edit(its, before) : null;
    }

    // All that held it until the row was written, which says only which of them began first, of a stretch that may be longer than they were each. If of
    // that one alone something is known, and it had ended, the row is all there is.
    private static IReadOnlyList<Cause.OfPause> PausesOf(WhyGround ground, Pause pause, Run row) =>
        KnownPauses.Within(ground, ground.At + PlaceOf(ground, ground.At, row.Schedule), row.CreatedAt, pause) is { Count: > 0 } held
            ? held : [new Cause.OfPause(pause, row.CreatedAt)];

    // Of a run that failed, another version than the run before had; of one whose endpoint is gone, the change that took it.
    private static IEnumerable<Cause> UpgradeOf(WhyGround ground, Run row)
    {
        var mark = ground.Around.VersionMarks.FirstOrDefault();
        if (row.Reason == RunReason.EndpointGone)
        {
            return mark is null ? [] : [new Cause.Upgrade(null, null, mark.At, mark.By)];
        }

        return row is { State: RunState.Failed, Version: { } version }
            && ground.Around.Started.FirstOrDefault(r => r.Id != row.Id && r.DueAt < row.DueAt && r.Version is not null) is { } before
            && before.Version != version
                ? [new Cause.Upgrade(NameOf(ground, before.Version), NameOf(ground, version), mark?.At, mark?.By)]
                : [];
    }

    private static string? NameOf(WhyGround ground, VersionId? version) => version is { } id ? ground.Versions.GetValueOrDefault(id) : null;

    private static IEnumerable<Cause> Attempts(WhyGround ground, Run row)
    {
        foreach (var attempt in row.EarlierAttempts.TakeLast(MostAttempts).Reverse())
        {
            yield return new Cause.OfAttempt(attempt);
            if (NodeOf(ground, attempt.Node, attempt.Reason, attempt.StartedAt, attempt.EndedAt) is { } lost)
            {
                yield return lost;
            }
        }

        if (NodeOf(ground, row.Node, row.Reason, row.StartedAt, row.FinishedAt ?? ground.Now) is { } last && row.State == RunState.Abandoned)
        {
            yield return last;
        }
    }

    // The process that was there when the attempt started: what ends one that was lost may be the next process of the same name.
    private static Cause.OfNode? NodeOf(WhyGround ground, string? name, RunReason reason, DateTimeOffset? startedAt, DateTimeOffset foundAt) =>
        reason is RunReason.NodeLost or RunReason.NodeStopped or RunReason.StoreLost
        && ground.Nodes.FirstOrDefault(n => n.Name == name && n.StartedAt <= (startedAt ?? foundAt)) is { } node
            ? new Cause.OfNode(node, foundAt, reason == RunReason.NodeStopped)
            : null;

    private static IEnumerable<Cause> Lateness(WhyGround ground, Run row)
    {
        var toStart = row.DueAt + PlaceOf(ground, row.DueAt, row.Schedule);
        if ((row.EarlierAttempts.Count > 0 ? row.EarlierAttempts[0].StartedAt : row.StartedAt) is not { } started || started - toStart <= Arrivals.Punctual)
        {
            return [];
        }

        List<Cause> why =
        [
            .. ground.Around.Started.Where(r => r.Id != row.Id && r.CreatedAt < started && r.FinishedAt > toStart && r.FinishedAt <= started)
                .Take(1)
                .Select(r => new Cause.OtherRun(r)),
            .. OutagesBetween(ground, toStart, started),
            .. PausesBetween(ground, toStart, started),
            .. row.Evidence.WaitedFor is { } wait ? [new Cause.Waited(wait)] : Array.Empty<Cause>(),
        ];
        return [new Cause.Late(started - toStart, started, IsExplained: why.Count > 0), .. why];
    }

    // By the definition of then: the schedule may have another spread by now.
    private static TimeSpan PlaceOf(WhyGround ground, DateTimeOffset due, ScheduleId schedule) =>
        ground.Times.InForce(due).FirstOrDefault(d => DefinedTimes.Has(d, due)) is { } then
            ? StartTime.PlaceOf(schedule, then.Spread, OccurrenceCalendar.For(then.Cron, then.TimeZone))
            : ground.Rows.Schedule is { } now ? StartTime.PlaceOf(now) : TimeSpan.Zero;

    // Pauses whose end had it run, or let its run go on. Of one whose beginning nobody knows any more, the end alone.
    private static IEnumerable<Cause> PausesBetween(WhyGround ground, DateTimeOffset from, DateTimeOffset to)
    {
        var held = KnownPauses.Within(ground, from, to).Where(p => p.Pause.Since < to && p.Ended <= to).ToList();
        return held.Count > 0 ? KnownPauses.Told(held) : ground.Around.Marks
            .Where(m => m.EndsPause && m.At >= from && m.At <= to)
            .Take(1)
            .Select(m => new Cause.Resumed(m.Layer!.Value, m.At, m.By));
    }

    private static IEnumerable<Cause> OutagesBetween(WhyGround ground, DateTimeOffset from, DateTimeOffset to) => ground.Outages
        .Where(o => o.IsBetween(from, to, ground.SilentAfter))
        .OrderByDescending(o => o.To - o.From)
        .Take(1)
        .Select(o => new Cause.OfOutage(o));
}
