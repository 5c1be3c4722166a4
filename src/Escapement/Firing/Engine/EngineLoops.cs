namespace Escapement.Firing.Engine;

/// <summary>
/// The engine's three loops. None ends by itself. One that fails for a reason that nobody foresaw must not leave the others going on as if
/// nothing were wrong.
/// </summary>
internal sealed record EngineLoops(Task Claiming, Task Keeping, Task Recording)
{
    /// <summary>Waits for the wish to stop, or for the first loop that ends without one.</summary>
    /// <param name="wish">It counts by itself: a claim whose store call hangs would hear of it only when all time is over.</param>
    public async Task UntilAnyEndsAsync(CancellationToken wish)
    {
        var wished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var wishing = wish.Register(() => wished.TrySetResult());
        await Task.WhenAny(Claiming, Keeping, Recording, wished.Task);
    }

    /// <summary>The first loop that failed. One that was merely cancelled has failed too unless a stop was wanted.</summary>
    public LoopFailure? FindFailure(bool stopWanted)
    {
        foreach (var (loop, task) in (ReadOnlySpan<(string, Task)>)[("claim", Claiming), ("lease", Keeping), ("record", Recording)])
        {
            if (task.Exception?.InnerException is { } e)
            {
                return new LoopFailure(loop, e);
            }

            if (task.IsCompleted && !stopWanted)
            {
                return new LoopFailure(loop, new InvalidOperationException($"The engine's {loop} loop ended by itself"));
            }
        }

        return null;
    }
}

/// <summary>Which loop failed, and why.</summary>
internal sealed record LoopFailure(string Loop, Exception Exception);
