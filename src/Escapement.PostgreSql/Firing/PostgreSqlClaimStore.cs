using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Firing;

/// <inheritdoc/>
internal sealed class PostgreSqlClaimStore(Pool pool, TimeProvider time) : IClaimStore
{
    private readonly Claims claims = new(pool, time);

    public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("peek").Set("after", after);
            await using var rows = await session.OpenAsync(ct);
            return await rows.ReadAsync(ct) ? rows.TimeOrNull(0) : null;
        },
        cancellationToken);

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
        var buckets = await pool.ReadAsync(
            async (session, ct) =>
            {
                session.Sql("recover_buckets").Set("now", request.Now);
                await using var rows = await session.OpenAsync(ct);
                return await rows.ListAsync(r => r.Short(0), ct);
            },
            cancellationToken);
        var total = new RecoveredRuns(0, 0);
        foreach (var bucket in buckets)
        {
            RecoveredRuns step;
            do
            {
                step = await pool.WriteAsync((session, ct) => new Recovery(session, bucket, request).RunAsync(ct), cancellationToken);
                total = total.Plus(step);
            }
            while (step.Total >= Recovery.MaxBatch);
        }

        return total;
    }

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken) =>
        pool.WriteAsync((session, ct) => new Outcomes(session, outcomes).RunAsync(ct), cancellationToken);
}
