using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Engine;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Sharing;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.PostgreSql.Tests.Nodes;

/// <summary>A node as the server composes it, store, engine and operations, with a sandbox that answers at once.</summary>
internal sealed class FiringNode : IAsyncDisposable, IFiringObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EscapementTelemetry telemetry = new();
    private readonly FiringEngine engine;
    private readonly AuditLog audit;
    private readonly TaskCompletionSource sleeping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<AttemptOutcome> recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FiringNode(IStore store, TimeSpan poll)
    {
        Store = store;
        var wake = new WakeSignal(store.Clock);
        Wake = wake;
        audit = new AuditLog(store.Audit, store.Clock, NullLogger<AuditLog>.Instance);
        Schedules = new ScheduleOperations(store.Schedules, audit, wake, store.Clock, new ScheduleLimits { ChangeBurst = 60, ChangesPerMinute = 0.001 });
        HostApis = new HostApiFactory([new SchedulerCapability(store.Schedules, Schedules)], audit, store.Clock);
        Runs = new RunOperations(store.Runs, audit, wake, store.Clock);
        var options = new FiringOptions { Node = "node", PollInterval = poll, ShutdownTimeout = TimeSpan.FromSeconds(1) };
        var installed = new InstalledExtensions(store.Installs, new VersionCatalog(store.Versions));
        var sandbox = new PromptSandbox(store.Clock);
        var slots = new SharedSlots(SlotPlan.ForRunsAlone(sandbox.Slots));
        engine = new FiringEngine(
            store.Claims,
            installed,
            HostApis,
            sandbox,
            slots,
            new RunLogs(),
            wake,
            Intake,
            options,
            telemetry,
            store.Clock,
            NullLoggerFactory.Instance,
            [this]);
    }

    public IStore Store { get; }

    public WakeSignal Wake { get; }

    public NodeIntake Intake { get; } = new();

    public ScheduleOperations Schedules { get; }

    public RunOperations Runs { get; }

    public HostApiFactory HostApis { get; }

    /// <summary>The first outcome that this node recorded.</summary>
    public Task<AttemptOutcome> RecordedAsync => recorded.Task.WaitAsync(Patience);

    /// <summary>Opens a node; it tells other nodes of changes and hears theirs if it is connected.</summary>
    public static async Task<FiringNode> OpenAsync(PostgreSqlStoreOptions options, TimeSpan poll, bool isConnected)
    {
        var node = new FiringNode(await PostgreSqlStore.OpenAsync(options, TimeProvider.System), poll);
        await node.audit.StartAsync(CancellationToken.None);
        if (isConnected)
        {
            node.Store.ConnectWakeSignal(node.Wake);
        }

        return node;
    }

    /// <summary>Begins to fire; answers once there is nothing more to claim.</summary>
    public async Task FireAsync()
    {
        await engine.StartAsync(CancellationToken.None);
        await sleeping.Task.WaitAsync(Patience);
    }

    public void Claimed(ClaimedBatch batch)
    {
        // Recorded says more.
    }

    public void Sleeping(DateTimeOffset until) => sleeping.TrySetResult();

    public void Recorded(AttemptOutcome outcome) => recorded.TrySetResult(outcome);

    public async ValueTask DisposeAsync()
    {
        await engine.StopAsync(CancellationToken.None);
        engine.Dispose();
        await audit.StopAsync(CancellationToken.None);
        audit.Dispose();
        await Store.DisposeAsync();
    }

    private sealed class PromptSandbox(TimeProvider time) : ISandbox
    {
        public int Slots => 4;

        public ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Invoked(
                new InvocationResult.Responded(new HandlerResponse(200, [], null)), time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None));
    }
}
