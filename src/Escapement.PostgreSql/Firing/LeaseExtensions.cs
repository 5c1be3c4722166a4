using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// Extends leases in bulk, in two passes: first all that nobody holds, without waiting, because many rows that are waited for in the
/// midst of others could be a circle; then, hardly ever any, those that somebody held. Whoever held one may have ended its run, or
/// given it to another node: only the second look tells.
/// </summary>
internal sealed class LeaseExtensions(DateTimeOffset until, DateTimeOffset? latest)
{
    public async ValueTask<(HashSet<LeasedRun> Extended, List<LeasedRun> Contended)> PassAsync(
        Session session, IReadOnlyList<LeasedRun> runs, CancellationToken cancellationToken)
    {
        session.Begin();
        foreach (var group in runs.GroupBy(r => Bucket.Of(r.Tenant)))
        {
            var (schedules, tokens) = (group.Select(r => r.Schedule.Value).ToArray(), group.Select(r => r.Token).Distinct().ToArray());
            session.Sql("extend_lease").Set("until", until).Set("latest", latest).Set("bucket", group.Key).Set("schedules", schedules).Set("tokens", tokens);
            session.Sql("extend_lease_select").Set("bucket", group.Key).Set("schedules", schedules).Set("tokens", tokens);
        }

        var there = new Dictionary<(Guid, Guid), DateTimeOffset>();
        await using var rows = await session.Commit().OpenAsync(cancellationToken);
        do
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                there[(rows.Id(0), rows.Id(1))] = rows.Time(2);
            }
        }
        while (await rows.NextAsync(cancellationToken));

        var known = runs.Where(r => there.ContainsKey((r.Id.Value, r.Token))).ToLookup(r => IsExtended(there[(r.Id.Value, r.Token)]));
        return ([.. known[true]], [.. known[false]]);
    }

    public async ValueTask<IEnumerable<LeasedRun>> WaitAsync(Session session, IReadOnlyList<LeasedRun> runs, CancellationToken cancellationToken)
    {
        session.Begin();
        foreach (var group in runs.GroupBy(r => (Bucket: Bucket.Of(r.Tenant), r.Token)).OrderBy(g => g.Key))
        {
            session.Sql("extend_lease_wait")
                .Set("until", until)
                .Set("latest", latest)
                .Set("bucket", group.Key.Bucket)
                .Set("schedules", group.Select(r => r.Schedule.Value))
                .Set("token", group.Key.Token);
        }

        var held = new HashSet<Guid>();
        await using var rows = await session.Commit().OpenAsync(cancellationToken);
        do
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                held.Add(rows.Id(0));
            }
        }
        while (await rows.NextAsync(cancellationToken));

        return runs.Where(r => held.Contains(r.Id.Value));
    }

    private bool IsExtended(DateTimeOffset reaches) => reaches >= BatchStatement.Cut(until) && !(reaches > latest);
}
