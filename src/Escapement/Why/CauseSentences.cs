using System.Globalization;
using Escapement.Audit;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>Says causes: the one place where each kind has its words. Each is a sentence of its own, and a part of the one that they make together.</summary>
/// <param name="clock">The clocks of the schedule's zone.</param>
internal sealed class CauseSentences(LocalClock clock)
{
    public static string AsSentence(string phrase) => $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}.";

    /// <summary>A cause as it is told by itself.</summary>
    public WhyCause Tell(Cause cause)
    {
        clock.Begin();
        var told = Of(cause);
        return told with { What = AsSentence(told.What) };
    }

    /// <summary>Causes as the end of a sentence. Of several pauses that held the same the first is told, and of the others that there were.</summary>
    public string Phrase(IReadOnlyList<Cause> causes)
    {
        var beside = causes.OfType<Cause.OfPause>().Where(p => p.IsBeside).ToList();
        return string.Join("; ", causes.Where(c => c is not Cause.OfPause { IsBeside: true })
            .SelectMany(c => (IEnumerable<string>)[Of(c).What, .. c is Cause.OfPause && beside.Count > 0 ? [BesidePhrase(beside)] : Array.Empty<string>()]));
    }

    // Without the capital and the full stop.
    private WhyCause Of(Cause cause) => cause switch
    {
        Cause.OfRun { Run: var run } => new WhyCause(RunExplanation.Word(run.Reason) ?? run.State.ToString().ToLowerInvariant(), RunPhrase(run))
        {
            Parameters = Some(("attempt", Number(run.Attempt)), ("statusCode", Number(run.StatusCode)), ("count", Number(run.MissedCount)), ("node", run.Node)),
            When = run.FinishedAt ?? run.StartedAt ?? run.CreatedAt,
            Ref = RefOf(run),
        },
        Cause.OfAttempt { Attempt: var attempt } => new WhyCause("attempt", AttemptPhrase(attempt))
        {
            Parameters = Some(("attempt", Number(attempt.Attempt)), ("reason", RunExplanation.Word(attempt.Reason)), ("node", attempt.Node)),
            When = attempt.EndedAt,
            Note = attempt.Error,
        },
        Cause.OtherRun { Run: var run } => new WhyCause(
            "other-run",
            $"the run of {clock.Near(run.DueAt)} {(run.FinishedAt is { } end ? $"went on until {clock.Near(end)}" : "has not ended")}")
        {
            Parameters = Some(("dueAt", Timestamps.Format(run.DueAt)), ("state", run.State.ToString().ToLowerInvariant())),
            When = run.StartedAt,
            Ref = RefOf(run),
        },
        Cause.MayOverlap { Run: var run } => new WhyCause(
            "may-overlap", $"the run of {clock.Near(run.DueAt)} has not ended, and this one is skipped if that goes on for so long")
        {
            Parameters = Some(("dueAt", Timestamps.Format(run.DueAt))),
            When = run.StartedAt,
            Ref = RefOf(run),
        },
        Cause.MadeUp { Run: var run } => new WhyCause("made-up", MadeUpPhrase(run))
        {
            Parameters = Some(("trigger", run.Trigger.Word()), ("state", run.State.ToString().ToLowerInvariant())),
            When = run.CreatedAt,
            Who = run.RequestedBy,
            Note = run.Note,
            Ref = RefOf(run),
        },
        Cause.OfBackfill { Backfill: var backfill } => new WhyCause("backfill", BackfillPhrase(backfill))
        {
            Parameters = Some(
                ("id", backfill.Id.ToString()),
                ("total", Number(backfill.Total)),
                ("succeeded", Number(backfill.Succeeded)),
                ("failed", Number(backfill.Failed)),
                ("open", Number(backfill.Open)),
                ("left", Number(backfill.Left))),
            When = backfill.BeganAt,
            Who = backfill.By,
            Note = backfill.Note,
        },
        Cause.WaitsInBackfill { Backfill: var backfill, Behind: var behind } => new WhyCause("waits-in-backfill", FillingPhrase(backfill, behind))
        {
            Parameters = Some(
                ("id", backfill.Id.ToString()),
                ("behind", Number(behind)),
                ("left", Number(backfill.Left.Count)),
                ("total", Number(backfill.Total)),
                ("held", backfill.IsPaused ? "true" : "false")),
            When = backfill.Since,
            Who = backfill.By,
            Note = backfill.Note,
        },
        Cause.OfPause { Pause: var pause } held => new WhyCause("pause", PausePhrase(held))
        {
            Parameters = Some(
                ("layer", pause.Layer.ToString().ToLowerInvariant()),
                ("cause", pause.Cause switch { PauseCause.Failures => "failures", PauseCause.EndpointGone => "endpoint-gone", _ => "asked" }),
                ("byOperator", pause.ByOperator ? "true" : null),
                ("until", pause.Until is { } until ? Timestamps.Format(until) : null),
                ("ended", held.Ended is { } ended ? Timestamps.Format(ended) : null),
                ("endedBy", held.EndedBy),
                ("how", held switch
                {
                    { IsTakenBack: true } => "taken-back",
                    { EndedBy: not null } => "resumed",
                    { Ended: { } end } when end == pause.Until => "by-itself",
                    _ => null,
                })),
            When = pause.Since,
            Who = pause.By,
            Note = pause.Note,
        },
        Cause.Resumed resumed => new WhyCause(
            "resumed", $"{RunExplanation.Whose(resumed.Layer)} was paused until {Who(resumed.By)} resumed it at {clock.Near(resumed.When)}")
        {
            Parameters = Some(("layer", resumed.Layer.ToString().ToLowerInvariant())),
            When = resumed.When,
            Who = resumed.By,
        },
        Cause.RunsAfterPause { End: var end } => new WhyCause("runs-after-pause", $"it starts when its pause ends, at {clock.Near(end)}") { When = end },
        Cause.Skip skip => new WhyCause("skipped-by-admin", $"it was skipped ahead of time by {Who(skip.By)}, {Quoted(skip.Note)}")
        {
            When = skip.When,
            Who = skip.By,
            Note = skip.Note,
        },
        Cause.Edit { After: var after, Before: var before } => new WhyCause(
            "edit", $"its times were changed by {Who(after.By)} at {clock.Near(after.Since)} from {Times(before)} to {Times(after)}")
        {
            Parameters = Some(
                ("fromCron", before.Cron), ("fromTimezone", before.TimeZone), ("toCron", after.Cron), ("toTimezone", after.TimeZone)),
            When = after.Since,
            Who = after.By,
        },
        Cause.OfState { Definition: var definition } => StateCause(definition),
        Cause.Created created => new WhyCause(
            "created", $"the schedule was created {(created.By is { } by ? $"by {Who(by)} " : "")}at {clock.Near(created.When)}")
        {
            When = created.When,
            Who = created.By,
        },
        Cause.Retention { Horizon: var horizon } => new WhyCause("retention", $"runs are kept back to {clock.Near(horizon)}") { When = horizon },
        Cause.Upgrade upgrade => new WhyCause("upgrade", UpgradePhrase(upgrade))
        {
            Parameters = Some(("from", upgrade.From), ("to", upgrade.To)),
            When = upgrade.When,
            Who = upgrade.By,
        },
        Cause.OfNode { Node: var node } of => new WhyCause("node", NodePhrase(of))
        {
            Parameters = Some(("node", node.Name)),
            When = of.LivedOn ? of.FoundAt : node.EndedAt ?? node.SeenAt,
            Ref = new WhyRef("node", node.Name),
        },
        Cause.OfOutage { Outage: { Drained: { } drained } idle } => new WhyCause(
            "drained", $"no node took work from {clock.Near(idle.From)} to {clock.Near(idle.To)}, after {drained.Node} was drained by {Who(drained.By)}")
        {
            Parameters = Some(("to", Timestamps.Format(idle.To)), ("node", drained.Node)),
            When = idle.From,
            Who = drained.By,
            Ref = new WhyRef("node", drained.Node),
        },
        Cause.OfOutage { Outage: var outage } => new WhyCause(
            "outage",
            $"no node that fires gave a sign of life from {clock.Near(outage.From)} to {clock.Near(outage.To)}, "
            + $"after the last was {(outage.Stopped ? "stopped" : "lost")}")
        {
            Parameters = Some(("to", Timestamps.Format(outage.To)), ("stopped", outage.Stopped ? "true" : "false"), ("node", outage.Node)),
            When = outage.From,
        },
        Cause.NoNode { Drained: { Drain: { } drain } node } => new WhyCause(
            "drained", $"no node takes work: {node.Name} was drained by {Who(drain.By)} at {clock.Near(drain.Since)}, {Quoted(drain.Note)}")
        {
            Parameters = Some(("node", node.Name)),
            When = drain.Since,
            Who = drain.By,
            Note = drain.Note,
            Ref = new WhyRef("node", node.Name),
        },
        Cause.NoNode { Since: var since } => new WhyCause(
            "no-node", since is { } last ? $"no node that fires has given a sign of life since {clock.Near(last)}" : "no node that fires is known")
        {
            When = since,
        },
        Cause.Clocks { Note: var note } => new WhyCause("daylight-saving", $"{char.ToLowerInvariant(note[0])}{note[1..]}"),
        Cause.Late late => new WhyCause(
            "late",
            $"it started {LocalClock.Lasting(late.By)} late, at {clock.Near(late.StartedAt)}"
            + (late.IsExplained ? "" : ", and nothing that is kept says why: the host may have been busy or slow"))
        {
            Parameters = Some(("seconds", Number((int)late.By.TotalSeconds))),
            When = late.StartedAt,
        },
        Cause.Waited { For: var wait } => wait switch
        {
            RunWait.InstallLimit => new WhyCause("install-limit", "its install had as many runs under way as it may have"),
            RunWait.TenantLimit => new WhyCause("tenant-limit", "its tenant had as many runs under way as it may have"),
            RunWait.Slots => new WhyCause("slots", "its node had no slot free"),
            _ => throw new InvalidOperationException($"Nothing that a run waits for: {wait}"),
        },
        Cause.Spread { StartsAt: var starts } => new WhyCause("spread", $"it starts at {clock.Near(starts)}, because its starts are spread")
        {
            Parameters = Some(("startsAt", Timestamps.Format(starts))),
            When = starts,
        },
        Cause.WaitsForEnd => new WhyCause("waits-for-end", "it waits for the end of the run before"),
        Cause.CatchUp { Left: var left } => new WhyCause("catch-up", $"it waits for its turn among {Number(left)} that are caught up")
        {
            Parameters = Some(("left", Number(left))),
        },
        Cause.Unclaimed => new WhyCause("unclaimed", "no node has taken it yet"),
        Cause.UnderWay { OfInstall: var install, OfTenant: var tenant } => new WhyCause(
            "under-way", $"its install has {Number(install)} and its tenant {Number(tenant)} runs under way, of which either may have so many")
        {
            Parameters = Some(("install", Number(install)), ("tenant", Number(tenant))),
        },
        Cause.NoRow => new WhyCause("no-row", "the host has no row of it, as when a clock was set back"),
        Cause.Foreseen { Reason: var reason } => new WhyCause(RunExplanation.Word(reason)!, ForeseenPhrase(reason)),
        _ => throw new InvalidOperationException($"A cause that nobody knows: {cause}"),
    };

    private string RunPhrase(Run run) => run switch
    {
        { State: RunState.Succeeded, StatusCode: { } status } => $"the extension answered with status {Number(status)}",
        { State: RunState.Succeeded } => "the extension answered",
        { State: RunState.Running } => $"attempt {Number(run.Attempt)} started at {clock.Near(run.StartedAt ?? run.CreatedAt)} on node {run.Node}",
        { State: RunState.Queued, Reason: RunReason.Compiling or RunReason.SandboxUnavailable } => RunExplanation.Describe(run.Reason, null),
        { State: RunState.Queued, EarlierAttempts: [.., var last] } =>
            $"attempt {Number(last.Attempt + 1)} starts at {clock.Near(run.AvailableAt ?? last.EndedAt)} at the earliest",
        { State: RunState.Queued } => "it waits for a free slot",
        _ => RunExplanation.Describe(run.Reason, run.StatusCode),
    };

    // When one that was lost ended nobody knows.
    private string AttemptPhrase(EndedAttempt attempt) =>
        $"attempt {attempt.Attempt} {(attempt.Reason is RunReason.NodeLost or RunReason.StoreLost ? "was found to be lost" : "ended")} "
        + $"at {clock.Near(attempt.EndedAt)}{(attempt.Node is { } on ? $" on node {on}" : "")}, because {RunExplanation.DescribeAttempt(attempt.Reason)}";

    private string MadeUpPhrase(Run run)
    {
        var how = run.State switch
        {
            RunState.Queued => "which waits to start",
            RunState.Running => "which is under way",
            RunState.Succeeded => "which succeeded",
            RunState.Failed => "which failed",
            _ => "which did not run to an end",
        };
        return run.Trigger == RunTrigger.Backfill
            ? $"a backfill by {Who(run.RequestedBy)} made up for it at {clock.Near(run.CreatedAt)}, {how}"
            : $"it was run again by {Who(run.RequestedBy)} at {clock.Near(run.CreatedAt)}, {how}";
    }

    private static string BackfillPhrase(BackfillSummary backfill)
    {
        string[] parts =
        [
            $"{Number(backfill.Succeeded)} succeeded",
            .. backfill.Failed > 0 ? [$"{Number(backfill.Failed)} failed"] : Array.Empty<string>(),
            .. backfill.Open > 0 ? [$"{Number(backfill.Open)} {(backfill.Open == 1 ? "is" : "are")} open"] : Array.Empty<string>(),
            .. backfill.Left > 0 ? [$"{Number(backfill.Left)} {(backfill.Left == 1 ? "has" : "have")} not run"] : Array.Empty<string>(),
        ];
        return $"of the {Number(backfill.Total)} occurrence{(backfill.Total == 1 ? "" : "s")} of that backfill "
            + (parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}");
    }

    private string FillingPhrase(Backfill backfill, int behind)
    {
        var turn = behind == 0 ? "as the next of it" : $"behind {Number(behind)} {(behind == 1 ? "other" : "others")} of it";
        return $"it waits for its turn in the backfill that {Who(backfill.By)} began at {clock.Near(backfill.Since)}, {turn}"
            + (backfill.IsPaused ? ", and that is held until somebody has it go on" : "");
    }

    private string PausePhrase(Cause.OfPause held)
    {
        var pause = held.Pause;
        var (whose, by, note) = (RunExplanation.Whose(pause.Layer), Who(pause.By), Quoted(pause.Note));
        if (held.Ended is { } end)
        {
            return $"{whose} was paused by {by} from {clock.Near(pause.Since)} to {clock.Near(end)}, {note}" + held switch
            {
                { IsTakenBack: true, EndedBy: { } undone } => $", which {Who(undone)} took back",
                { EndedBy: { } resumed } => $", and resumed by {Who(resumed)}",
                _ when end == pause.Until => ", which ended by itself",
                _ => "",
            };
        }

        return $"{whose} has been paused by {by} since {clock.Near(pause.Since)}, {note}, until " + pause switch
        {
            { Until: { } known } => clock.Near(known),
            { Cause: PauseCause.EndpointGone } => "a version has it again",
            _ => "somebody resumes it",
        };
    }

    private static string BesidePhrase(List<Cause.OfPause> pauses)
    {
        var whose = pauses.Select(p => RunExplanation.Whose(p.Pause.Layer)).Distinct().ToList();
        var all = whose.Count == 1 ? whose[0] : $"{string.Join(", ", whose.SkipLast(1))} and {whose[^1]}";
        return $"{all} {(pauses.TrueForAll(p => p.Ended is null), whose.Count == 1) switch
        {
            (true, true) => "is",
            (true, false) => "are",
            (_, true) => "was",
            _ => "were",
        }} paused too";
    }

    private WhyCause StateCause(ScheduleDefinition definition)
    {
        var (by, when) = (Who(definition.By), clock.Near(definition.Since));
        var (code, what) = definition.State switch
        {
            DefinitionState.Disabled => ("schedule-disabled", $"the schedule was disabled by {by} at {when}"),
            DefinitionState.InstallDisabled => ("install-disabled", $"the install was disabled by {by} at {when}"),
            DefinitionState.Deleted => ("schedule-deleted", $"the schedule was deleted by {by} at {when}"),
            DefinitionState.Uninstalled => ("install-removed", $"the extension was uninstalled by {by} at {when}"),
            DefinitionState.Unplannable => ("schedule-unplannable", $"the host could not work out when it was due, and disabled it at {when}"),
            _ => throw new InvalidOperationException($"No state that keeps a schedule from being due: {definition.State}"),
        };
        return new WhyCause(code, what) { When = definition.Since, Who = definition.By };
    }

    private string UpgradePhrase(Cause.Upgrade upgrade)
    {
        var changed = upgrade is { By: { } by, When: { } when } ? $"the version of the install was changed by {Who(by)} at {clock.Near(when)}" : null;
        var versions = upgrade is { From: { } from, To: { } to } ? $"it ran version {to}, and the run before version {from}" : null;
        return (changed, versions) switch
        {
            ({ } done, { } known) => $"{known}: {done}",
            _ => changed ?? versions ?? "it ran another version than the run before",
        };
    }

    private string NodePhrase(Cause.OfNode of) => $"node {of.Node.Name} " + of switch
    {
        { LivedOn: true } => $"had let its lease run out by {clock.Near(of.FoundAt)}, and lived on",
        { Node.EndedAt: { } end } => $"was stopped at {clock.Near(end)}",
        { Node: var node } => $"gave its last sign of life at {clock.Near(node.SeenAt)}",
    };

    private static string ForeseenPhrase(RunReason reason) => reason switch
    {
        RunReason.Superseded => "a later occurrence came due before any node took it",
        RunReason.OutsideCatchUpWindow => "no node took it until it was older than the catch-up window",
        RunReason.NotCaughtUp => "no node took it in time, and the schedule's policy catches nothing up",
        _ => RunExplanation.Describe(reason, null),
    };

    private static string Who(string? by) => by is null ? "somebody" : by == Actor.Host.Id ? "the host" : by;

    private static string Quoted(string note) => $"'{note}'";

    private static string Times(ScheduleDefinition d) => $"'{d.Cron}' ({LocalClock.NameOf(d.TimeZone)})";

    private static WhyRef RefOf(Run run) => new("run", run.Id.ToString());

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Some(params (string Name, string? Value)[] parameters) =>
        parameters.Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value!);
}
