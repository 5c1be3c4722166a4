using System.Diagnostics;
using System.Globalization;
using Escapement.Firing;
using Escapement.Sqlite;

namespace Escapement.Bench.Store;

/// <summary>What a large store costs while little of it is due: memory, a peek, a claim of one.</summary>
internal static class MillionBench
{
    public static async Task RunAsync(int schedules)
    {
        var folder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
        try
        {
            // In a process of its own, so that what loading took does not show as resident here.
            using (var loader = Process.Start("dotnet", [typeof(MillionBench).Assembly.Location, "load", folder, schedules.ToString(CultureInfo.InvariantCulture)]))
            {
                await loader.WaitForExitAsync();
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file {new FileInfo(Path.Combine(folder, "escapement.db")).Length / 1048576} MiB"));
            var started = Stopwatch.GetTimestamp();
            await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System);
            Report("open", [Stopwatch.GetElapsedTime(started)]);

            var peeks = new List<TimeSpan>();
            for (var i = 0; i < 1_000; i++)
            {
                started = Stopwatch.GetTimestamp();
                await store.Claims.PeekAsync(Bulk.Due.AddSeconds(i));
                peeks.Add(Stopwatch.GetElapsedTime(started));
            }

            Report("peek", peeks);
            var claims = new List<TimeSpan>();
            var completions = new List<TimeSpan>();
            for (var i = 0; i < 1_000; i++)
            {
                started = Stopwatch.GetTimestamp();
                var batch = await store.Claims.ClaimAsync(Request(Bulk.Due.AddMilliseconds(10 * i)));
                claims.Add(Stopwatch.GetElapsedTime(started));
                started = Stopwatch.GetTimestamp();
                await store.Claims.CompleteAsync([.. batch.Runs.Select(Done)]);
                completions.Add(Stopwatch.GetElapsedTime(started));
            }

            Report("claim of one, flushed", claims);
            Report("completion of one, flushed", completions);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident {process.WorkingSet64 / 1048576} MiB, managed {GC.GetTotalMemory(true) / 1048576} MiB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task LoadAsync(string folder, int schedules)
    {
        await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, TimeProvider.System)).DisposeAsync();
        Bulk.Load(folder, schedules, installs: 20_000, tenants: 200, i => Bulk.Due.AddMilliseconds(10L * i));
    }

    private static ClaimRequest Request(DateTimeOffset now) => new()
    {
        Now = now,
        MaxRuns = 500,
        MaxChanged = 10_000,
        Node = "node",
        LeaseToken = Ids.Next(TimeProvider.System),
        LeaseUntil = now.AddSeconds(30),
        MaxRunningPerInstall = 1_000,
        MaxRunningPerTenant = 1_000,
        Plan = static due => new OccurrencePlan(due.DueAt.AddDays(30), due.DueAt, due.DueAt, null, null),
    };

    private static RunCompletion Done(ClaimedRun run) => new()
    {
        Lease = run.Lease,
        Schedule = run.Schedule,
        Attempt = 1,
        State = RunState.Succeeded,
        Reason = RunReason.None,
        StartedAt = run.DueAt,
        FinishedAt = run.DueAt,
        StatusCode = 200,
    };

    private static void Report(string what, List<TimeSpan> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {times[times.Count / 2].TotalMilliseconds:F3} ms, p99 {times[times.Count * 99 / 100].TotalMilliseconds:F3} ms"));
    }
}
