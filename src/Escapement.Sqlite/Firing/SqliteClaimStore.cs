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

    public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => new Claim(db, request, turns, time).Run(), cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<RunId>>(
            db =>
            {
                List<RunId>? lost = null;
                foreach (var run in runs)
                {
                    var held = db.Sql("extend_lease")
                        .Set("until", until)
                        .Set("latest", latest)
                        .Set("id", run.Id.Value)
                        .Set("tenant", run.Tenant.Value)
                        .Set("token", run.Token)
                        .Run();
                    if (held == 0)
                    {
                        (lost ??= []).Add(run.Id);
                    }
                }

                return lost ?? (IReadOnlyList<RunId>)[];
            },
            cancellationToken);

    public ValueTask<RecoveredRuns> RecoverAsync(DateTimeOffset now, int maxLostAttempts, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Recovery.Run(db, now, maxLostAttempts), cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> completions, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<RunId>>(
            db =>
            {
                List<RunId>? lost = null;
                foreach (var completion in completions)
                {
                    if (!Completion.Write(db, completion))
                    {
                        (lost ??= []).Add(completion.Lease.Id);
                    }
                }

                return lost ?? (IReadOnlyList<RunId>)[];
            },
            cancellationToken);
}
