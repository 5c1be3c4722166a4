using Escapement.Backfilling;
using Escapement.Bulk;
using Escapement.Events;
using Escapement.Installs;
using Escapement.Pausing;
using Escapement.PostgreSql;
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

        services.AddParts();
        services.AddHostedService<WakeSharing>();
    }

    private static void AddSqlite(this IServiceCollection services, EscapementOptions options)
    {
        if (options.TimeLapse > 1)
        {
            services.AddClock(_ => new TimeLapse(options.TimeLapse, startAt: options.StartAt));
        }

        services.AddSingleton<IStore>(s => SqliteStore.OpenAsync(
            new SqliteStoreOptions { DataFolder = options.DataFolder },
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<SqliteStore>>()).AsTask().GetAwaiter().GetResult());
    }

    private static void AddPostgreSql(this IServiceCollection services, PostgreSqlStoreOptions options)
    {
        // Its clock is made from the node's own, so it cannot be opened with the host's, which is its clock.
        services.AddSingleton<IStore>(s =>
        {
            var store = PostgreSqlStore.OpenAsync(options, TimeProvider.System, s.GetRequiredService<ILogger<PostgreSqlStore>>())
                .AsTask().GetAwaiter().GetResult();
            s.GetRequiredService<EscapementTelemetry>().Store.ObserveClock(() => store.ClockOffset);
            return store;
        });
        services.AddClock(s => s.GetRequiredService<IStore>().Clock);
    }

    /// <summary>What the rooms of the host ask for: each its own part of the store.</summary>
    private static void AddParts(this IServiceCollection services)
    {
        services.AddSingleton<IScheduleStore>(s => new ToldSchedules(s.GetRequiredService<IStore>().Schedules, s.GetRequiredService<EventFeed>()));
        services.AddSingleton(s => s.GetRequiredService<IStore>().ScheduleLists);
        services.AddSingleton(s => s.GetRequiredService<IStore>().TenantLists);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Claims);
        services.AddSingleton<IPauseStore>(s => new ToldPauses(s.GetRequiredService<IStore>().Pauses, s.GetRequiredService<EventFeed>()));
        services.AddSingleton<IRunStore>(s => new ToldAskedRuns(s.GetRequiredService<IStore>().Runs, s.GetRequiredService<EventFeed>()));
        services.AddSingleton(s => s.GetRequiredService<IStore>().Versions);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Compilations);
        services.AddSingleton<IInstallStore>(s => new ToldInstalls(s.GetRequiredService<IStore>().Installs, s.GetRequiredService<EventFeed>()));
        services.AddSingleton<IRemovedInstallStore>(
            s => new ToldRemovedInstalls(s.GetRequiredService<IStore>().RemovedInstalls, s.GetRequiredService<EventFeed>()));
        services.AddSingleton<IRemovedScheduleStore>(
            s => new ToldRemovedSchedules(s.GetRequiredService<IStore>().RemovedSchedules, s.GetRequiredService<EventFeed>()));
        services.AddSingleton(s => s.GetRequiredService<IStore>().Definitions);
        services.AddSingleton<IBackfillStore>(s => new ToldBackfills(s.GetRequiredService<IStore>().Backfills, s.GetRequiredService<EventFeed>()));
        services.AddSingleton(s => s.GetRequiredService<IStore>().Calls);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Audit);
        services.AddSingleton<IBulkStore>(s => new ToldBulk(s.GetRequiredService<IStore>().Bulk, s.GetRequiredService<EventFeed>()));
        services.AddSingleton(s => s.GetRequiredService<IStore>().Tokens);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Sessions);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Previews);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Answers);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Nodes);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Whys);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Forecasts);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Retention);
        services.AddSingleton(s => s.GetRequiredService<IStore>().Health);
    }

    /// <summary>
    /// Gives the host a clock, unless the application has one. The real one is no choice of the application's: the framework's own
    /// services register it.
    /// </summary>
    private static void AddClock(this IServiceCollection services, Func<IServiceProvider, TimeProvider> clock)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(TimeProvider)) is { } registered && registered.ImplementationInstance == TimeProvider.System)
        {
            services.Remove(registered);
        }

        services.TryAddSingleton(clock);
    }
}
