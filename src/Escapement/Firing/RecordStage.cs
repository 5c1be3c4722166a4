using System.Threading.Channels;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Waking;

namespace Escapement.Firing;

/// <summary>
/// Stage 6: writes outcomes in batches. While one batch is being written the next gathers, so that the busier the node, the
/// fewer transactions a run costs.
/// </summary>
internal sealed class RecordStage(IClaimStore store, HeldRuns held, StoreRetry retry, WakeSignal wake, IEnumerable<IFiringObserver> observers)
{
    private const int MaxBatch = 1_000;

    // Bounded: when the store falls behind, runs wait here before their slot is free again, and no more are claimed.
    private readonly Channel<Outcome> outcomes = Channel.CreateBounded<Outcome>(new BoundedChannelOptions(4 * MaxBatch) { SingleReader = true });
    private readonly IFiringObserver[] observers = [.. observers];

    private long recorded;
    private volatile bool wakeWhenRecorded;

    /// <summary>Set by the claim loop when it passed due schedules over: the next recorded run may have made room.</summary>
    public bool WakeWhenRecorded
    {
        set => wakeWhenRecorded = value;
    }

    /// <summary>How many outcomes have been recorded.</summary>
    public long Recorded => Interlocked.Read(ref recorded);

    /// <summary>Takes an outcome. Once nobody records any more it is dropped: the lease runs out, and another node takes the run.</summary>
    public async ValueTask AddAsync(HeldRun run, AttemptOutcome completion)
    {
        var outcome = new Outcome(run, completion);
        try
        {
            if (!outcomes.Writer.TryWrite(outcome))
            {
                await outcomes.Writer.WriteAsync(outcome);
            }
        }
        catch (ChannelClosedException)
        {
            held.Remove(run);
        }
    }

    /// <summary>No more outcomes will come.</summary>
    public void Complete() => outcomes.Writer.TryComplete();

    /// <summary>Records until <see cref="Complete"/> was called and everything is written.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        try
        {
            await RecordAsync(giveUp);
        }
        finally
        {
            Complete();
        }
    }

    private async Task RecordAsync(CancellationToken giveUp)
    {
        var batch = new List<Outcome>(MaxBatch);
        while (await outcomes.Reader.WaitToReadAsync(giveUp))
        {
            while (batch.Count < MaxBatch && outcomes.Reader.TryRead(out var outcome))
            {
                batch.Add(outcome);
            }

            await WriteAsync(batch, giveUp);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Outcome> batch, CancellationToken giveUp)
    {
        // A run that another node took meanwhile is not written: the store checks the token of each.
        var completions = batch.ConvertAll(o => o.Completion);
        var lost = await retry.RunAsync("record", () => store.RecordAsync(completions, CancellationToken.None), giveUp);
        var lostIds = lost.Count == 0 ? null : lost.ToHashSet();
        foreach (var (run, completion) in batch)
        {
            held.Remove(run);
            if (lostIds is null || !lostIds.Contains(completion.Lease.Id))
            {
                if (completion.RetryAt is { } at)
                {
                    wake.Raise(at);
                }

                foreach (var observer in observers)
                {
                    observer.Recorded(completion);
                }
            }
        }

        Interlocked.Add(ref recorded, batch.Count);
        if (wakeWhenRecorded)
        {
            wake.Raise(DateTimeOffset.MinValue);
        }
    }

    private readonly record struct Outcome(HeldRun Run, AttemptOutcome Completion);
}
