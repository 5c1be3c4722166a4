namespace Escapement.Firing.Holding;

/// <summary>How many more runs this node can carry out now.</summary>
internal sealed class Slots(int capacity)
{
    // A node at its limit gets slots back one by one. Waiting a moment for more of them lets a claim take several runs in one
    // transaction; a quarter of the slots free is enough, so that the wait does not leave the sandbox idle. It is the pace of
    // this machine, not of the schedules, hence real time.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(2);

    private readonly Lock gate = new();
    private int free = capacity;
    private int wanted;
    private TaskCompletionSource? waiter;

    public int Capacity { get; } = capacity;

    public int Free => Volatile.Read(ref free);

    public void Take(int count) => Interlocked.Add(ref free, -count);

    public void Release()
    {
        TaskCompletionSource? reached = null;
        lock (gate)
        {
            if (Interlocked.Increment(ref free) >= wanted && waiter is not null)
            {
                (reached, waiter) = (waiter, null);
            }
        }

        reached?.TrySetResult();
    }

    /// <summary>Waits until there is at least one free slot, and a moment longer for a few.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await UntilFreeAsync(1).WaitAsync(cancellationToken);
        var few = Math.Max(1, Capacity / 4);
        if (Free < few)
        {
            await UntilFreeAsync(few).WaitAsync(GatherFor, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until every run has ended.</summary>
    public Task DrainedAsync() => UntilFreeAsync(Capacity);

    private Task UntilFreeAsync(int count)
    {
        lock (gate)
        {
            if (free >= count)
            {
                return Task.CompletedTask;
            }

            wanted = count;
            waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }
}
