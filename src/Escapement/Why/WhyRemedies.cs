using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Why;

/// <summary>What to click or type next. Routes are those of the schedule, or of the layer that is named.</summary>
internal static class WhyRemedies
{
    public const string Nothing = "Nothing to do.";

    private const string RunNow = "run it now (POST .../run-now) if it should still happen";

    private const string EnableInstall = "Enable the install (POST .../enable); it goes on with its next occurrence.";

    private const string EnableSchedule = "Enable the schedule (PATCH with enabled true); it goes on with its next occurrence.";

    private const string RestoreInstall = "Restore the install (POST .../uninstalled/{installId}/restore) if it should run again.";

    private const string RestoreSchedule = "Restore the schedule (POST .../deleted-schedules/{scheduleId}/restore) if it should run again.";

    private const string BringBack = "Install a version that has the endpoint, or point the schedule to another; it goes on by itself then.";

    private const string Correct =
        "Correct its cron or time zone, or bring the host's time zone data up to date, and enable it again (PATCH with enabled true).";

    public static string Of(WhyFinding finding) =>
        finding.Causes.OfType<Cause.MadeUp>().FirstOrDefault() is { Run: { State: RunState.Succeeded or RunState.Running or RunState.Queued } }
            ? Nothing
            : finding.Verdict switch
            {
                WhyVerdict.Succeeded or WhyVerdict.Running or WhyVerdict.WillRun or WhyVerdict.NotDue
                    or WhyVerdict.NotYetCreated or WhyVerdict.BeyondRetention => Nothing,
                WhyVerdict.Queued => OfQueued(finding.Causes),
                WhyVerdict.Failed or WhyVerdict.Abandoned => finding.Causes[0] is Cause.OfRun { Run: var run } ? OfReason(run.Reason) : OfHindrance(finding),
                WhyVerdict.Skipped => finding.Causes.Any(c => c is Cause.Skip)
                    ? Sentence(RunNow)
                    : "If that run goes on for long, make the endpoint faster or the schedule less frequent, or let one occurrence wait "
                    + "(PATCH with policy.overlap queue-one); run it now (POST .../run-now) if it should still happen.",
                WhyVerdict.Missed => "Fill the range in (POST .../backfill/preview), or run it now (POST .../run-now), if it should still happen.",
                WhyVerdict.Paused or WhyVerdict.WillNotRun or WhyVerdict.Disabled or WhyVerdict.Deleted => OfHindrance(finding),
                _ => throw new InvalidOperationException($"A verdict that nobody knows: {finding.Verdict}"),
            };

    private static string OfQueued(IReadOnlyList<Cause> causes) =>
        causes.Any(c => c is Cause.NoNode) ? "Start a node that fires; GET /api/v1/nodes shows those that there were."
        : causes.OfType<Cause.OfRun>().Any(c => c.Run.Reason == RunReason.SandboxUnavailable) ? "This is the operator's to look into: see the nodes' logs."
        : Nothing;

    private static string OfReason(RunReason reason) => reason switch
    {
        RunReason.ErrorStatus or RunReason.Trap or RunReason.TimeOut or RunReason.OutOfMemory or RunReason.ResponseTooLarge or RunReason.TooManyHostCalls =>
            "Look at the run's error and log lines (GET .../runs/{runId}), mend the extension, and run it again (POST .../runs/{runId}/rerun).",
        RunReason.ComponentUnavailable or RunReason.HostError =>
            "This is the operator's to look into: see the node's log at that time; then run it again (POST .../runs/{runId}/rerun).",
        RunReason.WorkerLost =>
            "Look at the run's error (GET .../runs/{runId}): the extension made its process use too much, or brought it down; mend it, and run it again "
            + "(POST .../runs/{runId}/rerun).",
        RunReason.NodeLost => "Check whether the extension brings its node down; then run it again (POST .../runs/{runId}/rerun).",
        RunReason.StoreLost => "See what kept the node from the store at that time; then run it again (POST .../runs/{runId}/rerun).",
        RunReason.InstallDisabled => EnableInstall,
        RunReason.ScheduleDisabled => EnableSchedule,
        RunReason.InstallRemoved => RestoreInstall,
        RunReason.ScheduleDeleted => RestoreSchedule,
        RunReason.EndpointGone => BringBack,
        RunReason.ScheduleUnplannable => Correct,
        _ => Sentence(RunNow),
    };

    private static string OfHindrance(WhyFinding finding) => finding.Causes.Count == 0 ? Nothing : finding.Causes[0] switch
    {
        Cause.OfPause { Ended: not null } => Sentence(RunNow),
        Cause.OfPause { Pause.Cause: PauseCause.EndpointGone } => BringBack,
        Cause.OfPause { Pause: { Cause: PauseCause.Failures } } =>
            "See why its runs fail (GET .../runs?state=failed), mend that, and resume the schedule (POST .../resume).",
        Cause.OfPause { Pause: { Layer: PauseLayer.Host } } => "An operator resumes the host (POST /api/v1/resume).",
        Cause.OfPause { Pause: { Layer: PauseLayer.Tenant } pause } => Resume("tenant", pause),
        Cause.OfPause { Pause: { Layer: PauseLayer.Install } pause } => Resume("install", pause),
        Cause.OfPause { Pause: var pause } => Resume("schedule", pause),
        Cause.RunsAfterPause => Nothing,
        Cause.Skip => "Take the skip back (DELETE .../skips/{at}) if it should run.",
        Cause.OfState { Definition.State: var state } => state switch
        {
            DefinitionState.InstallDisabled => EnableInstall,
            DefinitionState.Deleted => RestoreSchedule,
            DefinitionState.Uninstalled => RestoreInstall,
            DefinitionState.Unplannable => Correct,
            _ => EnableSchedule,
        },
        _ => Sentence(RunNow),
    };

    private static string Resume(string what, Pause pause) =>
        $"{(pause.ByOperator ? "An operator resumes" : "Resume")} the {what} (POST .../resume)"
        + (pause.Until is null ? "." : ", or wait for the end of the pause.");

    private static string Sentence(string phrase) => CauseSentences.AsSentence(phrase);
}
