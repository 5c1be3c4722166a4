using System.Globalization;
using System.Threading.Channels;
using Escapement.PostgreSql.Connections;
using Escapement.Waking;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Waking;

/// <summary>
/// Tells other nodes of changes that brought a due time forward, and hears theirs. Told after the change is stored, in a statement
/// of its own: within the change's transaction a notification makes all commits of the database wait in line. One that is lost
/// with its node costs the others no more than their poll interval.
/// </summary>
internal sealed class WakeExchange : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // Whoever sleeps past the next minute looks sooner by itself: no node polls more seldom than that.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Pool pool;
    private readonly string channel;
    private readonly WakeSignal wake;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly string self;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<DateTimeOffset> toTell =
        Channel.CreateBounded<DateTimeOffset>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task telling;
    private readonly Task listening;

    public WakeExchange(Pool pool, string schema, WakeSignal wake, TimeProvider time, ILogger logger)
    {
        this.pool = pool;
        this.wake = wake;
        this.time = time;
        this.logger = logger;
        channel = "escapement_" + schema;
        self = Ids.Next(time).ToString("N");
        wake.Announced += OnAnnounced;
        telling = Task.Run(TellAsync);
        listening = Task.Run(ListenAsync);
    }

    public async ValueTask DisposeAsync()
    {
        wake.Announced -= OnAnnounced;
        await stop.CancelAsync();
        await Task.WhenAll(telling, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private void OnAnnounced(DateTimeOffset due)
    {
        if (due <= time.GetUtcNow() + Soon)
        {
            toTell.Writer.TryWrite(due);
        }
    }

    private async Task TellAsync()
    {
        while (await toTell.Reader.WaitToReadAsync(stop.Token))
        {
            // Many changes at once are one notification: of the earliest.
            var earliest = DateTimeOffset.MaxValue;
            while (toTell.Reader.TryRead(out var due))
            {
                earliest = due < earliest ? due : earliest;
            }

            try
            {
                await pool.ReadAsync(
                    async (session, ct) =>
                    {
                        session.Sql("announce").Set("channel", channel).Set("text", string.Create(CultureInfo.InvariantCulture, $"{self} {earliest.UtcTicks}"));
                        return await session.RunAsync(ct);
                    },
                    stop.Token);
            }
            catch (Exception e) when (e is StoreUnavailableException or NpgsqlException)
            {
                // The poll of the others sees it; the log of the listener says that the database is away.
                PostgreSqlLog.NotTold(logger, e.Message);
            }
        }
    }

    private async Task ListenAsync()
    {
        var wait = FirstWait;
        var lost = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await pool.OpenAsync(stop.Token);
                connection.Notification += OnNotified;
                await using (var listen = new NpgsqlCommand($"LISTEN {channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop.Token);
                }

                // What was told while nobody listened is found by looking.
                wake.Raise(DateTimeOffset.MinValue);
                if (lost)
                {
                    PostgreSqlLog.ListenerBack(logger);
                }

                (wait, lost) = (FirstWait, false);
                try
                {
                    while (true)
                    {
                        await WaitAsync(connection);
                    }
                }
                finally
                {
                    connection.Notification -= OnNotified;
                    NpgsqlConnection.ClearPool(connection);
                }
            }
            catch (Exception e) when (e is StoreUnavailableException or NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                lost = true;
                PostgreSqlLog.ListenerLost(logger, wait.TotalSeconds, e.Message);
                await Task.Delay(wait, TimeProvider.System, stop.Token);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    // A connection whose other end is gone without a word is found by asking something now and then.
    private async Task WaitAsync(NpgsqlConnection connection)
    {
        if (!await connection.WaitAsync(TimeSpan.FromSeconds(15), stop.Token))
        {
            await using var ask = new NpgsqlCommand("SELECT 1", connection);
            await ask.ExecuteScalarAsync(stop.Token);
        }
    }

    private void OnNotified(object sender, NpgsqlNotificationEventArgs e)
    {
        if (e.Payload.Split(' ') is [var node, var ticks] && node != self
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var due) && due >= 0 && due <= DateTimeOffset.MaxValue.UtcTicks)
        {
            wake.Raise(new DateTimeOffset(due, TimeSpan.Zero));
        }
    }
}
