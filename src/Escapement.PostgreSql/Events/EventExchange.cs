using System.Text;
using System.Threading.Channels;
using Escapement.Events;
using Escapement.PostgreSql.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Events;

/// <summary>
/// Tells other nodes what happens here while somebody watches there, several times a second at most, and hears what they tell. A node on which somebody
/// watches says so again and again; where nobody does, nothing is sent.
/// </summary>
internal sealed class EventExchange : IAsyncDisposable
{
    private const string Interest = "watching";

    // What a notification can hold is a little more.
    private const int MostText = 7_500;
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan InterestEach = EventFeed.InterestLasts / 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly Pool pool;
    private readonly string channel;
    private readonly EventFeed feed;
    private readonly ILogger logger;
    private readonly string self;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<HostEvent?> toTell =
        Channel.CreateBounded<HostEvent?>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Task[] working;

    public EventExchange(Pool pool, string schema, EventFeed feed, TimeProvider time, ILogger logger)
    {
        this.pool = pool;
        this.feed = feed;
        this.logger = logger;
        channel = "escapement_events_" + schema;
        self = Ids.Next(time).ToString("N");
        feed.Happened += OnHappened;
        feed.Watched += OnWatched;
        working = [Task.Run(TellAsync), Task.Run(ListenAsync), Task.Run(ShowInterestAsync)];
    }

    public async ValueTask DisposeAsync()
    {
        feed.Happened -= OnHappened;
        feed.Watched -= OnWatched;
        await stop.CancelAsync();
        await Task.WhenAll(working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private void OnHappened(HostEvent happened) => toTell.Writer.TryWrite(happened);

    private void OnWatched() => toTell.Writer.TryWrite(null);

    private async Task ShowInterestAsync()
    {
        while (true)
        {
            await Task.Delay(InterestEach, TimeProvider.System, stop.Token);
            if (feed.IsWatchedHere)
            {
                OnWatched();
            }
        }
    }

    private async Task TellAsync()
    {
        while (await toTell.Reader.WaitToReadAsync(stop.Token))
        {
            var events = new List<HostEvent>();
            var interest = false;
            while (toTell.Reader.TryRead(out var next))
            {
                interest |= next is null;
                if (next is not null)
                {
                    events.Add(next);
                }
            }

            await SendAsync(interest, events);
            await Task.Delay(Gathered, TimeProvider.System, stop.Token);
        }
    }

    private async Task SendAsync(bool interest, List<HostEvent> events)
    {
        var text = new StringBuilder(self).Append(interest ? $"\n{Interest}" : "");
        Append(text, events);
        if (text.Length > MostText)
        {
            text = new StringBuilder(self).Append(interest ? $"\n{Interest}" : "");
            Append(text, EventText.Fold(events).Take(20));
        }

        try
        {
            await pool.ReadAsync(
                async (session, ct) =>
                {
                    session.Sql("announce").Set("channel", channel).Set("text", text.ToString());
                    return await session.RunAsync(ct);
                },
                stop.Token);
        }
        catch (Exception e) when (e is StoreUnavailableException or NpgsqlException)
        {
            PostgreSqlLog.NotTold(logger, e.Message);
        }
    }

    private static void Append(StringBuilder text, IEnumerable<HostEvent> events)
    {
        foreach (var happened in events)
        {
            text.Append('\n').Append(EventText.Write(happened));
        }
    }

    private async Task ListenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await pool.OpenAsync(stop.Token);
                connection.Notification += OnNotified;
                try
                {
                    await using (var listen = new NpgsqlCommand($"LISTEN {channel}", connection))
                    {
                        await listen.ExecuteNonQueryAsync(stop.Token);
                    }

                    // What was told while nobody listened is lost.
                    feed.Miss();
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
                // The exchange of wake signals meets the same and says so in the log.
                await Task.Delay(Wait, TimeProvider.System, stop.Token);
            }
        }
    }

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
        var lines = e.Payload.Split('\n');
        if (lines[0] == self)
        {
            return;
        }

        foreach (var line in lines.Skip(1))
        {
            if (line == Interest)
            {
                feed.NoteInterest();
            }
            else if (EventText.Read(line) is { } happened)
            {
                feed.Hear(happened);
            }
        }
    }
}
