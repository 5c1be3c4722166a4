namespace Escapement.Bulk;

/// <summary>Tells this node that a change of many has begun here, so that it need not wait for its next look.</summary>
internal sealed class BulkSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    public void Raise()
    {
        lock (raised)
        {
            if (raised.CurrentCount == 0)
            {
                raised.Release();
            }
        }
    }

    /// <summary>Returns when it is raised, or the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = raised.WaitAsync(ended.Token);
        await Task.WhenAny(waiting, Task.Delay(atMost, time, ended.Token));
        await ended.CancelAsync();
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => raised.Dispose();
}
