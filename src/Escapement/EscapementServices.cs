using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Engine;
using Escapement.Gateway;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Publishing;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Escapement;

/// <summary>Registers the rules and the engine. A store, a sandbox and logging must be registered beside them.</summary>
public static class EscapementServices
{
    /// <summary>
    /// Adds the host API, the operations of admins, the gateway, and, as hosted services, the audit log and whatever compiles. Needs the store interfaces,
    /// <see cref="Sandbox.ISandbox"/> and logging.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="limits">Limits on schedules, found good by their <c>Validate</c>.</param>
    public static IServiceCollection AddEscapementCore(this IServiceCollection services, ScheduleLimits limits)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(limits);
        services.AddSingleton<EscapementTelemetry>();
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService(s => s.GetRequiredService<AuditLog>());
        services.AddSingleton<ScheduleOperations>();
        services.AddSingleton<HostCapability, SchedulerCapability>();
        services.AddSingleton<HostApiFactory>();
        services.AddSingleton<VersionCatalog>();
        services.TryAddSingleton<ICompilations, NothingToCompile>();
        services.AddHostedService<CompilationKeeper>();
        services.AddSingleton<InstalledExtensions>();
        services.AddSingleton<InstallOperations>();
        services.AddSingleton<RunOperations>();
        services.AddSingleton<PublishTurns>();
        services.AddSingleton<ExtensionGateway>();
        return services;
    }

    /// <summary>Adds the firing engine as a hosted service; after <see cref="AddEscapementCore"/>, so that it stops before the audit log does.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">How this node fires, found good by <see cref="FiringOptions.Validate"/>.</param>
    public static IServiceCollection AddEscapementFiring(this IServiceCollection services, FiringOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<FiringEngine>();
        services.AddHostedService(s => s.GetRequiredService<FiringEngine>());
        return services;
    }
}
