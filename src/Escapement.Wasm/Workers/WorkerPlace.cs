namespace Escapement.Wasm.Workers;

/// <summary>A place that a worker fills, one after the other.</summary>
/// <param name="slots">Guests that run there at once.</param>
internal sealed class WorkerPlace(int slots)
{
    private const int FailuresWithoutHope = 3;

    public int Slots => slots;

    /// <summary>The worker that is given calls; null while there is none.</summary>
    public Worker? Worker { get; set; }

    /// <summary>Whether a worker for it is being started.</summary>
    public bool IsStarting { get; set; }

    /// <summary>How many in a row did not become ready.</summary>
    public int Failures { get; set; }

    /// <summary>Whether so many did not that whoever waits for it should be told.</summary>
    public bool HasNoHope => Worker is null && Failures >= FailuresWithoutHope;

    /// <summary>How long to wait before the next is started: none did wrong, or twice as long as before the last.</summary>
    public TimeSpan Delay => Failures == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(10_000, 100 << Math.Min(Failures, 10)));
}
