using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Firing.Stages;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Telemetry;

namespace Escapement.Bench;

/// <summary>What the stages tell of one fire, as they tell it. Claim, prepare and record tell it once for a batch; here each fire is its own batch.</summary>
internal sealed class Telling : IDisposable
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(5);

    private readonly EscapementTelemetry telemetry = new();
    private readonly HeldRun run = new(Claimed(), Due.AddMinutes(1));
    private readonly ClaimedBatch batch;
    private readonly AttemptEnd end;
    private readonly AttemptOutcome outcome;

    public Telling()
    {
        batch = new ClaimedBatch([run.Claimed], 0, 0, 0, false);
        end = new AttemptEnd.Returned(new Invoked(new InvocationResult.Responded(new HandlerResponse(200, [], null)), Due, Took, RunEvidence.None));
        outcome = new AttemptOutcome
        {
            Lease = run.Claimed.Lease,
            Attempt = 1,
            State = RunState.Succeeded,
            Reason = RunReason.None,
            FinishedAt = Due + Took,
        };
    }

    /// <summary>Tells of a fire whose guest calls the host once.</summary>
    /// <returns>True if nobody listened.</returns>
    public bool OfOneFire()
    {
        using var claim = telemetry.StartBatch("escapement.claim");
        claim.Claimed(batch);
        telemetry.Firing.Claimed(Took, 1, 0, 0, 0);
        using var prepare = telemetry.StartBatch("escapement.prepare", 1, claim);
        using var invoke = telemetry.StartInvoke(run);
        using var call = telemetry.Sandbox.StartHostCall("scheduler.list", invoke);
        invoke.Invoked(end);
        using var classify = telemetry.StartClassify(run);
        telemetry.Classified(classify, run.Claimed, end, outcome);
        using var record = telemetry.StartBatch("escapement.record", 1);
        telemetry.Firing.Ended(outcome.State, outcome.Reason);
        return claim is null && invoke is null;
    }

    public void Dispose()
    {
        run.Dispose();
        telemetry.Dispose();
    }

    private static ClaimedRun Claimed()
    {
        var scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Ids.Next(TimeProvider.System)));
        var schedule = new ScheduleId(Ids.Next(TimeProvider.System));
        return new ClaimedRun
        {
            Lease = new LeasedRun(new RunId(Ids.Next(TimeProvider.System)), scope.Tenant, schedule, Guid.NewGuid()),
            Scope = scope,
            Schedule = schedule,
            Endpoint = new EndpointKey("POST", "/api/sync"),
            Policy = SchedulePolicy.Default,
            ScheduleEnabled = true,
            DueAt = Due,
            StartAt = Due,
            Trigger = RunTrigger.Schedule,
            Attempt = 1,
        };
    }
}
