using System.Runtime.CompilerServices;
using Escapement.Audit;
using Escapement.Pausing;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Pausing;

/// <summary>
/// Pauses in the buckets that they concern, all of them in one transaction: a tenant's has one, the host's has all. Buckets are held in one
/// order, and claims never wait for one, so nobody waits in a circle.
/// </summary>
internal sealed class PostgreSqlPauseStore(Pool pool) : IPauseStore
{
    private const int Page = 1_000;

    public ValueTask<IReadOnlyList<OuterPause>> ListAsync(TenantId? tenant, CancellationToken cancellationToken) =>
        pool.ListAsync(PauseRows.Of(tenant), StoredPause.Read, cancellationToken);

    public ValueTask<IReadOnlyList<OuterPause>> ListAllAsync(CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_all_pauses"), StoredPause.Read, cancellationToken);

    public ValueTask<PauseOutcome> PauseAsync(
        OuterPause pause, AuditEntry audit, Func<Pause?, bool>? expected, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var (there, underWay) = await HoldAsync(session, pause.Target, ct);
            if (PauseRules.Refusal(there, pause, expected) is { } refused)
            {
                return await FinishAsync(session, audit, refused, ct);
            }

            if (pause.Target.Install is { } install && !await IsThereAsync(session, pause.Target.Tenant!.Value, install, ct))
            {
                return await FinishAsync(session, audit, PauseRules.InstallGone, ct);
            }

            foreach (var bucket in BucketsOf(pause.Target))
            {
                StoredPause.Write(session.Sql("add_pause"), pause).Set("bucket", bucket);
            }

            return await FinishAsync(session, audit, PauseRules.Began(pause.Pause, underWay), ct);
        },
        cancellationToken);

    public ValueTask<PauseOutcome> ResumeAsync(
        PauseTarget target, PauseEnding ending, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var (there, underWay) = await HoldAsync(session, target, ct);
            var (ended, outcome) = PauseRules.End(there, target, ending, underWay);
            foreach (var bucket in ended is null ? [] : BucketsOf(target))
            {
                session.Sql("end_pause")
                    .Set("now", ending.Now)
                    .Set("on_end", (int)ended!.OnEnd)
                    .Set("shown_at", ended.ShownAt)
                    .Set("bucket", bucket)
                    .Set("id", ended.Id);
            }

            return await FinishAsync(session, audit, outcome, ct);
        },
        cancellationToken);

    public async IAsyncEnumerable<Schedule> HeldAsync(PauseTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var bucket in BucketsOf(target))
        {
            IReadOnlyList<Schedule> page = [];
            do
            {
                var after = page.Count == 0 ? Guid.Empty : page[^1].Id.Value;
                var next = StoredPause.WriteTarget(BatchStatement.Of("list_held"), target)
                    .Set("bucket", bucket)
                    .Set("after", after)
                    .Set("limit", (long)Page);
                page = await pool.ListAsync(next, StoredSchedule.Read, cancellationToken);
                foreach (var schedule in page)
                {
                    yield return schedule;
                }
            }
            while (page.Count == Page);
        }
    }

    private static IReadOnlyList<short> BucketsOf(PauseTarget target) => target.Tenant is { } tenant ? [Bucket.Of(tenant)] : Bucket.All;

    // Holds the buckets as claims do; answers the pauses there, and how many runs below the target are under way.
    private static async ValueTask<(List<OuterPause> There, int UnderWay)> HoldAsync(
        Session session, PauseTarget target, CancellationToken cancellationToken)
    {
        var buckets = BucketsOf(target);
        session.Begin();
        foreach (var bucket in buckets)
        {
            session.Sql("lock_bucket").Set("bucket", bucket);
            session.Sql("list_bucket_pauses").Set("bucket", bucket);
            session.Sql("claim_running").Set("bucket", bucket);
        }

        var (there, underWay) = (new List<OuterPause>(), 0);
        await using var rows = await session.OpenAsync(cancellationToken);
        for (var i = 0; i < buckets.Count; i++)
        {
            await rows.NextAsync(cancellationToken);
            there.AddRange(await rows.ListAsync(StoredPause.Read, cancellationToken));
            await rows.NextAsync(cancellationToken);
            underWay += (await rows.ListAsync(
                r => (Scope: new InstallScope(TenantId.Parse(r.Text(1)), new InstallId(r.Id(0))), Count: r.Int(2)), cancellationToken))
                .Where(r => target.Covers(r.Scope))
                .Sum(r => r.Count);
            await rows.NextAsync(cancellationToken);
        }

        return (there, underWay);
    }

    private static async ValueTask<bool> IsThereAsync(Session session, TenantId tenant, InstallId install, CancellationToken cancellationToken)
    {
        session.Sql("hold_installed").Set("bucket", Bucket.Of(tenant)).Set("install", install.Value).Set("tenant", tenant.Value);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }

    // The last statements of a change travel with its audit entry and the commit.
    private static async ValueTask<PauseOutcome> FinishAsync(Session session, AuditEntry audit, PauseOutcome outcome, CancellationToken cancellationToken)
    {
        AuditRow.Append(session, audit.Refused(outcome.Refusal).Telling(outcome.Changed));
        await session.Commit().RunAsync(cancellationToken);
        return outcome;
    }
}
