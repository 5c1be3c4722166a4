using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>
/// What to click or type next, as things stand now. Routes are those of the schedule, or of the layer that is named; they stand here by the words of the
/// actions that they are, as <see cref="WhyRemedy"/> knows them.
/// </summary>
internal static class WhyRemedies
{
    public const string Nothing = "Nothing to do.";

    /// <summary>Of what waits in a backfill that is held.</summary>
    public static readonly string GoOn = CauseSentences.AsSentence(GoOnStep);

    private const string GoOnStep = "have the backfill go on [resume-backfill], or end it if it should not happen any more";

    private const string RunNow = "run it now [run-now] if it should still happen";

    private const string RunAgain = "run it again [rerun]";

    private const string FillIn = "fill the range in [backfill], or run it now [run-now], if it should still happen";

    private const string StartNode = "Start a node that fires; look at those that there were [see-nodes].";

    private const string TakeWork = "Let a drained node take work again, or start another that fires; see which were drained, and why [see-nodes].";

    private const string Gone = "The schedule is gone for good; create it again if it should run.";

    private const string EnableInstall = "Enable the install [enable-install]; it goes on with its next occurrence.";

    private const string EnableSchedule = "Enable the schedule [enable-schedule]; it goes on with its next occurrence.";

    private const string RestoreInstall = "Restore the install [restore-install] if it should run again.";

    private const string RestoreSchedule = "Restore the schedule [restore-schedule] if it should run again.";

    private const string BringBack = "Install a version that has the endpoint, or point the schedule to another; it goes on by itself then.";

    private const string Correct =
        "Correct its cron or time zone, or bring the host's time zone data up to date, and enable it again [enable-schedule].";

    public static WhyRemedy Of(WhyFinding finding, Standing now) => WhyRemedy.Of(MarkedOf(finding, now));

    private static string MarkedOf(WhyFinding finding, Standing now) =>
        finding.Causes.OfType<Cause.MadeUp>().FirstOrDefault() is { Run: { State: RunState.Succeeded or RunState.Running or RunState.Queued } }
            ? Nothing
            : finding.Causes.OfType<Cause.WaitsInBackfill>().FirstOrDefault() is { } filling ? OfFilling(filling, finding, now)
            : finding.Verdict switch
            {
                WhyVerdict.Succeeded or WhyVerdict.Running or WhyVerdict.WillRun or WhyVerdict.NotDue
                    or WhyVerdict.NotYetCreated or WhyVerdict.BeyondRetention => Nothing,
                WhyVerdict.Queued => OfQueued(finding.Causes),
                WhyVerdict.Failed or WhyVerdict.Abandoned =>
                    finding.Causes[0] is Cause.OfRun { Run: var run } ? OfReason(run.Reason, now) : OfHindrances(finding, now),
                WhyVerdict.Skipped => finding.Causes.Any(c => c is Cause.Skip) ? After(now, RunNow) : OfOverlap(now),
                WhyVerdict.Missed => (OfNodes(finding.Causes) is { } step ? $"{step} " : "")
                    + After(now, MakeUp(now)),
                WhyVerdict.Paused or WhyVerdict.WillNotRun or WhyVerdict.Disabled or WhyVerdict.Deleted => OfHindrances(finding, now),
                _ => throw new InvalidOperationException($"A verdict that nobody knows: {finding.Verdict}"),
            };

    // It has been asked for already: what is left is to let that go on.
    private static string OfFilling(Cause.WaitsInBackfill filling, WhyFinding finding, Standing now) =>
        filling.Backfill.IsPaused ? After(now, GoOnStep)
        : finding.Causes.OfType<Cause.OfPause>().Where(c => c.Ended is null).Select(c => OfPause(c.Pause)).Distinct().ToList() is { Count: > 0 } steps
            ? string.Join(' ', steps)
            : Nothing;

    private static string OfQueued(IReadOnlyList<Cause> causes) =>
        OfNodes(causes) is { } step ? step
        : causes.OfType<Cause.OfRun>().Any(c => c.Run.Reason == RunReason.SandboxUnavailable) ? "This is the operator's to look into: see the nodes' logs."
        : Nothing;

    // Null where there is a node that takes work.
    private static string? OfNodes(IReadOnlyList<Cause> causes) =>
        causes.OfType<Cause.NoNode>().FirstOrDefault() is { } missing ? (missing.Drained is null ? StartNode : TakeWork) : null;

    private static string OfOverlap(Standing now) => After(
        now,
        "if that run goes on for long, make the endpoint faster or the schedule less frequent"
        + (now.LetsWait ? "" : ", or let one occurrence wait [let-one-wait]") + $"; {RunNow}");

