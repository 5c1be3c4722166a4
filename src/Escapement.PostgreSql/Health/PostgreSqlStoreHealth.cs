using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Time;
using Escapement.Storage;

namespace Escapement.PostgreSql.Health;

/// <inheritdoc/>
internal sealed class PostgreSqlStoreHealth(Pool pool, Machines machines, ClockKeeper clock) : IStoreHealth
{
    public async ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new StoreHealth(true, null, Warning(await machines.LookAsync(TryAsync, cancellationToken)));
        }
        catch (Exception e) when (e is StoreUnavailableException or Npgsql.NpgsqlException or ObjectDisposedException)
        {
            return new StoreHealth(false, e.Message);
        }
    }

    // Writes for real, so that a full disk or a standby is seen before the first schedule meets it. Any row does. Answers how many
    // buckets were read.
    private ValueTask<int> TryAsync(IReadOnlyList<short> buckets, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Add(pool.IsDistributed ? BatchStatement.Of("health_read_there").Set("buckets", buckets) : BatchStatement.Of("health_read"));
            session.Sql("health_write").Set("bucket", buckets[Random.Shared.Next(buckets.Count)]);
            await session.RunAsync(ct);
            return buckets.Count;
        },
        cancellationToken);

    private string? Warning(int answering) => answering == Bucket.Count
        ? clock.Warning
        : FormattableString.Invariant($"{Bucket.Count - answering} of {Bucket.Count} buckets do not answer, because a machine of the database is away. ") +
            "What belongs to the tenants in them waits until it is back" + (clock.Warning is { } off ? $". {off}" : "");
}
