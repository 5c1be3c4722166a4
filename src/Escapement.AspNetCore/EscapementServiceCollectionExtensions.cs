using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Health;
using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Sqlite;
using Escapement.Wasm;
using Microsoft.AspNetCore.Hosting;
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
    /// <see cref="ISandbox"/> or a <see cref="TimeProvider"/> that is registered before is used in place of the built-in one.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <exception cref="OptionsValidationException">Options are out of range; the exception names every problem.</exception>
    public static IServiceCollection AddEscapement(this IServiceCollection services, Action<EscapementOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new EscapementOptions();
        configure?.Invoke(options);
        if (EscapementOptionsValidator.Validate(options) is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(nameof(EscapementOptions), typeof(EscapementOptions), problems.Select(p => p.Message));
        }

        services.AddSingleton(options);
        services.AddSingleton(Options.Create(options));
        services.AddEscapementClock(options);
        services.AddEscapementStore(options);
        services.AddEscapementSandbox(options);
        services.AddEscapementCore(options.Limits);
        if (options.Fires)
        {
            services.AddEscapementFiring(options.Firing.OnRealTime(options.TimeLapse));
        }

        if (options.ServesApi)
        {
            services.AddEscapementAccess(options);
            services.AddEscapementOpenApi();
        }

        services.AddSingleton<Readiness>();
        services.AddTransient<IStartupFilter, ProblemMiddleware.Filter>();
        return services;
    }

    /// <summary>The options as they must be given to an engine on a faster clock, so that what concerns nodes and not schedules keeps its real length.</summary>
    internal static FiringOptions OnRealTime(this FiringOptions firing, double timeLapse) => firing with
    {
        LeaseDuration = firing.LeaseDuration * timeLapse,
        PollInterval = firing.PollInterval * timeLapse,
        ShutdownTimeout = firing.ShutdownTimeout * timeLapse,
    };

    private static void AddEscapementClock(this IServiceCollection services, EscapementOptions options)
    {
        if (options.TimeLapse > 1)
        {
            services.TryAddSingleton<TimeProvider>(new Time.TimeLapse(options.TimeLapse, startAt: options.StartAt));
        }
    }

    private static void AddEscapementStore(this IServiceCollection services, EscapementOptions options)
    {
        // Opened when first asked for, which is when the host starts; the container closes it after everything that uses it.
        services.AddSingleton(s => SqliteStore.OpenAsync(
            new SqliteStoreOptions { DataFolder = options.DataFolder },
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<SqliteStore>>()).AsTask().GetAwaiter().GetResult());
        services.AddSingleton<IScheduleStore>(s => s.GetRequiredService<SqliteStore>().Schedules);
        services.AddSingleton<IClaimStore>(s => s.GetRequiredService<SqliteStore>().Claims);
        services.AddSingleton<IRunStore>(s => s.GetRequiredService<SqliteStore>().Runs);
        services.AddSingleton<IVersionStore>(s => s.GetRequiredService<SqliteStore>().Versions);
        services.AddSingleton<IInstallStore>(s => s.GetRequiredService<SqliteStore>().Installs);
        services.AddSingleton<IAuditStore>(s => s.GetRequiredService<SqliteStore>().Audit);
        services.AddSingleton<ITokenStore>(s => s.GetRequiredService<SqliteStore>().Tokens);
        services.AddSingleton<IStoreHealth>(s => s.GetRequiredService<SqliteStore>().Health);
    }

    private static void AddEscapementSandbox(this IServiceCollection services, EscapementOptions options)
    {
        options.Sandbox.CacheDirectory ??= Path.Combine(options.DataFolder, "components");
        services.TryAddSingleton<IComponentSource, StoredComponents>();
        services.TryAddSingleton<ISandbox>(s => new WasmSandbox(
            options.Sandbox,
            s.GetRequiredService<IComponentSource>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<WasmSandbox>>()));
    }
}
