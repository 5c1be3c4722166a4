using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Stages;
using Escapement.Runs;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

internal sealed partial class RunPath
{
    private void Tell(ClaimedRun run, Preparation preparation, AttemptEnd end, AttemptOutcome? outcome)
    {
        if (end is AttemptEnd.LeaseLost)
        {
            LostLease(run.Lease.Id);
        }
        else if (end is AttemptEnd.HostFailed failed)
        {
            HostFailed(failed.Fault, run.Lease.Id);
        }
        else if (preparation is Preparation.Ready ready && end is AttemptEnd.Returned
            && outcome is { State: RunState.Failed or RunState.Queued, Reason: not RunReason.NodeStopped })
        {
            Failed(
                run.Lease.Id,
                run.Attempt,
                ready.Extension.Install.ExtensionId,
                run.Scope.Tenant,
                RunExplanation.Describe(outcome.Reason, outcome.StatusCode),
                RunExplanation.Word(outcome.Reason),
                outcome.Error);
        }
    }

    [LoggerMessage(LogEvents.LeaseLost, LogLevel.Warning, "The lease of run {Run} was lost; its outcome is left to the node that has it")]
    private partial void LostLease(RunId run);

    // The words of the sentence that why and the ledger say.
    [LoggerMessage(LogEvents.RunFailed, LogLevel.Warning, "Run {Run} attempt {Attempt} of {Extension} for tenant {Tenant} failed: {Why} ({Reason}): {Error}")]
    private partial void Failed(RunId run, int attempt, string extension, TenantId tenant, string why, string? reason, string? error);

    [LoggerMessage(LogEvents.HostFailed, LogLevel.Error, "The host failed while it carried out run {Run}")]
    private partial void HostFailed(Exception e, RunId run);
}
