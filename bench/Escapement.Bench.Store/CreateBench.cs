using System.Diagnostics;
using System.Globalization;
using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Sqlite;

namespace Escapement.Bench.Store;

/// <summary>Creates with their audit entries, each acknowledged after its flush to disk.</summary>
internal static class CreateBench
{
    public static async Task RunAsync(int callers, int each, int rounds)
    {
        var rates = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var folder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
            try
            {
                await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
                Bulk.Load(folder, 0, installs: 1_000, tenants: 100, _ => Bulk.Due);
                await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System);
                var scopes = new List<InstallScope>();
                for (var t = 0; t < 100; t++)
                {
                    scopes.AddRange((await store.Installs.ListAsync(TenantId.Parse($"tenant-{t}"))).Select(i => i.Scope));
                }

                var started = Stopwatch.GetTimestamp();
                await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
                {
                    for (var i = 0; i < each; i++)
                    {
                        await Create(store, scopes[((c * each) + i) % scopes.Count]);
                    }
                })));
                rates.Add(callers * each / Stopwatch.GetElapsedTime(started).TotalSeconds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {rates[^1]:N0} creates/s from {callers} callers"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median: {rates[rounds / 2]:N0} creates/s"));
    }

    private static async Task Create(SqliteStore store, InstallScope scope)
    {
        var id = new ScheduleId(Ids.Next(TimeProvider.System));
        var schedule = new Schedule
        {
            Id = id,
            Scope = scope,
            Name = id.ToString(),
            Endpoint = new EndpointKey("POST", "/api/heartbeat"),
            Cron = "*/5 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            NextDueAt = Bulk.Due,
            Payload = "{\"full\":false}",
            CreatedAt = Bulk.Due,
            UpdatedAt = Bulk.Due,
        };
        var entry = new AuditEntry { Id = Ids.Next(TimeProvider.System), At = Bulk.Due, Tenant = scope.Tenant, Install = scope.Install, Actor = Actor.Host, Action = "schedule.create", Target = id.ToString(), Outcome = AuditOutcome.Done };
        var outcome = await store.Schedules.CreateAsync(schedule, new ScheduleChangeLimits(Bulk.Due, 50, new TokenBucket()), entry);
        if (outcome is not ScheduleChangeOutcome.Changed)
        {
            throw new InvalidOperationException($"Not created: {outcome}");
        }
    }
}
