using Escapement.Firing.Holding;
using Escapement.Firing.Stopping;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

/// <summary>Stage 4: an ordinary request (contract section 5) to a fresh sandbox instance whose imports are bound to this one install.</summary>
internal sealed class InvokeStage(
    ISandbox sandbox, HostApiFactory hostApis, LeaseKeeper leases, RunLogs logs, StoreRetry retry, EscapementTelemetry telemetry, TimeProvider time)
{
    /// <summary>Carries out a run that can be, and says how it ended. Whatever a sandbox throws is this run's failure and no other's.</summary>
    public ValueTask<AttemptEnd> RunAsync(HeldRun run, Preparation preparation, StopSteps stop) => preparation switch
    {
        Preparation.Ready ready => InvokeAsync(run, ready.Extension, stop),
        Preparation.Ended ended => new(ended.End),
        _ => throw new InvalidOperationException($"A preparation that nobody knows: {preparation}"),
    };

    private async ValueTask<AttemptEnd> InvokeAsync(HeldRun run, InstalledExtension extension, StopSteps stop)
    {
        using var span = telemetry.StartInvoke(run);
        var end = await CallAsync(run, extension, stop);
        span.Invoked(end);
        return end;
    }

    private async ValueTask<AttemptEnd> CallAsync(HeldRun run, InstalledExtension extension, StopSteps stop)
    {
        if (stop.Runs.IsCancellationRequested)
        {
            run.End(EarlyEnd.NodeStopping);
        }

        var startedAt = time.GetUtcNow();
        try
        {
            // A store that is away, for the lease or for the component, is no failure of this run: it waits while the lease lasts.
            var end = await retry.RunAsync("invoke", () => StartAsync(run, extension), stop.Claiming, run.Token);
            var answered = end is AttemptEnd.Returned { Invoked.Result: not InvocationResult.Cancelled };
            return run.EndedBy == EarlyEnd.LeaseLost && !answered ? new AttemptEnd.LeaseLost() : end;
        }
        catch (OperationCanceledException) when (run.EndedBy == EarlyEnd.LeaseLost)
        {
            return new AttemptEnd.LeaseLost();
        }
        catch (OperationCanceledException) when (run.EndedBy == EarlyEnd.NodeStopping || stop.Claiming.IsCancellationRequested)
        {
            return new AttemptEnd.NotStarted();
        }
        catch (Exception e)
        {
            return new AttemptEnd.HostFailed(startedAt, e) { Version = extension.Version.Id };
        }
    }

    // The lease is looked at here, and again by the sandbox after the wait for a free slot of its own: a process that was stopped for a
    // while meanwhile must not start what another node has by now.
    private async ValueTask<AttemptEnd> StartAsync(HeldRun run, InstalledExtension extension)
    {
        while (await leases.EnsureAsync(run, run.Token))
        {
            var requestId = Ids.Next(time).ToString();
            run.Span?.SetTag(TelemetryTags.InvocationId, requestId);
            var request = ScheduledRequest.Of(run, extension.Install.ExtensionId, requestId);
            var invocation = new Invocation(extension, hostApis.For(extension), request)
            {
                MayStart = () => leases.Holds(run),
                TimeLimit = run.Claimed.Policy.TimeLimit,
                Alone = run.Claimed.RunsAlone,
                OnLog = read => logs.Begin(run.Claimed.Lease.Id, read),
            };
            var invoked = await LoggedAsync(run, invocation);
            if (invoked.Result is InvocationResult.NotReady waiting)
            {
                return new AttemptEnd.NotReady(waiting.Reason, waiting.Message);
            }

            if (invoked.Result is not InvocationResult.NotStarted)
            {
                return new AttemptEnd.Returned(invoked) { Version = extension.Version.Id };
            }
        }

        return new AttemptEnd.NotStarted();
    }

    private async ValueTask<Invoked> LoggedAsync(HeldRun run, Invocation invocation)
    {
        try
        {
            return await sandbox.InvokeAsync(invocation, run.Token);
        }
        finally
        {
            logs.End(run.Claimed.Lease.Id);
        }
    }
}
