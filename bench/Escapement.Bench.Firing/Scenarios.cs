using System.Diagnostics;
using System.Globalization;
using Escapement.HostApi;

namespace Escapement.Bench;

internal static class Scenarios
{
    /// <summary>So many schedules due at one instant: how long until all are durably recorded.</summary>
    public static async Task<object> BurstAsync(int count)
    {
        var (host, installs) = await BenchHost.CreateAsync(Math.Max(1, count / 50));
        await using (host)
        {
            // Warm-up schedules fire first, so that the burst does not measure the just-in-time compiler.
            ScheduleLoader.Load(host.Folder, installs, 1_000, _ => BenchHost.Time.GetUtcNow().AddSeconds(-1));
            await host.StartAsync(slots: 1_000);
            await host.Log.ReachAsync(1_000);
            var due = BenchHost.Time.GetUtcNow().AddSeconds(3);
            ScheduleLoader.Load(host.Folder, installs, count, _ => due);
            await host.Log.ReachAsync(1_000 + count);
            var done = (host.Log.LastRecordedAt - due).TotalSeconds;
            await Task.Delay(500);
            return new { scenario = "burst", count, doneSeconds = Round(done, 3), recorded = host.Log.Count - 1_000, ledgerRows = Rows(host.Folder, due), p99LateMs = Round(Percentile(host.Log.Lateness(), 99), 1) };
        }
    }

    /// <summary>So many schedules due at once and in the past: fires a second, and as a share of the bare loop in the same run.</summary>
    public static async Task<object> ThroughputAsync(int count)
    {
        double bare, engine;
        {
            var (host, installs) = await BenchHost.CreateAsync(4_000);
            var folder = host.Folder;
            ScheduleLoader.Load(folder, installs, count, i => BenchHost.Time.GetUtcNow().AddMilliseconds(-(i % 3_600_000) - 1_000));
            await host.Store.DisposeAsync();
            bare = BareLoop.Run(folder, count);
            await host.DisposeAsync();
        }

        {
            var (host, installs) = await BenchHost.CreateAsync(4_000);
            await using (host)
            {
                ScheduleLoader.Load(host.Folder, installs, count, i => BenchHost.Time.GetUtcNow().AddMilliseconds(-(i % 3_600_000) - 1_000));
                var done = host.Log.ReachAsync(count);
                var clock = Stopwatch.StartNew();
                await host.StartAsync(slots: 1_000);
                await done;
                engine = count / clock.Elapsed.TotalSeconds;
            }
        }

        return new { scenario = "throughput", count, bareFiresPerSecond = Round(bare), engineFiresPerSecond = Round(engine), ratio = Round(engine / bare, 2) };
    }

    /// <summary>Lateness at a steady rate with many more schedules stored than due.</summary>
    public static async Task<object> LatenessAsync(int stored, int perSecond, int seconds)
    {
        var (host, installs) = await BenchHost.CreateAsync(Math.Max(1, stored / 50));
        await using (host)
        {
            ScheduleLoader.Load(host.Folder, installs, stored, i => BenchHost.Time.GetUtcNow().AddHours(6).AddMilliseconds(i));
            await host.StartAsync(slots: 100);
            var start = BenchHost.Time.GetUtcNow().AddSeconds(3);
            var count = perSecond * seconds;
            ScheduleLoader.Load(host.Folder, installs, count, i => start.AddMilliseconds(i * 1_000.0 / perSecond));
            await host.Log.ReachAsync(count);
            var late = host.Log.Lateness();
            return new { scenario = "lateness", stored, perSecond, fired = late.Length, p50Ms = Round(Percentile(late, 50), 2), p99Ms = Round(Percentile(late, 99), 2), maxMs = Round(late[^1], 2) };
        }
    }

    /// <summary>What the real server costs with many schedules stored and nothing due.</summary>
    public static async Task<object> IdleAsync(int stored)
    {
        var (host, installs) = await BenchHost.CreateAsync(Math.Max(1, stored / 50));
        var folder = host.Folder;
        ScheduleLoader.Load(folder, installs, stored, i => BenchHost.Time.GetUtcNow().AddHours(6).AddMilliseconds(i));
        await host.Store.DisposeAsync();
        using var server = Process.Start(new ProcessStartInfo("dotnet", [ServerProgram(), "--data", folder, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(15));
            server.Refresh();
            var before = server.TotalProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(30));
            server.Refresh();
            var percent = (server.TotalProcessorTime - before).TotalSeconds / 30 * 100;
            return new { scenario = "idle", stored, residentMiB = Round(server.WorkingSet64 / 1048576.0, 1), corePercent = Round(percent, 2) };
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            await host.DisposeAsync();
        }
    }

    /// <summary>Creating through the C# host API, each create durable when answered.</summary>
    public static async Task<object> CreateAsync(int count, int callers)
    {
        var (host, installs) = await BenchHost.CreateAsync(Math.Max(callers, (count / 50) + 1));
        await using (host)
        {
            var next = -1;
            async Task CreateManyAsync(int until)
            {
                while (Interlocked.Increment(ref next) is var i && i < until)
                {
                    var created = await host.HostApis.For(installs[i / 50]).Scheduler.CreateAsync(new CreateScheduleInput(
                        "POST /api/sync",
                        string.Create(CultureInfo.InvariantCulture, $"{i % 60} {i % 24} * * 1-5"),
                        "America/New_York",
                        Name: string.Create(CultureInfo.InvariantCulture, $"schedule {i}"),
                        Payload: """{"full":false}"""));
                    if (!created.Success)
                    {
                        throw new InvalidOperationException(created.Error);
                    }
                }
            }

            var warm = count / 5;
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CreateManyAsync(warm))));
            next = warm - 1;
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CreateManyAsync(count))));
            return new { scenario = "create", count = count - warm, callers, createsPerSecond = Round((count - warm) / clock.Elapsed.TotalSeconds) };
        }
    }

    private static string ServerProgram()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Escapement.slnx")))
        {
            root = root.Parent;
        }

        var program = Path.Combine(root?.FullName ?? ".", "src/Escapement.Server/bin/Release/net10.0/escapement-server.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException($"Build the server first: dotnet build src/Escapement.Server -c Release ({program})");
    }

    private static long Rows(string folder, DateTimeOffset due)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "escapement.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM runs WHERE due_at = $due AND state = 2 AND attempt = 1";
        command.Parameters.AddWithValue("$due", due.ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()!;
    }

    // Nearest rank.
    private static double Percentile(double[] sorted, double p) => sorted[Math.Clamp((int)Math.Ceiling(p / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static double Round(double value, int digits = 0) => Math.Round(value, digits);
}
