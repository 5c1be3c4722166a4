using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Engine;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sharing;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench;

/// <summary>
/// One node in a process of its own: the engine over a real store, with a sandbox that does nothing. It says <c>ready</c>, then how
/// many outcomes are recorded and when the latest was, and ends when its input does.
/// </summary>
internal static class NodeProgram
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        await using var store = await Place.Of(options).OpenAsync();
        var recorded = new Recorder(store.Clock);
        using var audit = new AuditLog(store.Audit, store.Clock, NullLogger<AuditLog>.Instance);
        await audit.StartAsync(CancellationToken.None);
        var wake = new WakeSignal(store.Clock);
        store.ConnectWakeSignal(wake);
        var operations = new ScheduleOperations(store.Schedules, audit, wake, store.Clock, new ScheduleLimits());
        var apis = new HostApiFactory([new SchedulerCapability(store.Schedules, operations)], audit, store.Clock);
        var firing = new FiringOptions { Node = options.Node, Slots = options.Slots };
        firing = options.DefaultLimits ? firing : firing with { MaxRunningPerInstall = options.Slots, MaxRunningPerTenant = options.Slots };
        using var exporters = Exporters.Start(options.Exporting);
        using var telemetry = new EscapementTelemetry();
        var installed = new InstalledExtensions(store.Installs, new VersionCatalog(store.Versions));
        var sandbox = new NoopSandbox(options.Slots, options.Hold, store.Clock);
        using var engine = new FiringEngine(
            store.Claims,
            installed,
            apis,
            sandbox,
            new SharedSlots(SlotPlan.ForRunsAlone(options.Slots)),
            new RunLogs(),
            wake,
            new NodeIntake(),
            firing,
            telemetry,
            store.Clock,
            NullLoggerFactory.Instance,
            [recorded]);
        await engine.StartAsync(CancellationToken.None);
        Console.WriteLine("ready");
        await recorded.TellAsync(engine);
        await engine.StopAsync(CancellationToken.None);
        await audit.StopAsync(CancellationToken.None);
        return 0;
    }
}
