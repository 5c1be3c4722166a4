using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Firing;

/// <inheritdoc/>
internal sealed class SqliteClaimStore(WriteQueue writer, ReadPool reader, TimeProvider time) : IClaimStore
{
    // Only the writer's thread uses it.
    private readonly ClaimTurns turns = new();

    public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            db =>
            {
                using var rows = db.Sql("peek").Set("after", after).Open();
                return rows.Read() ? rows.TimeOrNull(0) : null;
            },
            cancellationToken);

    public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => request.MaxRuns <= 0
        ? new(new ClaimedBatch([], 0, 0, 0, More: true))
        : writer.WriteAsync(db => Claim(db, request), cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken) => writer.WriteAsync(
            db => Unheld(runs, r => Extend(db, r, until, latest), r => r.Id),
            cancellationToken);

    public ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Outcomes.Recover(db, request), cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Unheld(outcomes, o => Outcomes.Record(db, o, time), o => o.Lease.Id), cancellationToken);

    // Nothing in it waits, so it has run to its end when it returns.
    private ClaimedBatch Claim(Database database, ClaimRequest request) =>
        new BucketClaim(new ClaimBucket(database, request), request, request.MaxRuns, request.MaxChanged, turns, time)
            .RunAsync().AsTask().GetAwaiter().GetResult()!.ToBatch();

    private static bool Extend(Database database, in LeasedRun run, DateTimeOffset until, DateTimeOffset? latest) => database.Sql("extend_lease")
        .Set("until", until)
        .Set("latest", latest)
        .Set("id", run.Id.Value)
        .Set("tenant", run.Tenant.Value)
        .Set("token", run.Token)
        .Run() > 0;

    private static IReadOnlyList<RunId> Unheld<T>(IReadOnlyList<T> items, Func<T, bool> write, Func<T, RunId> id)
    {
        List<RunId>? lost = null;
        foreach (var item in items)
        {
            if (!write(item))
            {
                (lost ??= []).Add(id(item));
            }
        }

        return lost ?? (IReadOnlyList<RunId>)[];
    }
}
