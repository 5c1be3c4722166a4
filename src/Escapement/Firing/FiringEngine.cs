using System.Runtime.ExceptionServices;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>
/// The path of a run: claim, prepare, invoke, classify, record; one file a stage, in that order, with no way back. Between
/// claims it sleeps to exactly the next due instant. <c>docs/path-of-a-run.md</c> walks through it.
/// </summary>
public sealed partial class FiringEngine : BackgroundService
{
    private readonly IClaimStore store;
    private readonly FiringOptions options;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IFiringObserver[] observers;

    private readonly Slots slots;
    private readonly HeldRuns held = new();
    private readonly ClaimPulse pulse;
    private readonly StoreRetry retry;
    private readonly LeaseKeeper leases;
    private readonly ClaimStage claim;
    private readonly PrepareStage prepare;
    private readonly InvokeStage invoke;
    private readonly ClassifyStage classify;
    private readonly RecordStage record;

    /// <summary>Makes an engine; it fires once it was started.</summary>
    public FiringEngine(
        IClaimStore store,
        InstalledExtensions installed,
        HostApiFactory hostApis,
        ISandbox sandbox,
        WakeSignal wake,
        FiringOptions options,
        TimeProvider time,
        ILoggerFactory loggers,
        IEnumerable<IFiringObserver> observers)
    {
        this.store = store;
        this.options = options;
        this.wake = wake;
        this.time = time;
        this.observers = [.. observers];
        logger = loggers.CreateLogger<FiringEngine>();
        slots = new Slots(options.Slots ?? sandbox.Slots);
        pulse = new ClaimPulse(options, time);
        retry = new StoreRetry(time, logger);
        leases = new LeaseKeeper(store, held, options, wake, time, loggers.CreateLogger<LeaseKeeper>());
        claim = new ClaimStage(store, options, time);
        classify = new ClassifyStage(time);
        prepare = new PrepareStage(installed, classify, time);
        invoke = new InvokeStage(sandbox, hostApis, time);
        record = new RecordStage(store, held, retry, wake, this.observers);
    }

    /// <summary>Runs that this node is carrying out.</summary>
    public int Running => slots.Capacity - slots.Free;

    /// <summary>
    /// Whether the engine does its work. One whose slots are all taken does; one that should have claimed and did not, or that has
    /// ended, does not.
    /// </summary>
    public FiringHealth CheckHealth() => pulse.Check();

    /// <inheritdoc/>
    /// <exception cref="TimeZoneNotFoundException">This machine has no time zone data; firing without would disable nearly every schedule.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        TimeZones.EnsureAvailable();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Started(options.Node, slots.Capacity);
        using var stopLeases = new CancellationTokenSource();
        using var stop = new StopSteps(options, time, stoppingToken);
        var keeping = leases.RunAsync(stopLeases.Token);
        var recording = record.RunAsync(stop.All);
        var claiming = ClaimUntilAsync(stop);

        // None of the three ends by itself. One that fails for a reason that nobody foresaw must not leave the others going on as if
        // nothing were wrong: the engine stops as it always does, and its exception stops the host.
        // The wish to stop counts by itself: a claim whose store call hangs would hear of it only when all time is over.
        var wish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var wished = stoppingToken.Register(() => wish.TrySetResult());
        await Task.WhenAny(claiming, keeping, recording, wish.Task);
        var failure = Failure(stoppingToken.IsCancellationRequested, ("claim", claiming), ("lease", keeping), ("record", recording));
        pulse.End(failure is { } failed ? $"The engine ended: its {failed.Loop} loop failed" : "The engine is stopping");
        if (failure is { } logged)
        {
            EngineFailed(logged.Exception, logged.Loop);
        }

        stop.Begin();

