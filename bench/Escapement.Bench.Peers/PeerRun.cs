using System.Diagnostics;
using Npgsql;

namespace Escapement.Bench.Peers;

/// <summary>What one scheduler did in one run.</summary>
/// <param name="CreatesPerSecond">From 16 callers.</param>
/// <param name="FiresPerSecond">While it was firing.</param>
/// <param name="P99LateMs">From the instant at which all were due to the start of each.</param>
internal sealed record PeerRun(double CreatesPerSecond, double FiresPerSecond, double P99LateMs)
{
    public const int Callers = 16;
    private const int WarmUp = 100;

    /// <summary>
    /// Stores jobs that are all due at one second, from 16 callers, while the node runs, and waits until all have fired. Its rate counts
    /// from the first that fired, so that what it waits before it polls counts as lateness and not twice.
    /// </summary>
    public static async Task<PeerRun> OfAsync(IPeer peer, string connectionString, int jobs)
    {
        var database = await NewDatabaseAsync(connectionString);
        try
        {
            await using (peer)
            {
                await peer.StartAsync(database);
                Fires.Expect(jobs);

                // Compiles both paths, and tells how long the rest will take.
                var warmDue = WholeSecond(TimeSpan.FromSeconds(15));
                var probed = await CreateAsync(peer, WarmUp, i => -1 - i, warmDue);
                await UntilAsync(() => Fires.Warm >= WarmUp, TimeSpan.FromMinutes(2));
                var due = WholeSecond(TimeSpan.FromSeconds(10 + (jobs / probed * 2)));
                var creates = await CreateAsync(peer, jobs, i => i, due);
                if (Place.Time.GetUtcNow() > due)
                {
                    throw new InvalidOperationException($"{peer.Name}: storing {jobs} jobs took so long that the first were due");
                }

                await UntilAsync(() => Fires.Count >= jobs, TimeSpan.FromMinutes(15));
                var began = Fires.Began();
                return new PeerRun(
                    creates,
                    (jobs - 1) / (began[^1] - began[0]).TotalSeconds,
                    Figures.Percentile([.. began.Select(b => (b - due).TotalMilliseconds)], 99));
            }
        }
        finally
        {
            await RunAsync(connectionString, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
        }
    }

    private static async Task<double> CreateAsync(IPeer peer, int count, Func<int, int> number, DateTimeOffset due)
    {
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                await peer.CreateAsync(number(i), TimeOnly.FromDateTime(due.UtcDateTime));
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static DateTimeOffset WholeSecond(TimeSpan ahead) => DateTimeOffset.FromUnixTimeSeconds((Place.Time.GetUtcNow() + ahead).ToUnixTimeSeconds() + 1);

    private static async Task UntilAsync(Func<bool> done, TimeSpan atMost)
    {
        var clock = Stopwatch.StartNew();
        while (!done())
        {
            if (clock.Elapsed > atMost)
            {
                throw new TimeoutException($"{Fires.Count} jobs had fired after {atMost.TotalMinutes} minutes, {Fires.Warm} of the warm-up");
            }

            await Task.Delay(20);
        }
    }

    private static async Task<string> NewDatabaseAsync(string connectionString)
    {
        var name = $"bench_peer_{Environment.ProcessId}";
        await RunAsync(connectionString, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await RunAsync(connectionString, $"CREATE DATABASE {name}");
        await RunAsync(connectionString, "CHECKPOINT");
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    private static async Task RunAsync(string connectionString, string statement)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
