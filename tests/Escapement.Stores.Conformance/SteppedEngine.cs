using System.Collections.Concurrent;
using System.Globalization;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Engine;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Sharing;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>The engine over the store, on a clock of its own, with a sandbox that answers at once and notes what it was asked.</summary>
internal sealed class SteppedEngine : IFiringObserver, ISandbox, IDisposable
{
    private readonly SteppedTime time;
    private readonly EscapementTelemetry telemetry = new();
    private readonly WakeSignal wake;
    private readonly AuditLog audit;
    private readonly FiringEngine engine;
    private readonly SemaphoreSlim recorded = new(0);
    private readonly SemaphoreSlim slept = new(0);
    private DateTimeOffset sleepingUntil;
    private int seen;
    private bool started;

    public SteppedEngine(IStore store, DateTimeOffset start)
    {
        time = new SteppedTime(start);
        wake = new WakeSignal(time);
        audit = new AuditLog(store.Audit, time, NullLogger<AuditLog>.Instance);
        var installed = new InstalledExtensions(store.Installs, new VersionCatalog(store.Versions));
        var options = new FiringOptions { Node = "node", MaxRunningPerInstall = 50, PollInterval = TimeSpan.FromMinutes(1) };
        engine = new FiringEngine(
            store.Claims,
            installed,
            new HostApiFactory([], audit, time),
            this,
            new SharedSlots(SlotPlan.ForRunsAlone(Slots)),
            new RunLogs(),
            wake,
            new NodeIntake(),
            options,
            telemetry,
            time,
            NullLoggerFactory.Instance,
            [this]);
    }

    public TimeProvider Time => time;

    public ConcurrentDictionary<string, int> Ran { get; } = new();

    public ConcurrentDictionary<(string Schedule, DateTimeOffset DueAt), VersionId?> VersionOf { get; } = new();

    public int Slots => 16;

    /// <summary>Moves the clock, and waits until so many runs are recorded in all.</summary>
    public async Task FireAsync(DateTimeOffset now, int runs)
    {
        await StepAsync(now);
        for (; seen < runs; seen++)
        {
            Assert.True(await recorded.WaitAsync(TimeSpan.FromSeconds(60)), $"Of {runs} runs {seen} were recorded");
        }
    }

    /// <summary>Moves the clock, and waits until the engine has claimed what is due.</summary>
    public async Task StepAsync(DateTimeOffset now)
    {
        time.Set(now);
        if (!started)
        {
            started = true;
            await engine.StartAsync(CancellationToken.None);
        }

        do
        {
            wake.Announce(DateTimeOffset.MinValue);
            Assert.True(await slept.WaitAsync(TimeSpan.FromSeconds(60)), $"The engine does not get past {now:O}");
        }
        while (sleepingUntil <= now);
    }

    public Task StopAsync() => engine.StopAsync(CancellationToken.None);

    public ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        string Header(string name) => invocation.Request.Headers.Single(h => h.Key == name).Value;
        Ran.AddOrUpdate(Header("x-idempotency-key"), 1, (_, times) => times + 1);
        var due = DateTimeOffset.Parse(Header("x-scheduler-due-at"), CultureInfo.InvariantCulture);
        VersionOf[(Header("x-scheduler-schedule-id"), due)] = invocation.Extension.Version.Id;
        return ValueTask.FromResult(new Invoked(
            new InvocationResult.Responded(new HandlerResponse(200, [], null)), time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None));
    }

    public void Claimed(ClaimedBatch batch)
    {
        // Recorded says more.
    }

    public void Sleeping(DateTimeOffset until)
    {
        sleepingUntil = until;
        slept.Release();
    }

    public void Recorded(AttemptOutcome outcome) => recorded.Release();

    public void Dispose()
    {
        engine.Dispose();
        audit.Dispose();
        telemetry.Dispose();
        recorded.Dispose();
        slept.Dispose();
    }
}

/// <summary>A clock that stands until it is set; timers go by the real one.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref ticks, now.UtcTicks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
}
