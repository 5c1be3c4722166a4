using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Sandbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>
/// The path of a run: claim, prepare, invoke, classify, record; one file a stage, in that order, with no way back. Between
/// claims it sleeps to exactly the next due instant. <c>docs/path-of-a-run.md</c> walks through it.
/// </summary>
public sealed partial class FiringEngine : BackgroundService
{
    // After the shutdown time-out, for guests to end and outcomes to be written.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(4);

    private readonly IClaimStore store;
    private readonly FiringOptions options;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IFiringObserver[] observers;

    private readonly Slots slots;
    private readonly HeldRuns held = new();
    private readonly StoreRetry retry;
    private readonly LeaseKeeper leases;
    private readonly ClaimStage claim;
    private readonly PrepareStage prepare;
    private readonly InvokeStage invoke;
    private readonly ClassifyStage classify;
    private readonly RecordStage record;

    private long claimedAt;

    /// <summary>Makes an engine; it fires once it was started.</summary>
    public FiringEngine(
        IClaimStore store,
        IInstallStore installs,
        VersionCatalog versions,
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
        slots = new Slots(options.Slots ?? sandbox.Slots, time);
        retry = new StoreRetry(time, logger);
        leases = new LeaseKeeper(store, held, options, wake, time, loggers.CreateLogger<LeaseKeeper>());
        claim = new ClaimStage(store, options, time);
        prepare = new PrepareStage(installs, versions, time);
        invoke = new InvokeStage(sandbox, hostApis, time);
        classify = new ClassifyStage(time);
        record = new RecordStage(store, held, retry, wake, this.observers);
    }

    /// <summary>When the engine last claimed from the store without an error; null before the first time.</summary>
    public DateTimeOffset? LastClaimAt => Interlocked.Read(ref claimedAt) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Runs that this node is carrying out.</summary>
    public int Running => slots.Capacity - slots.Free;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Started(options.Node, slots.Capacity);
        using var stopLeases = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var limit = stoppingToken.Register(() => giveUp.CancelAfter(options.ShutdownTimeout + Afterwards));
        using var stopClaiming = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var keeping = leases.RunAsync(stopLeases.Token);
        var recording = record.RunAsync(giveUp.Token);
        try
        {
            // None of the three ends by itself. One that fails for a reason that nobody foresaw must not leave the others going on as if
            // nothing were wrong: the exception stops the host, and the leases do the rest.
            await await Task.WhenAny(ClaimUntilAsync(stopClaiming.Token, giveUp.Token), keeping, recording);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: from here on nothing is claimed.
        }
        finally
        {
            await stopClaiming.CancelAsync();
            await DrainAsync();
            record.Complete();
            await recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await stopLeases.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Stopped();
        }
    }

    private async Task ClaimUntilAsync(CancellationToken stoppingToken, CancellationToken giveUp)
    {
        while (true)
        {
            stoppingToken.ThrowIfCancellationRequested();
            if (slots.Free <= 0)
            {
                await slots.WaitAsync(stoppingToken);
            }

            var recordedBefore = record.Recorded;
            var (batch, leaseUntil, now) = await retry.RunAsync("claim", () => claim.RunAsync(slots.Free, stoppingToken), stoppingToken);
            Interlocked.Exchange(ref claimedAt, now.UtcTicks);
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

            if (batch.Runs.Count > 0)
            {
                await StartAsync(batch.Runs, leaseUntil, giveUp);
            }

            if (!batch.More)
            {
                await SleepAsync(now, passedOver: batch.PassedOver > 0, recordedBefore, stoppingToken);
            }
        }
    }

    private async Task StartAsync(IReadOnlyList<ClaimedRun> runs, DateTimeOffset leaseUntil, CancellationToken giveUp)
    {
        slots.Take(runs.Count);
        var mine = new HeldRun[runs.Count];
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] = held.Add(runs[i], leaseUntil);
        }

        // Claimed runs are prepared also while the node stops: they are this node's, and leaving them would cost an attempt.
        var prepared = await retry.RunAsync("prepare", () => prepare.RunAsync(runs, giveUp), giveUp);
        for (var i = 0; i < mine.Length; i++)
        {
            _ = CarryOutAsync(mine[i], prepared[i]);
        }
    }

    private async Task CarryOutAsync(HeldRun run, Preparation preparation)
    {
        try
        {
            var completion = preparation switch
            {
                Preparation.GivenUp given => given.Completion,
                Preparation.Ready ready => await InvokeAsync(run, ready.Extension),
                _ => throw new InvalidOperationException($"A preparation that nobody knows: {preparation}"),
            };
            if (run.EndedBy == RunEnd.LeaseLost)
            {
                held.Remove(run);
            }
            else
            {
                await record.AddAsync(run, completion);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async ValueTask<RunCompletion> InvokeAsync(HeldRun run, InstalledExtension extension)
    {
        var startedAt = time.GetUtcNow();
        try
        {
            var completion = classify.Run(run.Claimed, await invoke.RunAsync(run.Claimed, extension, run.Token));
            if (completion.State is RunState.Failed or RunState.Queued && completion.Reason != RunReason.NodeStopped)
            {
                Failed(run.Claimed.Lease.Id, run.Claimed.Attempt, extension.Install.ExtensionId, run.Claimed.Scope.Tenant, completion.Reason, completion.Error);
            }

            return completion;
        }
        catch (Exception e)
        {
            // Whatever a sandbox throws is this run's failure and no other's.
            HostFailed(e, run.Claimed.Lease.Id);
            return classify.HostFailed(run.Claimed, startedAt, e);
        }
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

    private async Task DrainAsync()
    {
        Stopping(Running, options.ShutdownTimeout.TotalSeconds);
        try
        {
            await slots.DrainedAsync(options.ShutdownTimeout);
        }
        catch (TimeoutException)
        {
            held.EndAll(RunEnd.NodeStopping);
            await slots.DrainedAsync(Afterwards).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogEvents.EngineStarted, LogLevel.Information, "Firing as node {Node} with {Slots} slots")]
    private partial void Started(string node, int slots);

    [LoggerMessage(LogEvents.EngineStopping, LogLevel.Information, "Claiming no more; waiting up to {Seconds} s for {Running} runs")]
    private partial void Stopping(int running, double seconds);

    [LoggerMessage(LogEvents.EngineStopped, LogLevel.Information, "Firing stopped")]
    private partial void Stopped();

    [LoggerMessage(LogEvents.OccurrencesMissed, LogLevel.Warning, "{Count} occurrences were missed; the run ledger says which and why")]
    private partial void Missed(int count);

    [LoggerMessage(LogEvents.SchedulesUnplannable, LogLevel.Error, "{Count} schedules were disabled because this host cannot work out when they are due next; the run ledger says which and why")]
    private partial void Unplannable(int count);

    [LoggerMessage(LogEvents.RunFailed, LogLevel.Warning, "Run {Run} attempt {Attempt} of {Extension} for tenant {Tenant} failed: {Reason}: {Error}")]
    private partial void Failed(RunId run, int attempt, string extension, TenantId tenant, RunReason reason, string? error);

    [LoggerMessage(LogEvents.HostFailed, LogLevel.Error, "The host failed while it carried out run {Run}")]
    private partial void HostFailed(Exception e, RunId run);
}
