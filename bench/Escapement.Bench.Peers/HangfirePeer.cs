using System.Globalization;
using Escapement.Runs;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Npgsql;

namespace Escapement.Bench.Peers;

/// <summary>Hangfire's recurring jobs on PostgreSQL, polling as often as is reasonable: schedules every second, its queue five times a second.</summary>
public sealed class HangfirePeer : IPeer
{
    private const int Workers = 20;

    private BackgroundJobServer? server;
    private RecurringJobManager? manager;

    public string Name => "Hangfire, 20 workers, schedule polled every 1 s, queue every 200 ms, prepared statements";

    public Task StartAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 60, MaxAutoPrepare = 200 };
        GlobalConfiguration.Configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                o => o.UseNpgsqlConnection(settings.ConnectionString),
                new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(200) });
        manager = new RecurringJobManager(JobStorage.Current);
        server = new BackgroundJobServer(
            new BackgroundJobServerOptions { WorkerCount = Workers, SchedulePollingInterval = TimeSpan.FromSeconds(1) }, JobStorage.Current);
        return Task.CompletedTask;
    }

    public Task CreateAsync(int number, TimeOnly at)
    {
        manager!.AddOrUpdate(
            number.ToString(CultureInfo.InvariantCulture),
            Job.FromExpression(() => Body.Run(number)),
            string.Create(CultureInfo.InvariantCulture, $"{at.Second} {at.Minute} {at.Hour} * * *"),
            new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Public, because Hangfire finds it by its name.</summary>
    public static class Body
    {
        public static void Run(int number) => Fires.Record(number);
    }
}
