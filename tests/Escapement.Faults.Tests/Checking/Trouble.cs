namespace Escapement.Faults.Tests.Checking;

/// <summary>A stretch of real time in which a node, or all of them, could not do its work, and why.</summary>
/// <param name="Kind">What was done to it, or seen.</param>
/// <param name="Node">One life of a node; null for all.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
internal sealed record Trouble(string Kind, string? Node, DateTimeOffset From, DateTimeOffset To);

/// <summary>All that went wrong, to tell whether something has an excuse.</summary>
internal sealed class Troubles(IEnumerable<Trouble> all, Lapse lapse)
{
    /// <summary>What a fault leaves behind takes a moment: connections are opened again, waits between two tries end.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly List<Trouble> all = [.. all];

    /// <summary>Whether a node, or any node if none is named, was in trouble between two instants of the cluster's clock.</summary>
    public bool Excuse(string? node, DateTimeOffset from, DateTimeOffset to)
    {
        var (realFrom, realTo) = (lapse.RealOf(from), lapse.RealOf(to));
        return all.Any(t => (node is null || t.Node is null || t.Node == node) && t.From <= realTo && realFrom <= t.To + Aftermath);
    }
}
