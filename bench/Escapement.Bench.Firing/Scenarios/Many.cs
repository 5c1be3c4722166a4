using System.Diagnostics;
using Escapement.Audit;
using Escapement.Bulk;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Listing;
using Escapement.Scheduling;
using Escapement.Storage;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench.Scenarios;

/// <summary>Changes of many: 2,000 schedules of one install paused, resumed and deleted, each change from its preview to its end.</summary>
internal static class Many
{
    private const int Count = 2_000;

    private static readonly Actor Admin = new(ActorKind.Admin, "bench");

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        await using var store = await place.OpenAsync();
        var install = (await store.InstallForAsync(1))[0];
        var tenant = install.Install.Scope.Tenant;
        var limits = new ScheduleLimits { MaxPerInstall = Count, ChangeBurst = Count };
        await CreateAsync(store, install, limits);
        await place.SettleAsync();

        using var signal = new BulkSignal();
        var listing = new ScheduleListing(store.ScheduleLists, store.Schedules, store.Pauses, Place.Time);
        var operations = new BulkOperations(store.Bulk, listing, signal, limits, Place.Time);
        using var keeper = new BulkKeeper(store.Bulk, signal, new WakeSignal(Place.Time), limits, Place.Time, NullLogger<BulkKeeper>.Instance);
        var figures = new List<Figure>();
        foreach (var kind in (BulkKind[])[BulkKind.Pause, BulkKind.Resume, BulkKind.Delete])
        {
            var clock = Stopwatch.StartNew();
            var action = new BulkAction { Kind = kind, Note = "database move" };
            var preview = await operations.PreviewAsync(tenant, new ScheduleFilter(), action, Admin, byOperator: false);
            await operations.BeginAsync(tenant, preview.Value.Action, preview.Value.Items, Admin, byOperator: false);
            var longest = TimeSpan.Zero;
            for (var moved = true; moved;)
            {
                var began = clock.Elapsed;
                moved = await keeper.StepAsync();
                longest = clock.Elapsed - began > longest ? clock.Elapsed - began : longest;
            }

            var change = (await store.Bulk.ListAsync(tenant, before: null, limit: 1))[0];
            if (change.Done != Count)
            {
                throw new InvalidOperationException($"{kind} of {change.Done} of {Count}.");
            }

            figures.Add(new Figure($"{kind} of 2,000 schedules of one install, s", clock.Elapsed.TotalSeconds));
            figures.Add(new Figure($"{kind}: the longest of its 40 parts, ms", longest.TotalMilliseconds));
        }

        return figures;
    }

    private static async Task CreateAsync(IStore store, InstalledExtension install, ScheduleLimits limits)
    {
        using var audit = new AuditLog(store.Audit, store.Clock, NullLogger<AuditLog>.Instance);
        await audit.StartAsync(CancellationToken.None);
        var operations = new ScheduleOperations(store.Schedules, audit, new WakeSignal(store.Clock), store.Clock, limits);
        var scheduler = new HostApiFactory([new SchedulerCapability(store.Schedules, operations)], audit, store.Clock).For(install).Get<ISchedulerHost>();
        for (var i = 0; i < Count; i++)
        {
            var created = await scheduler.CreateAsync(new ScheduleInput("POST /api/sync", "0 0 1 1 *", "America/New_York", Name: $"schedule {i}"));
            if (!created.IsDone)
            {
                throw new InvalidOperationException(created.Error);
            }
        }

        await audit.StopAsync(CancellationToken.None);
    }
}
