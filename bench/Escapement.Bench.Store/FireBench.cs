using System.Diagnostics;
using System.Globalization;
using Escapement.Firing;
using Escapement.Sqlite;

namespace Escapement.Bench.Store;

/// <summary>Claim 500, complete 500, until nothing is due: through the store, and as a bare loop of the same statements.</summary>
internal static class FireBench
{
    private const int Batch = 500;

    public static async Task RunAsync(int schedules, int rounds)
    {
        var bare = new List<double>();
        var store = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            bare.Add(await Timed(schedules, folder => Task.FromResult(BareLoop.Drain(folder, Batch))));
            store.Add(await Timed(schedules, Drain));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {i + 1}: bare {bare[^1]:N0}/s, store {store[^1]:N0}/s"));
        }

        bare.Sort();
        store.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"medians: bare {bare[rounds / 2]:N0}/s, store {store[rounds / 2]:N0}/s, ratio {store[rounds / 2] / bare[rounds / 2]:P0}"));
    }

    private static async Task<double> Timed(int schedules, Func<string, Task<int>> drain)
    {
        var folder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
        try
        {
            await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
            Bulk.Load(folder, schedules, installs: 4_000, tenants: 100, i => Bulk.Due.AddSeconds(-(i % 60)));
            var started = Stopwatch.GetTimestamp();
            var fired = await drain(folder);
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (fired != schedules)
            {
                throw new InvalidOperationException($"{fired} fired of {schedules}.");
            }

            return schedules / elapsed.TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> Drain(string folder)
    {
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System);
        var request = new ClaimRequest
        {
            Now = Bulk.Due,
            MaxRuns = Batch,
            MaxChanged = 10_000,
            Node = "node",
            LeaseToken = Ids.Next(TimeProvider.System),
            LeaseUntil = Bulk.Due.AddSeconds(30),
            MaxRunningPerInstall = 1_000,
            MaxRunningPerTenant = 1_000,
            Plan = static due => new OccurrencePlan(due.DueAt.AddMinutes(5), due.DueAt, due.DueAt, null, null),
        };
        var done = 0;
        while (await store.Claims.ClaimAsync(request) is { Runs: { Count: > 0 } runs })
        {
            var completions = new RunCompletion[runs.Count];
            for (var i = 0; i < completions.Length; i++)
            {
                completions[i] = new RunCompletion
                {
                    Lease = runs[i].Lease,
                    Schedule = runs[i].Schedule,
                    Attempt = 1,
                    State = RunState.Succeeded,
                    Reason = RunReason.None,
                    StartedAt = Bulk.Due,
                    FinishedAt = Bulk.Due,
                    StatusCode = 200,
                };
            }

            await store.Claims.CompleteAsync(completions);
            done += completions.Length;
        }

        return done;
    }
}
