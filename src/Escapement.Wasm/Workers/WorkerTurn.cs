namespace Escapement.Wasm.Workers;

/// <summary>One that waits for a worker.</summary>
/// <param name="alone">Whether it takes all of a worker.</param>
/// <param name="after">The number of a worker that it is to come after; 0 for any.</param>
internal sealed class WorkerTurn(bool alone, long after)
{
    public bool Alone => alone;

    /// <summary>Whether not any worker will do.</summary>
    public bool IsParticular => after > 0;

    /// <summary>Whether a worker will do that is there.</summary>
    public bool Suits(Worker worker) => worker.Number > after;

    /// <summary>The worker of which it has a slot; null when none can be started.</summary>
    public TaskCompletionSource<Worker?> Worker { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
