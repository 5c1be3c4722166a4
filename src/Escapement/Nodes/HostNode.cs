namespace Escapement.Nodes;

/// <summary>A process of the host, from its start to its end. One that is started again is another.</summary>
internal sealed record HostNode
{
    public required Guid Id { get; init; }

    /// <summary>What it is called in the ledger (<c>Firing:Node</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Runs that it carries out at once; 0 for a node that serves the API alone.</summary>
    public required int Slots { get; init; }

    /// <summary>The product's version that it runs.</summary>
    public required string Version { get; init; }

    /// <summary>How far its clock is ahead of the store's; null where the store has none of its own.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>How long the store took to keep the sign of life before; null until one was kept.</summary>
    public TimeSpan? StoreTook { get; init; }

    /// <summary>Since when it claims nothing and lets what it runs come to its end, because it is to stop; null when it is not.</summary>
    public DateTimeOffset? DrainingSince { get; init; }

    /// <summary>How long its last runs took in the mean; null as long as it has ended none.</summary>
    public TimeSpan? MeanRun { get; init; }

    /// <summary>Of how many runs that is: up to 1,000.</summary>
    public int MeanRunOf { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last sign of life.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it was stopped; null while it is up, and when nobody could say goodbye.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it gave a sign of life lately.</summary>
    internal bool IsUpAt(DateTimeOffset now) => EndedAt is null && SeenAt >= now - NodeKeeper.SilentAfter;
}

/// <summary>A time in which no node that fires gave a sign of life, written by the first that came back.</summary>
/// <param name="From">The last sign before.</param>
/// <param name="To">The first after.</param>
/// <param name="Node">Which node came back.</param>
/// <param name="Stopped">Whether the last node was stopped, and not lost.</param>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset To, string Node, bool Stopped)
{
    /// <summary>
    /// Whether it can have kept what was to start at one instant from starting until another. A node fires on behind its last sign of life until it dies, so
    /// what started before anybody counted it as gone waited for something else.
    /// </summary>
    public bool IsBetween(DateTimeOffset toStart, DateTimeOffset started) => To >= toStart && started - From > NodeKeeper.SilentAfter;
}
