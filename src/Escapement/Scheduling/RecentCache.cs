using System.Collections.Concurrent;

namespace Escapement.Scheduling;

/// <summary>
/// Keeps what was used lately, at most twice the given number. Two generations instead of an order of use: reading takes no
/// lock, and what is in use moves on when the older generation is dropped.
/// </summary>
internal sealed class RecentCache<TKey, TValue>(int generation)
    where TKey : notnull
{
    private readonly Lock turning = new();
    private Generations generations = new(new(), new());

    /// <summary>How many are kept now.</summary>
    public int Count => generations.Young.Count + generations.Old.Count;

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        var (young, old) = Volatile.Read(ref generations);
        if (young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (!old.TryGetValue(key, out value))
        {
            value = make(key);
        }

        lock (turning)
        {
            if (generations.Young.Count >= generation)
            {
                generations = new Generations(new(), generations.Young);
            }

            return generations.Young.GetOrAdd(key, value);
        }
    }

    private sealed record Generations(ConcurrentDictionary<TKey, TValue> Young, ConcurrentDictionary<TKey, TValue> Old);
}