    private static string OfReason(RunReason reason, Standing now) => reason switch
    {
        RunReason.ErrorStatus or RunReason.Trap or RunReason.TimeOut or RunReason.OutOfMemory or RunReason.ResponseTooLarge or RunReason.TooManyHostCalls =>
            After(now, $"look at the run's error and log lines [see-run], mend the extension, and {RunAgain}"),
        RunReason.ComponentUnavailable or RunReason.HostError =>
            After(now, $"this is the operator's to look into: see the node's log at that time; then {RunAgain}"),
        RunReason.WorkerLost => After(
            now,
            "look at the run's error [see-run]: the extension made its process use too much, or brought it down; mend it, and "
            + RunAgain),
        RunReason.NodeLost => After(now, $"check whether the extension brings its node down; then {RunAgain}"),
        RunReason.StoreLost => After(now, $"see what kept the node from the store at that time; then {RunAgain}"),
        RunReason.InstallDisabled => OfState(DefinitionState.InstallDisabled, now),
        RunReason.ScheduleDisabled => OfState(DefinitionState.Disabled, now),
        RunReason.InstallRemoved => OfState(DefinitionState.Uninstalled, now),
        RunReason.ScheduleDeleted => OfState(DefinitionState.Deleted, now),
        RunReason.ScheduleUnplannable => OfState(DefinitionState.Unplannable, now),
        RunReason.EndpointGone when now.LacksEndpoint => BringBack,
        _ => After(now, RunNow),
    };

    // What is disabled is not filled in.
    private static string MakeUp(Standing now) => now.State is DefinitionState.Disabled or DefinitionState.Unplannable ? RunNow : FillIn;

    // What stands in the way now, the nearest first; of what stood there then, nothing is left to do but to make up for it.
    private static string OfHindrances(WhyFinding finding, Standing now)
    {
        var isLet = finding.Causes.Any(c => c is Cause.RunsAfterPause);
        var steps = finding.Causes.Select(c => c switch
        {
            Cause.OfPause { Ended: null } held => isLet ? null : OfPause(held.Pause),
            Cause.Skip => "Take the skip back [take-skip-back] if it should run.",
            Cause.OfState { Definition.State: var state } => OfState(state, now),
            Cause.NoNode => OfNodes([c]),
            _ => null,
        }).OfType<string>().Distinct().ToList();
        return steps.Count > 0 ? string.Join(' ', steps) : isLet || finding.Causes.Count == 0 ? Nothing
            : After(now, finding.Verdict == WhyVerdict.Paused ? MakeUp(now) : RunNow);
    }

    private static string OfPause(Pause pause) => pause switch
    {
        { Cause: PauseCause.EndpointGone } => BringBack,
        { Cause: PauseCause.Failures } => "See why its runs fail [see-failed-runs], mend that, and resume the schedule [resume-schedule].",
        { Layer: PauseLayer.Host } => "An operator resumes the host [resume-host].",
        { Layer: PauseLayer.Tenant } => Resume("tenant", pause),
        { Layer: PauseLayer.Install } => Resume("install", pause),
        _ => Resume("schedule", pause),
    };

    private static string Resume(string what, Pause pause) =>
        $"{(pause.ByOperator ? "An operator resumes" : "Resume")} the {what} [resume-{what}]"
        + (pause.Until is null ? "." : ", or wait for the end of the pause.");

    // Whatever it was then, what can be done goes by what it is now. Of several, nobody looked at each.
    private static string OfState(DefinitionState then, Standing now) => (now.State ?? then) switch
    {
        DefinitionState.Due => After(now, RunNow),
        DefinitionState.Disabled when now.State is null => "Enable those that should run again and are not enabled yet [enable-schedule].",
        DefinitionState.InstallDisabled when now.State is null => "Enable the install, if it should run again and is not enabled yet [enable-install].",
        DefinitionState.InstallDisabled => EnableInstall,
        DefinitionState.Unplannable => Correct,
        DefinitionState.Deleted => now.IsGone ? Gone : RestoreSchedule,
        DefinitionState.Uninstalled => now.IsGone ? Gone : RestoreInstall,
        _ => EnableSchedule,
    };

    // A run that is asked for, or a backfill: what has to be done before.
    private static string After(Standing now, string step) => now switch
    {
        { State: DefinitionState.Deleted or DefinitionState.Uninstalled } => OfState(now.State.Value, now),
        { State: DefinitionState.InstallDisabled } => $"{EnableInstall} Then {step}.",
        { Bar: { } bar } => $"{OfPause(bar)} Then {step}.",
        _ => CauseSentences.AsSentence(step),
    };
}
