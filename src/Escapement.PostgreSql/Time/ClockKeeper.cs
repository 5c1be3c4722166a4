using Escapement.PostgreSql.Connections;
using Microsoft.Extensions.Logging;

namespace Escapement.PostgreSql.Time;

/// <summary>Asks the database for its time every few seconds, and says when this node's own clock is off.</summary>
internal sealed class ClockKeeper(Pool pool, DatabaseClock clock, TimeProvider node, ILogger logger)
{
    /// <summary>A clock that is further off than this is worth an operator's attention.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private bool wasOff;

    /// <summary>What an operator should put right; null when the node's clock is good.</summary>
    public string? Warning => clock.Offset is var offset && offset.Duration() > Tolerance
        ? FormattableString.Invariant($"This node's clock is {offset.Duration().TotalSeconds:0.0} s {(offset > TimeSpan.Zero ? "ahead of" : "behind")} ") +
            "the database's, which decides. Set it right, by NTP for example"
        : null;

    /// <summary>One question, for the start and for each round.</summary>
    public static async ValueTask<(DateTimeOffset Database, long AskedAt, long AnsweredAt)> AskAsync(
        Pool pool, TimeProvider node, CancellationToken cancellationToken) =>
        await pool.ReadAsync(
            async (session, ct) =>
            {
                session.Sql("database_time");
                var askedAt = node.GetTimestamp();
                await using var rows = await session.OpenAsync(ct);
                await rows.ReadAsync(ct);
                return (rows.Time(0), askedAt, node.GetTimestamp());
            },
            cancellationToken);

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, node, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var (database, askedAt, answeredAt) = await AskAsync(pool, node, stoppingToken);
                clock.Adopt(database, askedAt, answeredAt);
            }
            catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
            {
                // What was counted so far stays good for long; the stages that need the database say that it is away.
                continue;
            }

            var isOff = clock.Offset.Duration() > Tolerance;
            if (isOff && !wasOff)
            {
                PostgreSqlLog.ClockOff(logger, (long)clock.Offset.TotalMilliseconds);
            }

            wasOff = isOff;
        }
    }
}
