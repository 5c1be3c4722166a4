using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api;
using Escapement.AspNetCore.Api.Audit;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Health;
using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Escapement.AspNetCore.Routing;
using Escapement.AspNetCore.Storage;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.Publishing;
using Escapement.Retention;
using Escapement.Sandbox;
using Escapement.SourceMaps;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Wasm;
using Escapement.Wasm.Compiling;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escapement.AspNetCore;

/// <summary>Puts the scheduler host into an ASP.NET Core application.</summary>
public static class EscapementServiceCollectionExtensions
{
    /// <summary>
    /// Adds the scheduler host: rules, store, sandbox, firing engine and HTTP API. Map it by <c>app.MapEscapement()</c>. An
    /// <see cref="ISandbox"/> or a <see cref="TimeProvider"/> that is registered before is used in place of the built-in one. Beside a sandbox
    /// of its own the application registers <see cref="ICompilations"/> if components must be compiled for it.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <exception cref="OptionsValidationException">Options are out of range; the exception names every problem.</exception>
    public static IServiceCollection AddEscapement(this IServiceCollection services, Action<EscapementOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new EscapementOptions();
        configure?.Invoke(options);
        return services.AddEscapement(options);
    }

    /// <summary>Adds the scheduler host with these options, which it keeps.</summary>
    internal static IServiceCollection AddEscapement(this IServiceCollection services, EscapementOptions options)
    {
        if (EscapementOptionsValidator.Validate(options) is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(nameof(EscapementOptions), typeof(EscapementOptions), problems.Select(p => p.Message));
        }

        services.AddSingleton(options);
        services.AddSingleton(Options.Create(options));
        services.AddEscapementStore(options);
        services.AddEscapementSandbox(options);
        services.AddEscapementCore(options.Limits with
        {
            MaxTimeLimit = options.Sandbox.TimeLimit,
            RestorableFor = options.Retention.Removed,
            CatchUpWindow = options.Firing.CatchUpWindow,
        }, options.Retention);
        services.AddSingleton(s => new Publisher(
            s.GetRequiredService<IVersionStore>(),
            s.GetRequiredService<ICompilations>(),
            s.GetRequiredService<AuditLog>(),
            s.GetRequiredService<TimeProvider>(),
            Path.Combine(options.DataFolder, "incoming"),
            options.MaxBytesPerPublisher));
        services.AddEscapementNode(options.Firing.Node, options.Fires);
        if (options.Fires)
        {
            services.AddEscapementFiring(options.Firing.OnRealTime(options.TimeLapse));
            services.AddHostedService<RetentionKeeper>();
        }

        if (options.ServesApi)
        {
            services.AddEscapementGateway(options.Gateway);
            services.AddEscapementAccess(options);
            services.AddEscapementOpenApi();
            services.AddSingleton<RequestsUnderWay>();
            services.AddSingleton<AuditNames>();
            services.AddSingleton(new HostPaths(options));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LeavesHostPaths.Policy>());
        }

        services.AddSingleton<RefusalLog>();
        services.AddSingleton<Readiness>();
        services.AddTransient<IStartupFilter, ProblemMiddleware.Filter>();
        return services;
    }

    // As an engine on a faster clock must be given them, so that what concerns nodes and not schedules keeps its real length.
    private static FiringOptions OnRealTime(this FiringOptions firing, double timeLapse) => firing with
    {
        LeaseDuration = firing.LeaseDuration * timeLapse,
        PollInterval = firing.PollInterval * timeLapse,
        ShutdownTimeout = firing.ShutdownTimeout * timeLapse,
    };

    private static void AddEscapementSandbox(this IServiceCollection services, EscapementOptions options)
    {
        options.Sandbox.CacheDirectory ??= Path.Combine(options.DataFolder, "components");
        services.TryAddSingleton<IComponentSource, StoredComponents>();
        services.AddHostedService<WorkerWarmUp>();
        if (services.Any(s => s.ServiceType == typeof(ISandbox)))
        {
            return;
        }

        services.TryAddSingleton<ICompilations>(s => s.GetRequiredService<ISandbox>().Compiling().Compilations);
        services.AddSingleton<ISandbox>(s => new NotingSandbox(
            new SourceMappedSandbox(
                options.Sandbox.Isolation == SandboxIsolation.InProcess ? (ISandbox)InProcess(s, options) : InWorkers(s, options),
                s.GetRequiredService<IVersionStore>(),
                s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<CapabilityUses>()));
    }

    private static WasmSandbox InProcess(IServiceProvider services, EscapementOptions options) => new(
        options.Sandbox,
        services.GetRequiredService<IComponentSource>(),
        Stores(services, options),
        services.GetRequiredService<EscapementTelemetry>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<WasmSandbox>>());

    private static WorkerSandbox InWorkers(IServiceProvider services, EscapementOptions options) => new(
        options.Sandbox,
        services.GetRequiredService<IComponentSource>(),
        Stores(services, options),
        services.GetRequiredService<EscapementTelemetry>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<WorkerSandbox>>());

    private static CompilationStores Stores(IServiceProvider services, EscapementOptions options) => new(
        services.GetRequiredService<ICompilationStore>(), services.GetRequiredService<IStore>().CompiledCode, services.GetRequiredService<IInstallStore>())
    {
        LeaseDuration = TimeSpan.FromSeconds(30) * options.TimeLapse,
        PollInterval = TimeSpan.FromSeconds(30) * options.TimeLapse,
    };
}
