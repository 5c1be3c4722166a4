using System.Diagnostics;
using System.Globalization;
using Escapement.Audit;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench.Scenarios;

/// <summary>Creating through the C# host API, each create durable when answered.</summary>
internal static class Create
{
    private const int Count = 20_000;
    private const int Callers = 16;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        var rate = await PerSecondAsync(place, Count, Callers);
        return [new Figure("create: creates a second, 16 callers, each durable", rate, place.TakesManyNodes ? 2_000 : 3_000, AtMost: false)];
    }

    public static async Task<double> PerSecondAsync(Place place, int count, int callers)
    {
        await using var store = await place.OpenAsync();
        var warm = count / 4;
        var installs = await store.InstallForAsync(count + warm);
        using var audit = new AuditLog(store.Audit, store.Clock, NullLogger<AuditLog>.Instance);
        await audit.StartAsync(CancellationToken.None);
        var wake = new WakeSignal(store.Clock);
        store.ConnectWakeSignal(wake);
        var operations = new ScheduleOperations(store.Schedules, audit, wake, store.Clock, new ScheduleLimits());
        var apis = new HostApiFactory([new SchedulerCapability(store.Schedules, operations)], audit, store.Clock);
        var next = -1;
        async Task CreateManyAsync(int until)
        {
            while (Interlocked.Increment(ref next) is var i && i < until)
            {
                // Callers are different tenants, as they are on a platform; changes of one install come one after another.
                var created = await apis.For(installs[i % installs.Count]).Get<ISchedulerHost>().CreateAsync(new ScheduleInput(
                    "POST /api/sync",
                    string.Create(CultureInfo.InvariantCulture, $"{i % 60} {i % 24} * * 1-5"),
                    "America/New_York",
                    Name: string.Create(CultureInfo.InvariantCulture, $"schedule {i}"),
                    Payload: """{"full":false}"""));
                if (!created.IsDone)
                {
                    throw new InvalidOperationException(created.Error);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CreateManyAsync(warm))));
        next = warm - 1;
        await place.SettleAsync();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CreateManyAsync(warm + count))));
        var rate = count / clock.Elapsed.TotalSeconds;
        await audit.StopAsync(CancellationToken.None);
        return rate;
    }
}
