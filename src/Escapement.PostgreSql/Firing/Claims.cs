using System.Collections.Concurrent;
using Escapement.Firing.Claiming;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;

namespace Escapement.PostgreSql.Firing;

/// <summary>
/// Claims over all buckets: one look at which have work, then one short transaction in each, beginning behind where this node
/// stopped last time.
/// </summary>
internal sealed class Claims(Pool pool, Looks looks, TimeProvider time)
{
    // A transaction a bucket is worth its commit from about this many runs on, so that few slots are not spread over all of them.
    private const int SmallestShare = 1000;

    // How long to let another node, or somebody's change, finish before looking again. Doubles while that goes on.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly ClaimTurns[] turns = [.. Enumerable.Range(0, Bucket.Count).Select(_ => new ClaimTurns())];

    // Buckets that a look found work in and no claim has visited since. A look costs a step into every bucket, over all that was
    // claimed there a moment ago: in a backlog, claims go on where the one before was full, and look again at the end of the round.
    private readonly ConcurrentQueue<int> waiting = new();
    private readonly SemaphoreSlim looking = new(1);
    private int next = Random.Shared.Next(Bucket.Count);
    private TimeSpan wait = FirstWait;

    public async ValueTask<ClaimedBatch> RunAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (request.MaxRuns <= 0)
        {
            return new ClaimedBatch([], 0, 0, 0, true);
        }

        var total = new Total(request);
        var contended = false;
        var visited = new HashSet<int>();
        for (var looked = false; !total.IsFull;)
        {
            if (waiting.TryDequeue(out var bucket))
            {
                if (visited.Add(bucket))
                {
                    next = (bucket + 1) % Bucket.Count;
                    BucketOutcome? outcome;
                    try
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        outcome = await ClaimAsync(bucket, request, total, waiting.Count + 1);
                    }
                    catch (StoreUnavailableException e) when (e.InPart)
                    {
                        // The bucket's machine went away since the look. The next look passes it over.
                        continue;
                    }
                    catch (Exception e) when (total.Runs.Count > 0 && e is (StoreUnavailableException or OperationCanceledException))
                    {
                        // What other buckets gave is this node's, and only this node knows: thrown away, it would wait for its leases
                        // to run out and count as lost. The next claim meets what stands in the way.
                        return total.ToBatch(contended: true);
                    }

                    contended |= outcome is null or { Contended: true };
                    total.Add(outcome);
                }
            }
            else if (!looked)
            {
                looked = true;
                await LookAsync(request.Now, cancellationToken);
            }
            else
            {
                break;
            }
        }

        // What another node or somebody's change held up is due still: another look must come soon, but not at once.
        var heldUp = contended && total.Changed == 0 && total.Runs.Count == 0;
        if (heldUp)
        {
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
        }

        wait = heldUp ? (wait * 2 < LongestWait ? wait * 2 : LongestWait) : FirstWait;
        return total.ToBatch(contended);
    }

    // One look for two claims at the same time.
    private async ValueTask LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            if (waiting.IsEmpty)
            {
                foreach (var found in await WithWorkAsync(now, cancellationToken))
                {
                    waiting.Enqueue(found);
                }
            }
        }
        finally
        {
            looking.Release();
        }
    }

    private async ValueTask<List<int>> WithWorkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = next;
        var buckets = await looks.ListAsync("claim_buckets", s => s.Set("now", now), r => (int)r.Short(0), cancellationToken);
        return [.. buckets.OrderBy(b => (b - from + Bucket.Count) % Bucket.Count)];
    }

    // Not broken off in the middle: of a commit that was given up nobody knows whether it took place. It is short.
    private ValueTask<BucketOutcome?> ClaimAsync(int bucket, ClaimRequest request, Total total, int bucketsLeft)
    {
        var share = Math.Min(total.Room, Math.Max(SmallestShare, (total.Room + bucketsLeft - 1) / bucketsLeft));
        return pool.WriteAsync(
            async (session, ct) =>
            {
                var rows = new ClaimBucket(session, (short)bucket, request, ct);
                var outcome = await new BucketClaim(rows, request, share, request.MaxChanged - total.Changed, turns[bucket], time).RunAsync();
                if (outcome is null)
                {
                    await session.RollBackAsync();
                }

                return outcome;
            },
            CancellationToken.None);
    }

    private sealed class Total(ClaimRequest request)
    {
        private readonly List<UnstartedOccurrence> notStarted = [];
        private readonly List<ChangedByClaim> told = [];
        private int skipped;
        private int missed;
        private int passedOver;
        private int unplannable;
        private bool more;

        public List<ClaimedRun> Runs { get; } = [];

        public int Changed { get; private set; }

        public int Room => request.MaxRuns - Runs.Count;

        public bool IsFull => Room <= 0 || Changed >= request.MaxChanged;

        public void Add(BucketOutcome? outcome)
        {
            if (outcome is not null)
            {
                Runs.AddRange(outcome.Runs);
                Changed += outcome.Changed;
                skipped += outcome.Skipped;
                missed += outcome.Missed;
                passedOver += outcome.PassedOver;
                unplannable += outcome.Unplannable;
                notStarted.AddRange(outcome.NotStarted);
                told.AddRange(outcome.Told);
                more |= outcome.More;
            }
        }

        public ClaimedBatch ToBatch(bool contended) => new(Runs, skipped, missed, passedOver, more || contended || IsFull, unplannable)
        {
            NotStarted = notStarted,
            Changed = told,
        };
    }
}
