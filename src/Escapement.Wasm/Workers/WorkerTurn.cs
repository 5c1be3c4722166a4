namespace Escapement.Wasm.Workers;

/// <summary>One that waits for a worker.</summary>
/// <param name="alone">Whether it takes all of a worker.</param>
internal sealed class WorkerTurn(bool alone)
{
    public bool Alone => alone;

    /// <summary>The worker of which it has a slot; null when none can be started.</summary>
    public TaskCompletionSource<Worker?> Worker { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
