using System.Diagnostics;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Workers;

/// <summary>A call that a worker carries out, as the host keeps account of it.</summary>
internal sealed class WorkerCall(ulong id, Invocation invocation, DateTimeOffset startedAt, Activity? caller)
{
    private readonly TaskCompletionSource<WorkerAnswer> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Never disposed of: it has no timer and no handle, and who answers may look at it late.
    private readonly CancellationTokenSource hostCallsEnd = new();
    private readonly long sentAt = Stopwatch.GetTimestamp();
    private long cancelledAt;

    public ulong Id => id;

    public Invocation Invocation => invocation;

    public DateTimeOffset StartedAt => startedAt;

    public Activity? Caller => caller;

    /// <summary>Ends what the guest asked of the host and did not wait for.</summary>
    public CancellationToken HostCallsEnd => hostCallsEnd.Token;

    /// <summary>What came of it.</summary>
    public Task<WorkerAnswer> Ended => ended.Task;

    /// <summary>Whether another guest ran in the same worker at any time meanwhile.</summary>
    public bool Shared { get; set; }

    /// <summary>Whether the guest waits for the host.</summary>
    public bool IsAsking { get; set; }

    /// <summary>How often the guest asked something of the host.</summary>
    public int HostCalls { get; set; }

    /// <summary>What its guest has logged, as far as it was told; all of it comes with its result. The worker's account, under its lock.</summary>
    public List<GuestLogLine> Logged { get; } = [];

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(sentAt);

    /// <summary>How long ago it was told to end; null when it was not.</summary>
    public TimeSpan? SinceCancelled => Volatile.Read(ref cancelledAt) is var at && at == 0 ? null : Stopwatch.GetElapsedTime(at);

    public void Cancelled() => Volatile.Write(ref cancelledAt, Stopwatch.GetTimestamp());

    public void End(WorkerAnswer answer)
    {
        if (ended.TrySetResult(answer) && IsAsking)
        {
            // Elsewhere, for what is told may take its time over it.
            _ = hostCallsEnd.CancelAsync();
        }
    }
}
