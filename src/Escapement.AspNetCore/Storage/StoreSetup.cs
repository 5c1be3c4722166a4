using Escapement.Access;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.PostgreSql;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Storage;

/// <summary>The one place that knows which stores there are. Everything else knows the interfaces.</summary>
internal static class StoreSetup
{
    /// <summary>
    /// Adds the chosen store and the clock that goes with it. It is opened when first asked for, which is when the host starts; the
    /// container closes it after everything that uses it.
    /// </summary>
    public static void AddEscapementStore(this IServiceCollection services, EscapementOptions options)
    {
        if (options.Store == StoreKind.PostgreSql)
        {
            services.AddPostgreSql(options.PostgreSql);
        }
        else
        {
            services.AddSqlite(options);
        }
    }

    private static void AddSqlite(this IServiceCollection services, EscapementOptions options)
    {
        if (options.TimeLapse > 1)
        {
            services.AddClock(_ => new Time.TimeLapse(options.TimeLapse, startAt: options.StartAt));
        }

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
        services.AddSingleton<IRetentionStore>(s => s.GetRequiredService<SqliteStore>().Retention);
        services.AddSingleton<IStoreHealth>(s => s.GetRequiredService<SqliteStore>().Health);
    }

    private static void AddPostgreSql(this IServiceCollection services, PostgreSqlStoreOptions options)
    {
        // Its clock is made from the node's own, so it cannot be opened with the host's, which is its clock.
        services.AddSingleton(s =>
        {
            var store = PostgreSqlStore.OpenAsync(options, TimeProvider.System, s.GetRequiredService<ILogger<PostgreSqlStore>>())
                .AsTask().GetAwaiter().GetResult();
            s.GetRequiredService<EscapementTelemetry>().Store.ObserveClock(() => store.ClockOffset);
            return store;
        });
        services.AddClock(s => s.GetRequiredService<PostgreSqlStore>().Clock);
        services.AddHostedService<WakeSharing>();
        services.AddSingleton<IScheduleStore>(s => s.GetRequiredService<PostgreSqlStore>().Schedules);
        services.AddSingleton<IClaimStore>(s => s.GetRequiredService<PostgreSqlStore>().Claims);
        services.AddSingleton<IRunStore>(s => s.GetRequiredService<PostgreSqlStore>().Runs);
        services.AddSingleton<IVersionStore>(s => s.GetRequiredService<PostgreSqlStore>().Versions);
        services.AddSingleton<IInstallStore>(s => s.GetRequiredService<PostgreSqlStore>().Installs);
        services.AddSingleton<IAuditStore>(s => s.GetRequiredService<PostgreSqlStore>().Audit);
        services.AddSingleton<ITokenStore>(s => s.GetRequiredService<PostgreSqlStore>().Tokens);
        services.AddSingleton<IRetentionStore>(s => s.GetRequiredService<PostgreSqlStore>().Retention);
        services.AddSingleton<IStoreHealth>(s => s.GetRequiredService<PostgreSqlStore>().Health);
    }

    /// <summary>Gives the host a clock, unless the application has one. The real one is no choice of the application's: the framework's own services register it.</summary>
    private static void AddClock(this IServiceCollection services, Func<IServiceProvider, TimeProvider> clock)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(TimeProvider)) is { } registered && registered.ImplementationInstance == TimeProvider.System)
        {
            services.Remove(registered);
        }

        services.TryAddSingleton(clock);
    }
}
