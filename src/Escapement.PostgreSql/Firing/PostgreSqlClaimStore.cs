using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;

namespace Escapement.PostgreSql.Firing;

/// <inheritdoc/>
internal sealed class PostgreSqlClaimStore(Pool pool, Looks looks, TimeProvider time) : IClaimStore
{
    private readonly Claims claims = new(pool, looks, time);

    public int PartOf(TenantId? tenant) => Bucket.Of(tenant);

    public async ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        (await looks.ListAsync("peek", s => s.Set("after", after), r => r.TimeOrNull(0), cancellationToken))[0];

    public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => claims.RunAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        var extensions = new LeaseExtensions(until, latest);
        var held = await pool.WriteAsync((session, ct) => extensions.PassAsync(session, runs, ct), cancellationToken);
        if (held.Contended.Count > 0)
        {
            held.Extended.UnionWith(await pool.WriteAsync((session, ct) => extensions.WaitAsync(session, held.Contended, ct), cancellationToken));
        }

        return [.. runs.Where(r => !held.Extended.Contains(r)).Select(r => r.Id)];
    }

    public async ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken)
    {
        var total = new RecoveredRuns(0, 0);
        foreach (var bucket in await looks.ListAsync("recover_buckets", s => s.Set("now", request.Now), r => r.Short(0), cancellationToken))
        {
            try
            {
                RecoveredRuns step;
                do
                {
                    step = await pool.WriteAsync((session, ct) => new Recovery(session, bucket, request).RunAsync(ct), cancellationToken);
                    total = total.Plus(step);
                }
                while (step.Total >= Recovery.MaxBatch);
            }
            catch (StoreUnavailableException e) when (e.InPart)
            {
                // The bucket's machine went away since the look. The next look passes it over.
            }
        }

        return total;
    }

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken) =>
        pool.WriteAsync((session, ct) => new Outcomes(session, outcomes, time).RunAsync(ct), cancellationToken);
}
