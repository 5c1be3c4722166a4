using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Time;
using Escapement.Storage;

namespace Escapement.PostgreSql.Health;

/// <inheritdoc/>
internal sealed class PostgreSqlStoreHealth(Pool pool, ClockKeeper clock) : IStoreHealth
{
    public async ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Writes for real, so that a full disk or a standby is seen before the first schedule meets it. Any row does.
            await pool.WriteAsync(
                async (session, ct) =>
                {
                    session.Sql("health_read");
                    session.Sql("health_write").Set("bucket", (short)Random.Shared.Next(Bucket.Count));
                    return await session.RunAsync(ct);
                },
                cancellationToken);
            return new StoreHealth(true, null, clock.Warning);
        }
        catch (Exception e) when (e is StoreUnavailableException or Npgsql.NpgsqlException or ObjectDisposedException)
        {
            return new StoreHealth(false, e.Message);
        }
    }
}
