using Escapement.Forecasting;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Forecasting;

/// <summary>Reads bucket by bucket: each is one shard of a distributed database.</summary>
internal sealed class PostgreSqlForecastStore(Pool pool) : IForecastStore
{
    public async ValueTask ReadAsync(TenantId? tenant, InstallId? install, Action<PlannedSchedule> take, CancellationToken cancellationToken)
    {
        IReadOnlyList<short> buckets = tenant is { } known ? [Bucket.Of(known)] : Bucket.All;
        foreach (var bucket in buckets)
        {
            var planned = BatchStatement.Of("read_planned").Set("bucket", bucket).Set("tenant", tenant?.Value ?? "").Set("install", install?.Value);
            foreach (var schedule in await pool.ListAsync(planned, StoredPlan.Read, cancellationToken))
            {
                take(schedule);
            }
        }
    }
}
