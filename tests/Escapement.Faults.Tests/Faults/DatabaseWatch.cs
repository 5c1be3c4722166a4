using System.Diagnostics;
using Escapement.Faults.Tests.Cluster;
using Npgsql;

namespace Escapement.Faults.Tests.Faults;

/// <summary>
/// Commits something small now and then, and notes when that took long: a busy machine's disk does to all nodes what a fault does, and
/// whoever judges them must know.
/// </summary>
internal sealed class DatabaseWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Noted = TimeSpan.FromMilliseconds(600);

    private readonly TestCluster cluster;
    private readonly FaultLog log;
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    public DatabaseWatch(TestCluster cluster, FaultLog log)
    {
        this.cluster = cluster;
        this.log = log;
        watching = Task.Run(WatchAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        NpgsqlConnection? connection = null;
        while (!stop.IsCancellationRequested)
        {
            var from = TimeProvider.System.GetUtcNow();
            var watch = Stopwatch.StartNew();
            try
            {
                connection ??= await cluster.Postgres.OpenAsync();
                await using var command = new NpgsqlCommand(
                    "CREATE TABLE IF NOT EXISTS public.watch (n bigint); INSERT INTO public.watch VALUES (1)", connection);
                await command.ExecuteNonQueryAsync(stop.Token);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException or TimeoutException)
            {
                await using var broken = connection;
                connection = null;
            }

            if (watch.Elapsed > Noted || connection is null)
            {
                log.Saw("database slow or away", from);
            }

            await Task.Delay(Interval, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}
