namespace Escapement.Waking;

/// <summary>
/// Ends the engine's sleep early when something comes due sooner than it knew. A store that is shared by several nodes
/// listens to <see cref="Announced"/>, tells the others, and raises it for what they announce; a lost signal costs no more
/// than the poll interval.
/// </summary>
internal sealed class WakeSignal
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private TaskCompletionSource? sleeper;
    private DateTimeOffset sleepingUntil;
    private DateTimeOffset earliestMissed = DateTimeOffset.MaxValue;

    /// <summary>Makes a signal.</summary>
    /// <param name="time">The clock that sleeps are measured by.</param>
    public WakeSignal(TimeProvider time) => this.time = time;

    /// <summary>
    /// A change made on this node brought a due time forward. Handlers are called in the changer's path, so they must be quick
    /// and must not throw.
    /// </summary>
    public event Action<DateTimeOffset>? Announced;

    /// <summary>Says to this node and all others that something is due at an instant; <see cref="DateTimeOffset.MinValue"/> for now.</summary>
    public void Announce(DateTimeOffset due)
    {
        Raise(due);
        Announced?.Invoke(due);
    }

    /// <summary>Says to this node alone that something is due at an instant; <see cref="DateTimeOffset.MinValue"/> for now.</summary>
    public void Raise(DateTimeOffset due)
    {
        TaskCompletionSource? wake = null;
        lock (gate)
        {
            if (sleeper is null)
            {
                earliestMissed = due < earliestMissed ? due : earliestMissed;
            }
            else if (due < sleepingUntil)
            {
                wake = sleeper;
            }
        }

        wake?.TrySetResult();
    }

    /// <summary>Sleeps until an instant, or until something due before it was raised, also if that was since the last sleep.</summary>
    internal async Task SleepAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        TaskCompletionSource mine;
        TimeSpan delay;
        lock (gate)
        {
            var raised = earliestMissed;
            earliestMissed = DateTimeOffset.MaxValue;

            // Timers count whole milliseconds and cut the rest off: rounding up keeps the engine from waking a moment
            // too early and asking the store in vain.
            delay = TimeSpan.FromMilliseconds(Math.Ceiling((until - time.GetUtcNow()).TotalMilliseconds));
            if (raised < until || delay <= TimeSpan.Zero)
            {
                return;
            }

            sleeper = mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sleepingUntil = until;
        }

        try
        {
            using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var timer = Task.Delay(delay, time, early.Token);

            // A clock that was moved between the two looks at it would make the timer ring that much too late.
            if (time.GetUtcNow() < until)
            {
                await Task.WhenAny(mine.Task, timer);
            }

            await early.CancelAsync();
        }
        finally
        {
            lock (gate)
            {
                sleeper = null;
            }
        }
    }
}
