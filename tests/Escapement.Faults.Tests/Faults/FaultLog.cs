using Escapement.Faults.Tests.Checking;

namespace Escapement.Faults.Tests.Faults;

/// <summary>What was done to the cluster, when, and to whom.</summary>
internal sealed class FaultLog
{
    private readonly Lock gate = new();
    private readonly List<Trouble> troubles = [];
    private readonly SortedDictionary<string, int> injected = new(StringComparer.Ordinal);
    private readonly HashSet<string> killed = [];

    public IReadOnlyList<Trouble> Troubles
    {
        get
        {
            lock (gate)
            {
                return [.. troubles];
            }
        }
    }

    public IReadOnlySet<string> Killed => killed;

    public IReadOnlyDictionary<string, int> Injected => injected;

    /// <summary>Injects a fault and remembers how long it was there.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="node">The life of a node that it strikes; null for all.</param>
    /// <param name="fault">Comes and goes.</param>
    /// <param name="counts">Whether it is one of the faults of the suite; what ends the suite is none.</param>
    public async Task DuringAsync(string kind, string? node, Func<Task> fault, bool counts = true)
    {
        var from = TimeProvider.System.GetUtcNow();
        await fault();
        lock (gate)
        {
            if (counts)
            {
                injected[kind] = injected.GetValueOrDefault(kind) + 1;
            }

            troubles.Add(new Trouble(kind, node, from, TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>Something that was seen and not done, of one life of a node or of all.</summary>
    public void Saw(string what, DateTimeOffset from, string? node = null)
    {
        lock (gate)
        {
            troubles.Add(new Trouble(what, node, from, TimeProvider.System.GetUtcNow()));
        }
    }

    public void Kill(string node)
    {
        lock (gate)
        {
            killed.Add(node);
        }
    }
}
