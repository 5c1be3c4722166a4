using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Escapement.Firing.Holding;
using Escapement.Firing.Stages;
using Escapement.Firing.Stopping;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Sharing;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

/// <summary>
/// Fires what is due: one loop claims and sends runs on their path, one keeps their leases, one records their outcomes.
/// <c>docs/path-of-a-run.md</c> walks through it.
/// </summary>
internal sealed partial class FiringEngine : BackgroundService
{
    private readonly FiringOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    private readonly Slots slots;
    private readonly ClaimPulse pulse;
    private readonly NodeIntake intake;
    private readonly ClaimLoop claiming;
    private readonly LeaseKeeper leases;
    private readonly RecordStage record;
    private readonly Drain drain;

    /// <summary>Makes an engine; it fires once it was started.</summary>
    public FiringEngine(
        IClaimStore store,
        InstalledExtensions installed,
        HostApiFactory hostApis,
        ISandbox sandbox,
        SharedSlots shared,
        RunLogs logs,
        WakeSignal wake,
        NodeIntake intake,
        FiringOptions options,
        EscapementTelemetry telemetry,
        TimeProvider time,
        ILoggerFactory loggers,
        IEnumerable<IFiringObserver> observers)
    {
        this.options = options;
        this.intake = intake;
        this.time = time;
        logger = loggers.CreateLogger<FiringEngine>();
        IFiringObserver[] watching = [.. observers];
        slots = new Slots(shared);
        pulse = new ClaimPulse(options, time);
        var held = new HeldRuns();
        var room = new RoomWatch(wake);
        var retry = new StoreRetry(telemetry, time, logger);
        leases = new LeaseKeeper(store, held, options, wake, telemetry, watching, time, loggers.CreateLogger<LeaseKeeper>());
        drain = new Drain(slots, held, options, time, logger);

        var claim = new ClaimStage(store, retry, options, telemetry, time);
        var prepare = new PrepareStage(installed, store, retry, telemetry, time);
        var invoke = new InvokeStage(sandbox, hostApis, leases, logs, retry, telemetry, time);
        var classify = new ClassifyStage(options.CatchUpWindow, telemetry, time);
        record = new RecordStage(store, held, retry, room, wake, telemetry, watching);
        var path = new RunPath(prepare, invoke, classify, record, held, slots, room, logger);
        var sleep = new DueSleep(store, retry, room, wake, options, watching, time);
        claiming = new ClaimLoop(claim, path, sleep, slots, held, room, pulse, intake, options, watching, logger);
        telemetry.Firing.ObserveSlots(() => (Running, slots.Capacity));
    }

    /// <summary>Runs that this node is carrying out.</summary>
    public int Running => slots.Running;

    /// <summary>
    /// Whether the engine does its work. One whose slots are all taken does, and one that is drained; one that should have claimed and did not, or that
    /// has ended, does not.
    /// </summary>
    public FiringHealth CheckHealth() => pulse.Check() with { IsDrained = intake.IsClosed };

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
        // Whatever started the host is no parent of what it fires later.
        Activity.Current = null;
        Started(options.Node, slots.Capacity, slots.PerTenant);
        using var stopLeases = new CancellationTokenSource();
        using var stop = new StopSteps(options, time, stoppingToken);
        var (keeping, recording) = (leases.RunAsync(stopLeases.Token), record.RunAsync(stop.All));
        var loops = new EngineLoops(claiming.RunAsync(stop), keeping, recording);
        await loops.UntilAnyEndsAsync(stoppingToken);

        // A loop that failed stops the engine as it always stops, and its exception stops the host.
        var failure = loops.FindFailure(stopWanted: stoppingToken.IsCancellationRequested);
        pulse.End(failure is null ? "The engine is stopping" : $"The engine ended: its {failure.Loop} loop failed");
        if (failure is not null)
        {
            EngineFailed(failure.Exception, failure.Loop);
        }

        stop.Begin();

        // Without leases no run may go on, and without a recorder none needs to.
        await drain.RunAsync(loops.Claiming, stop, endAtOnce: keeping.IsFaulted || recording.IsFaulted);
        record.Complete();
        await recording.WaitAsync(stop.All).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopLeases.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Stopped();
        if ((failure ?? loops.FindFailure(stopWanted: true)) is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault.Exception);
        }
    }
}
