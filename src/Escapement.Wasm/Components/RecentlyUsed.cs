namespace Escapement.Wasm.Components;

/// <summary>
/// Values that are loaded once, however many ask at once, and of which the least recently used makes room. What could not be loaded, or may
/// change, is tried again by who asks next.
/// </summary>
/// <param name="capacity">How many are kept.</param>
/// <param name="isFinal">Whether a value stays as it is.</param>
/// <param name="release">Gives a value back that has made room.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity, Func<TValue, bool> isFinal, Action<TValue> release) : IDisposable
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];

    /// <summary>The value, or its being loaded, on the thread pool.</summary>
    public Task<TValue> Touch(TKey key, Func<Task<TValue>> load)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node) && IsOrMayBeFinal(node.Value.Loading))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Loading;
            }

            if (node is not null)
            {
                Remove(node);
            }

            var loading = Task.Run(load);
            entries.Add(key, byUse.AddFirst(new Entry(key, loading)));
            while (byUse.Count > capacity)
            {
                Remove(byUse.Last!);
            }

            return loading;
        }
    }

    /// <summary>Lets a value go, unless another has taken its place.</summary>
    public void Forget(TKey key, TValue value)
    {
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node)
                && node.Value.Loading is { IsCompletedSuccessfully: true } loaded
                && EqualityComparer<TValue>.Default.Equals(loaded.Result, value))
            {
                Remove(node);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            while (byUse.Last is { } last)
            {
                Remove(last);
            }
        }
    }

    private bool IsOrMayBeFinal(Task<TValue> loading) => !loading.IsCompleted || (loading.IsCompletedSuccessfully && isFinal(loading.Result));

    private void Remove(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        entries.Remove(node.Value.Key);
        node.Value.Loading.ContinueWith(
            task =>
            {
                if (task.IsCompletedSuccessfully)
                {
                    release(task.Result);
                }
                else
                {
                    _ = task.Exception;
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private readonly record struct Entry(TKey Key, Task<TValue> Loading);
}
