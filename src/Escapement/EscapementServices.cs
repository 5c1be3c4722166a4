using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Bulk;
using Escapement.Calls;
using Escapement.Compiling;
using Escapement.Events;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Engine;
using Escapement.Forecasting;
using Escapement.Foresight;
using Escapement.Gateway;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Listing;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Previews;
using Escapement.Publishing;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Sharing;
using Escapement.Telemetry;
using Escapement.Undoing;
using Escapement.Waking;
using Escapement.Why;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escapement;

/// <summary>Registers the rules and the engine. A store, a sandbox and logging must be registered beside them.</summary>
internal static class EscapementServices
{
    /// <summary>
    /// Adds the host API, the operations of admins, and, as hosted services, the audit log and whatever compiles. Needs the store interfaces,
    /// <see cref="ISandbox"/> and logging.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="limits">Limits on schedules, found good by their <c>Validate</c>.</param>
    /// <param name="retention">How long history is kept, found good by its <c>Validate</c>.</param>
    public static IServiceCollection AddEscapementCore(this IServiceCollection services, ScheduleLimits limits, RetentionOptions retention)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(limits);
        services.AddSingleton(retention);
        services.AddSingleton<EscapementTelemetry>();
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService(s => s.GetRequiredService<AuditLog>());
        services.AddSingleton<HostCapability, SchedulerCapability>();
        services.AddSingleton<VersionCatalog>();
        services.AddSingleton(s => new CapabilityUses(
            s.Get<IInstallStore>().NoteUsesAsync, s.Get<TimeProvider>(), s.Get<ILogger<CapabilityUses>>()));
        services.AddHostedService(s => s.GetRequiredService<CapabilityUses>());
        services.AddSingleton<PublishTurns>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<PreviewOperations>();
        services.AddSingleton<ScheduleListing>();
        services.AddSingleton<AuditListing>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<RunLogs>();
        services.AddSingleton<LatenessReader>();
        services.AddSingleton<ChangePreview>();
        services.AddSingleton<TenantListing>();
        services.TryAddSingleton(s => NodeSilence.On(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<NodeIntake>();
        services.AddSingleton<NodeOperations>();
        services.AddSingleton<ForecastKeeper>();
        services.AddSingleton<ForecastList>();
        services.AddSingleton<WhyFinder>();
        services.AddSingleton<NotRunFinder>();
        services.TryAddSingleton<ICompilations, NothingToCompile>();
        services.AddHostedService<CompilationKeeper>();
        return services.AddPublicServices();
    }

    // Made by hand: their constructors take what is internal, and the container calls public constructors only.
    private static IServiceCollection AddPublicServices(this IServiceCollection services)
    {
        services.AddSingleton(s => new ScheduleOperations(
            s.Get<IScheduleStore>(), s.Get<AuditLog>(), s.Get<WakeSignal>(), s.Get<TimeProvider>(), s.Get<ScheduleLimits>()));
        services.AddSingleton(s => new SkipOperations(
            s.Get<IScheduleStore>(), s.Get<AuditLog>(), s.Get<WakeSignal>(), s.Get<TimeProvider>(), s.Get<ScheduleLimits>()));
        services.AddSingleton(s => new PauseOperations(
            s.Get<IPauseStore>(),
            s.Get<IScheduleStore>(),
            s.Get<IRunStore>(),
            s.Get<AuditLog>(),
            s.Get<WakeSignal>(),
            s.Get<TimeProvider>(),
            s.Get<ScheduleLimits>()));
        services.AddSingleton(s => new HostApiFactory(s.GetServices<HostCapability>(), s.Get<AuditLog>(), s.Get<TimeProvider>()));
        services.AddSingleton(s => new InstalledExtensions(s.Get<IInstallStore>(), s.Get<VersionCatalog>()));
        services.AddSingleton(s => new InstallOperations(
            s.Get<IInstallStore>(),
            s.Get<IVersionStore>(),
            s.Get<ICompilations>(),
            s.Get<WakeSignal>(),
            s.Get<TimeProvider>(),
            s.Get<ScheduleLimits>()));
        services.AddSingleton<RemovedInstalls>();
        services.AddSingleton<RemovedSchedules>();
        services.AddSingleton<BackfillOperations>();
        services.AddSingleton<ScheduleUndo>();
        services.AddSingleton<InstallUndo>();
        services.AddSingleton<PauseUndo>();
        services.AddSingleton<UndoOperations>();
        services.AddSingleton<BulkSignal>();
        services.AddSingleton<BulkOperations>();
        services.AddSingleton<BulkKeeper>();
        services.AddHostedService(s => s.GetRequiredService<BulkKeeper>());
        services.AddSingleton(s => new InstallUpgrades(
            s.Get<IInstallStore>(),
            s.Get<IScheduleStore>(),
            s.Get<VersionCatalog>(),
            s.Get<IVersionStore>(),
            s.Get<ICompilations>(),
            s.Get<WakeSignal>(),
            s.Get<TimeProvider>()));
        services.AddSingleton(s => new RunOperations(s.Get<IRunStore>(), s.Get<AuditLog>(), s.Get<WakeSignal>(), s.Get<TimeProvider>()));
        services.TryAddSingleton(s => new SharedSlots(SlotPlan.Of(
            s.Get<ISandbox>().Slots, s.GetService<FiringOptions>()?.ToWish(), s.GetService<GatewayOptions>()?.ToWish())));
        return services;
    }

    /// <summary>Adds the gateway; after <see cref="AddEscapementCore"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">How many calls it lets in, found good by <see cref="GatewayOptions.Validate"/>.</param>
    public static IServiceCollection AddEscapementGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<CallGate>();
        services.AddSingleton<CallKeeper>();
        services.AddSingleton(s => new ExtensionGateway(
            s.Get<InstalledExtensions>(), s.Get<HostApiFactory>(), s.Get<ISandbox>(), s.Get<CallGate>(), s.Get<CallKeeper>(), s.Get<TimeProvider>()));
        return services;
    }

    private static T Get<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>
    /// Adds this node's signs of life, as a hosted service that starts before the engine does and ends after it; so before
    /// <see cref="AddEscapementFiring"/>.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">What the node is called.</param>
    /// <param name="fires">Whether it fires.</param>
    public static IServiceCollection AddEscapementNode(this IServiceCollection services, string name, bool fires)
    {
        services.AddSingleton(s => new NodeKeeper(
            name,
            fires ? s.Get<SharedSlots>().Plan.Runs.Most : 0,
            s.Get<INodeStore>(),
            s.Get<NodeSilence>(),
            s.Get<EscapementTelemetry>().Firing.Pace,
            s.Get<NodeIntake>(),
            s.GetService<IHostApplicationLifetime>(),
            s.Get<TimeProvider>(),
            s.Get<ILogger<NodeKeeper>>()));
        services.AddHostedService(s => s.GetRequiredService<NodeKeeper>());
        return services;
    }

    /// <summary>Adds the firing engine as a hosted service; after <see cref="AddEscapementCore"/>, so that it stops before the audit log does.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">How this node fires, found good by <see cref="FiringOptions.Validate"/>.</param>
    public static IServiceCollection AddEscapementFiring(this IServiceCollection services, FiringOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IFiringObserver, ToldRuns>();
        services.AddSingleton<FiringEngine>();
        services.AddHostedService(s => s.GetRequiredService<FiringEngine>());
        return services;
    }
}
