using Escapement.Firing;

namespace Escapement.Bench;

/// <summary>What was durably recorded, and when.</summary>
internal sealed class FireLog(TimeProvider time) : IFiringObserver
{
    private readonly Lock gate = new();
    private readonly List<double> latenessMs = [];
    private TaskCompletionSource? reached;
    private int wanted;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return latenessMs.Count;
            }
        }
    }

    /// <summary>When the latest outcome was recorded.</summary>
    public DateTimeOffset LastRecordedAt { get; private set; }

    public Task ReachAsync(int count)
    {
        lock (gate)
        {
            wanted = count;
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return latenessMs.Count >= count ? Task.CompletedTask : reached.Task;
        }
    }

    /// <summary>Milliseconds from due to the handler's start, ascending.</summary>
    public double[] Lateness()
    {
        lock (gate)
        {
            var sorted = latenessMs.ToArray();
            Array.Sort(sorted);
            return sorted;
        }
    }

    public void Claimed(ClaimedBatch batch)
    {
    }

    public void Sleeping(DateTimeOffset until)
    {
    }

    public void Recorded(RunCompletion completion)
    {
        lock (gate)
        {
            LastRecordedAt = time.GetUtcNow();
            latenessMs.Add((completion.StartedAt!.Value - completion.Lease.DueAt).TotalMilliseconds);
            if (latenessMs.Count >= wanted)
            {
                reached?.TrySetResult();
            }
        }
    }
}
