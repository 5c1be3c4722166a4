using System.Threading.Channels;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Scheduling;
using Escapement.Telemetry;
using Escapement.Waking;

namespace Escapement.Firing.Stages;

/// <summary>
/// Stage 6: writes outcomes in batches. While one batch is being written the next gathers, so that the busier the node, the
/// fewer transactions a run costs. What lies in a part of the store that is away waits apart, so that nothing waits behind it.
/// </summary>
internal sealed class RecordStage(
    IClaimStore store, HeldRuns held, StoreRetry retry, RoomWatch room, WakeSignal wake, EscapementTelemetry telemetry,
    IReadOnlyList<IFiringObserver> observers)
{
    private const int MaxBatch = 1_000;

    // Bounded: when the store falls behind, runs wait here before their slot is free again, and no more are claimed.
    private readonly Channel<Waiting> outcomes = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4 * MaxBatch) { SingleReader = true });

    // No more than had a slot when their part went away: nothing is claimed there meanwhile.
    private readonly Channel<Waiting> apart = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>
    /// Takes an outcome; there is none for a run whose lease was lost. Once nobody records any more it is dropped: the lease runs out, and
    /// another node takes the run.
    /// </summary>
    public async ValueTask AddAsync(HeldRun run, AttemptOutcome? outcome)
    {
        if (outcome is null)
        {
            held.Remove(run);
            return;
        }

        run.Finish();
        try
        {
            await outcomes.Writer.WriteAsync(new Waiting(run, outcome));
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
        // The second ends after the first, unless one fails: that is told at once.
        var (all, away) = (RecordAsync(giveUp), RecordApartAsync(giveUp));
        await await Task.WhenAny(all, away);
        await Task.WhenAll(all, away);
    }

    private async Task RecordAsync(CancellationToken giveUp)
    {
        var batch = new List<Waiting>(MaxBatch);
        try
        {
            while (await outcomes.Reader.WaitToReadAsync(giveUp))
            {
                while (batch.Count < MaxBatch && outcomes.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                foreach (var waiting in (await retry.RunAsync("record", () => WriteAsync(batch), giveUp)).Away)
                {
                    apart.Writer.TryWrite(waiting);
                }

                batch.Clear();
            }
        }
        finally
        {
            Complete();
            apart.Writer.TryComplete();
        }
    }

    private async Task RecordApartAsync(CancellationToken giveUp)
    {
        var rest = new List<Waiting>();
        while (await apart.Reader.WaitToReadAsync(giveUp))
        {
            await retry.RunAsync("record", TryAsync, giveUp);
        }

        async ValueTask<bool> TryAsync()
        {
            while (apart.Reader.TryRead(out var waiting))
            {
                rest.Add(waiting);
            }

            var answers = await WriteAsync(rest);
            rest = [.. answers.Away];
            return answers.Problem is { } problem ? throw problem : true;
        }
    }

    // A run that another node took meanwhile is not written: the store checks the token of each.
    private async ValueTask<PartAnswers<Waiting, IReadOnlyList<RunId>>> WriteAsync(List<Waiting> batch)
    {
        using var span = telemetry.StartBatch("escapement.record", batch.Count);
        var answers = await PartByPart.RunAsync(
            store, batch, w => w.Outcome.Lease.Tenant, part => store.RecordAsync([.. part.Select(w => w.Outcome)], CancellationToken.None));
        foreach (var (written, lost) in answers.Answered)
        {
            Settle(written, lost.ToHashSet());
        }

        return answers;
    }

    private void Settle(IReadOnlyList<Waiting> batch, HashSet<RunId> lost)
    {
        foreach (var (run, outcome) in batch)
        {
            held.Remove(run);
            if (lost.Contains(outcome.Lease.Id))
            {
                telemetry.Firing.LeaseLost();
            }
            else
            {
                Tell(run.Claimed.Policy, outcome);
            }
        }

        room.Make(batch.Count);
    }

    private void Tell(SchedulePolicy policy, AttemptOutcome outcome)
    {
        telemetry.Firing.Ended(outcome.State, outcome.Reason);
        if (outcome.RetryAt is { } at)
        {
            wake.Raise(at);
        }
        else if (policy.LetsWait)
        {
            wake.Raise(DateTimeOffset.MinValue);
        }

        foreach (var observer in observers)
        {
            observer.Recorded(outcome);
        }
    }

    private readonly record struct Waiting(HeldRun Run, AttemptOutcome Outcome);
}
