namespace Escapement.Wasm.Components;

/// <summary>
/// Code on its way from the store: of as many components at once as may be, each once for all that wait for it. Whoever waits for a turn holds nothing but
/// its place.
/// </summary>
/// <param name="atOnce">Of how many components at once.</param>
/// <param name="fetch">Fetches one.</param>
internal sealed class CodeFetches<T>(int atOnce, Func<string, CancellationToken, Task<T>> fetch)
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim places = new(atOnce);
    private readonly Dictionary<string, Task<T>> underWay = new(StringComparer.Ordinal);

    /// <summary>What fetching a component comes to, by this caller or by one who asked before. Where that one gives up, another of them goes on.</summary>
    public async Task<T> GetAsync(string component, CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource<T>? own = null;
            Task<T>? fetching;
            lock (gate)
            {
                if (!underWay.TryGetValue(component, out fetching))
                {
                    own = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
                    underWay.Add(component, own.Task);
                }
            }

            if (own is not null)
            {
                return await FetchAsync(component, own, cancellationToken);
            }

            try
            {
                return await fetching!.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The one that fetched gave up.
            }
        }
    }

    private async Task<T> FetchAsync(string component, TaskCompletionSource<T> own, CancellationToken cancellationToken)
    {
        var fetching = InTurnAsync(component, cancellationToken);
        await ((Task)fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            underWay.Remove(component);
        }

        own.SetFromTask(fetching);
        _ = own.Task.Exception;
        return await fetching;
    }

    private async Task<T> InTurnAsync(string component, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await fetch(component, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
