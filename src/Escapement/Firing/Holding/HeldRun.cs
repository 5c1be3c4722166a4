using System.Diagnostics;
using Escapement.Firing.Claiming;

namespace Escapement.Firing.Holding;

/// <summary>A run that this node has the lease of, with the means to end it.</summary>
internal sealed class HeldRun(ClaimedRun claimed, DateTimeOffset leaseUntil) : IDisposable
{
    private readonly CancellationTokenSource cancel = new();
    private long leaseUntilTicks = leaseUntil.UtcTicks;
    private int ended;
    private volatile bool finished;

    public ClaimedRun Claimed => claimed;

    /// <summary>The span in which the run was last: its claim's, then its own; null while nobody listens.</summary>
    public Activity? Span { get; set; }

    // Kept as ticks: the keeper writes it while the run's own thread reads it.
    public DateTimeOffset LeaseUntil
    {
        get => new(Interlocked.Read(ref leaseUntilTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref leaseUntilTicks, value.UtcTicks);
    }

    public EarlyEnd EndedBy => (EarlyEnd)Volatile.Read(ref ended);

    public CancellationToken Token => cancel.Token;

    /// <summary>
    /// Whether only its outcome is left to be written. Then there is nothing to end, and its lease is kept as long as the store lets
    /// it, so that the outcome is not lost to a store that was away.
    /// </summary>
    public bool Finished => finished;

    public void Finish() => finished = true;

    public void End(EarlyEnd end)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref ended);
            if (seen >= (int)end)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref ended, (int)end, seen) != seen);

        try
        {
            cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself a moment ago.
        }
    }

    public void Dispose() => cancel.Dispose();
}

/// <summary>Why a node ends a run before the extension does.</summary>
internal enum EarlyEnd
{
    None = 0,

    /// <summary>This node stops; the run is queued again for whoever comes next.</summary>
    NodeStopping = 1,

    /// <summary>Another node has the run now, or may have it; nothing is to be written. It can still come after the other.</summary>
    LeaseLost = 2,
}