        // Without leases no run may go on, and without a recorder none needs to.
        await DrainAsync(claiming, stop, endAtOnce: keeping.IsFaulted || recording.IsFaulted);
        record.Complete();
        await recording.WaitAsync(stop.All).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopLeases.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Stopped();
        if ((failure ?? Failure(wanted: true, ("claim", claiming), ("lease", keeping), ("record", recording))) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault.Exception);
        }
    }

    // The first loop that failed. One that was merely cancelled has failed too unless a stop was wanted.
    private static (string Loop, Exception Exception)? Failure(bool wanted, params ReadOnlySpan<(string Loop, Task Task)> loops)
    {
        foreach (var (loop, task) in loops)
        {
            if (task.Exception?.InnerException is { } e)
            {
                return (loop, e);
            }

            if (task.IsCompleted && !wanted)
            {
                return (loop, new InvalidOperationException($"The engine's {loop} loop ended by itself"));
            }
        }

        return null;
    }

    private async Task ClaimUntilAsync(StopSteps stop)
    {
        // What was claimed is prepared and started while more is claimed: neither needs the other, and the store is the slower of the two.
        var starting = Task.CompletedTask;
        var backlog = false;
        try
        {
            while (true)
            {
                stop.Claiming.ThrowIfCancellationRequested();
                if (slots.Free <= 0)
                {
                    pulse.Busy();
                    await slots.WaitAsync(stop.Claiming);
                    pulse.Beat();
                }

                // With a backlog and room for two whole batches, the store works on one claim while the other waits for the disk.
                var (recordedBefore, free) = (record.Recorded, slots.Free);
                var two = backlog && free >= 2 * options.ClaimBatch;
                var claims = await Task.WhenAll(Enumerable.Range(0, two ? 2 : 1).Select(_ => ClaimAsync(two ? free / 2 : free, stop)));
                var before = starting;
                starting = Task.WhenAll(claims.Select(c => c.Starting));
                await before;
                backlog = claims.Any(c => c.Batch.More);
                if (!backlog)
                {
                    await starting;
                    await SleepAsync(claims.Min(c => c.Now), claims.Any(c => c.Batch.PassedOver > 0), recordedBefore, stop.Claiming);
                }
            }
        }
        finally
        {
            await starting;
        }
    }

    private async Task<(ClaimedBatch Batch, DateTimeOffset Now, Task Starting)> ClaimAsync(int room, StopSteps stop)
    {
        var (batch, leaseUntil, now) = await retry.RunAsync("claim", () => claim.RunAsync(room, stop.Claiming), stop.Claiming);
        pulse.Beat();
        Tell(batch);
        return (batch, now, batch.Runs.Count > 0 ? StartAsync(Hold(batch.Runs, leaseUntil), stop) : Task.CompletedTask);
    }

    private void Tell(ClaimedBatch batch)
    {
        foreach (var observer in observers)
        {
            observer.Claimed(batch);
        }

        if (batch.Missed > 0)
        {
            Missed(batch.Missed);
        }

        if (batch.Unplannable > 0)
        {
            Unplannable(batch.Unplannable);
        }
    }

    // At once: the next claim must know which slots are taken, and the leases run already.
    private HeldRun[] Hold(IReadOnlyList<ClaimedRun> runs, DateTimeOffset leaseUntil)
    {
        slots.Take(runs.Count);
        return [.. runs.Select(run => held.Add(run, leaseUntil))];
    }

    private async Task StartAsync(HeldRun[] mine, StopSteps stop)
    {
        var started = 0;
        try
        {
            await Task.Yield();
            var prepared = await PrepareAsync([.. mine.Select(run => run.Claimed)], stop);
            while (started < mine.Length)
            {
                var i = started++;
                _ = CarryOutAsync(mine[i], prepared[i], stop);
            }
        }
        finally
        {
            // Whatever happened: a slot that nobody gives back would be missing for good, and a stop would wait for it in vain.
            for (; started < mine.Length; started++)
            {
                held.Remove(mine[started]);
                slots.Release();
            }
        }
    }

    // Claimed runs are prepared also while the node stops: they are this node's. But a stopping node does not wait for a store that
    // is away: it gives them back as soon as the store takes them.
    private async ValueTask<IReadOnlyList<Preparation>> PrepareAsync(IReadOnlyList<ClaimedRun> runs, StopSteps stop)
    {
        try
        {
            return await retry.RunAsync("prepare", () => prepare.RunAsync(runs, stop.Runs), stop.Claiming).AsTask().WaitAsync(stop.Runs);
        }
        catch (OperationCanceledException) when (stop.Claiming.IsCancellationRequested)
        {
            return [.. runs.Select(run => new Preparation.GivenUp(classify.NotStarted(run)))];
        }
    }

    private async Task CarryOutAsync(HeldRun run, Preparation preparation, StopSteps stop)
    {
        try
        {
            var completion = preparation switch
            {
                Preparation.GivenUp given => GivenUp(given),
                Preparation.Ready ready => await InvokeAsync(run, ready.Extension, stop),
                _ => throw new InvalidOperationException($"A preparation that nobody knows: {preparation}"),
            };
            if (completion is null)
            {
                LostLease(run.Claimed.Lease.Id);
                held.Remove(run);
                return;
            }

            run.Finish();
            await record.AddAsync(run, completion);
        }
        catch (Exception e)
        {
            // Nobody waits for this task. The lease runs out, and the run is tried again.
            HostFailed(e, run.Claimed.Lease.Id);
            held.Remove(run);
        }
        finally
        {
            slots.Release();
        }
    }

    private AttemptOutcome GivenUp(Preparation.GivenUp given)
    {
        if (given.Fault is { } fault)
        {
            HostFailed(fault, given.Completion.Lease.Id);
        }

        return given.Completion;
    }

    // Null when the lease was lost: the outcome is another node's to write.
    private async ValueTask<AttemptOutcome?> InvokeAsync(HeldRun run, InstalledExtension extension, StopSteps stop)
    {
        if (stop.Runs.IsCancellationRequested)
        {
            run.End(RunEnd.NodeStopping);
        }

        var startedAt = time.GetUtcNow();
        try
        {
            // A store that is away, for the lease or for the component, is no failure of this run: it waits while the lease lasts.
            var invoked = await retry.RunAsync("invoke", () => StartGuestAsync(run, extension), stop.Claiming, run.Token);
            if (run.EndedBy == RunEnd.LeaseLost && invoked?.Result is null or InvocationResult.Cancelled)
            {
                return null;
            }

            return invoked is null ? classify.NotStarted(run.Claimed) : Classified(run, extension, invoked);
        }
        catch (OperationCanceledException) when (run.EndedBy == RunEnd.LeaseLost)
        {
            return null;
        }
        catch (OperationCanceledException) when (run.EndedBy == RunEnd.NodeStopping || stop.Claiming.IsCancellationRequested)
        {
            return classify.NotStarted(run.Claimed);
        }
        catch (Exception e)
        {
            // Whatever a sandbox throws is this run's failure and no other's.
            HostFailed(e, run.Claimed.Lease.Id);
            return classify.HostFailed(run.Claimed, startedAt, e) with { Version = extension.Version.Id };
        }
    }

    // Null when it must not start. The lease is looked at here, and again by the sandbox after the wait for a free slot of its own: a
    // process that was stopped for a while meanwhile must not start what another node has by now.
    private async ValueTask<Invoked?> StartGuestAsync(HeldRun run, InstalledExtension extension)
    {
        while (await leases.EnsureAsync(run, run.Token))
        {
            var tooLate = false;
            var invoked = await invoke.RunAsync(run.Claimed, extension, () => leases.Holds(run) || !(tooLate = true), run.Token);
            if (!tooLate)
            {
                return invoked;
            }
        }

        return null;
    }

    private AttemptOutcome Classified(HeldRun run, InstalledExtension extension, Invoked invoked)
    {
        var completion = classify.Run(run.Claimed, extension.Version.Id, invoked);
        if (completion.State is RunState.Failed or RunState.Queued && completion.Reason != RunReason.NodeStopped)
        {
            Failed(run.Claimed.Lease.Id, run.Claimed.Attempt, extension.Install.ExtensionId, run.Claimed.Scope.Tenant, completion.Reason, completion.Error);
        }

        return completion;
    }

    private async Task SleepAsync(DateTimeOffset claimedUpTo, bool passedOver, long recordedBefore, CancellationToken stoppingToken)
    {
        // What was passed over waits for a run of its install to be recorded; that may have happened since the claim.
        record.WakeWhenRecorded = passedOver;
        if (passedOver && record.Recorded != recordedBefore)
        {
            return;
        }

        var next = await retry.RunAsync("claim", () => store.PeekAsync(claimedUpTo, stoppingToken), stoppingToken);
        var poll = time.GetUtcNow() + options.PollInterval;
        var until = next < poll ? next.Value : poll;
        foreach (var observer in observers)
        {
            observer.Sleeping(until);
        }

        await wake.SleepAsync(until, stoppingToken);
    }

    private async Task DrainAsync(Task claiming, StopSteps stop, bool endAtOnce)
    {
        Stopping(Running, endAtOnce ? 0 : options.ShutdownTimeout.TotalSeconds);
        var idle = IdleAsync(claiming);
        try
        {
            await idle.WaitAsync(endAtOnce ? TimeSpan.Zero : options.ShutdownTimeout, time);
        }
        catch (TimeoutException)
        {
            stop.EndRuns();
            held.EndAll(RunEnd.NodeStopping);
            await idle.WaitAsync(stop.Afterwards, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A claim that is under way may still bring runs; only after it do free slots mean that nothing runs.
    private async Task IdleAsync(Task claiming)
    {
        await claiming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await slots.DrainedAsync();
    }

    [LoggerMessage(LogEvents.EngineStarted, LogLevel.Information, "Firing as node {Node} with {Slots} slots")]
    private partial void Started(string node, int slots);

    [LoggerMessage(LogEvents.EngineStopping, LogLevel.Information, "Claiming no more; waiting up to {Seconds} s for {Running} runs")]
    private partial void Stopping(int running, double seconds);

    [LoggerMessage(LogEvents.EngineStopped, LogLevel.Information, "Firing stopped")]
    private partial void Stopped();

    [LoggerMessage(LogEvents.EngineFailed, LogLevel.Critical, "The engine's {Loop} loop failed for a reason that nobody foresaw; this node fires no more")]
    private partial void EngineFailed(Exception e, string loop);

    [LoggerMessage(LogEvents.OccurrencesMissed, LogLevel.Warning, "{Count} occurrences were missed; the run ledger says which and why")]
    private partial void Missed(int count);

    [LoggerMessage(LogEvents.SchedulesUnplannable, LogLevel.Error, "{Count} schedules were disabled because this host cannot work out when they are due next; the run ledger says which and why")]
    private partial void Unplannable(int count);

    [LoggerMessage(LogEvents.RunFailed, LogLevel.Warning, "Run {Run} attempt {Attempt} of {Extension} for tenant {Tenant} failed: {Reason}: {Error}")]
    private partial void Failed(RunId run, int attempt, string extension, TenantId tenant, RunReason reason, string? error);

    [LoggerMessage(LogEvents.LeaseLost, LogLevel.Warning, "The lease of run {Run} was lost; its outcome is left to the node that has it")]
    private partial void LostLease(RunId run);

    [LoggerMessage(LogEvents.HostFailed, LogLevel.Error, "The host failed while it carried out run {Run}")]
    private partial void HostFailed(Exception e, RunId run);
}
