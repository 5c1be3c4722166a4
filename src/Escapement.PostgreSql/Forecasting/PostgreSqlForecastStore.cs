using Escapement.Forecasting;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Forecasting;

/// <summary>Reads bucket by bucket: each is one shard of a distributed database.</summary>
internal sealed class PostgreSqlForecastStore(Pool pool) : IForecastStore
{
    public async ValueTask ReadAsync(TenantId? tenant, Action<PlannedSchedule> take, CancellationToken cancellationToken)
    {
        foreach (var bucket in BucketsOf(tenant))
        {
            var planned = BatchStatement.Of("read_planned").Set("bucket", bucket).Set("tenant", tenant?.Value ?? "");
            foreach (var schedule in await pool.ListAsync(planned, StoredPlan.Read, cancellationToken))
            {
                take(schedule);
            }
        }
    }

    public async ValueTask<IReadOnlyList<OuterPause>> ListPausesAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var pauses = new List<OuterPause>();
        foreach (var bucket in BucketsOf(tenant))
        {
            pauses.AddRange(await pool.ListAsync(BatchStatement.Of("list_bucket_pauses").Set("bucket", bucket), StoredPause.Read, cancellationToken));
        }

        return pauses;
    }

    private static IReadOnlyList<short> BucketsOf(TenantId? tenant) => tenant is { } known ? [Bucket.Of(known)] : Bucket.All;
}
