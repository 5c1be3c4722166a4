using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace Escapement.Bench.Peers;

/// <summary>Quartz.NET with its clustered store on PostgreSQL, in a generic host, with batches as large as its pool of threads.</summary>
/// <param name="threads">Threads, and triggers that it acquires at once.</param>
/// <param name="withinLock">Whether it acquires them under its lock, as its documentation advises for batches.</param>
/// <param name="prepared">Statements that the driver prepares by itself.</param>
internal sealed class QuartzPeer(int threads, bool withinLock, int prepared) : IPeer
{
    private IHost? host;
    private IScheduler? scheduler;

    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"Quartz.NET clustered, {threads} threads, batch {threads}, "
            + $"acquired {(withinLock ? "within its lock" : "without its lock")}{(prepared > 0 ? ", prepared statements" : "")}");

    public async Task StartAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = threads + 40, MaxAutoPrepare = prepared };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(threads);
            quartz.ConfigureScheduler(o => (o.InstanceName, o.IdleWaitTime, o.MaxBatchSize) = ("bench", TimeSpan.FromSeconds(1), threads));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, settings.ConnectionString);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(o =>
                    (o.StoreJobDataAsStrings, o.SchemaProvisioning, o.AcquireTriggersWithinLock) = (true, SchemaProvisioning.CreateIfMissing, withinLock));
            });
        });
        builder.Services.AddQuartzHostedService(o => o.WaitForJobsToComplete = false);
        host = builder.Build();
        await host.StartAsync();
        scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
    }

    public async Task CreateAsync(int number, TimeOnly at)
    {
        // The number is the job's name, so that no job data has to be stored and read.
        var name = number.ToString(CultureInfo.InvariantCulture);
        var job = JobBuilder.Create<Body>().WithIdentity(name).StoreDurably().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(name).ForJob(job)
            .WithCronSchedule(string.Create(CultureInfo.InvariantCulture, $"{at.Second} {at.Minute} {at.Hour} * * ?"), c => c.InTimeZone(TimeZoneInfo.Utc))
            .Build();
        await scheduler!.ScheduleJob(job, trigger);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    internal sealed class Body : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            Fires.Record(int.Parse(context.JobDetail.Key.Name, CultureInfo.InvariantCulture));
            return default;
        }
    }
}
