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

    /// <summary>Since when it claims nothing because it was drained, as it says itself; null while it takes work.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    /// <summary>The last time that somebody drained it. Its signs of life leave it as it is.</summary>
    public NodeDrain? Drain { get; init; }

    /// <summary>How long its last runs took in the mean; null as long as it has ended none.</summary>
    public TimeSpan? MeanRun { get; init; }

    /// <summary>Of how many runs that is: up to 1,000.</summary>
    public int MeanRunOf { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last sign of life.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it was stopped; null while it is up, and when nobody could say goodbye.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether somebody drained it, and it was not let take work again.</summary>
    public bool IsDrained => Drain is { EndedAt: null };

    /// <summary>When it last took work, as far as it said so.</summary>
    public DateTimeOffset TookAt => IdleSince ?? SeenAt;

    /// <summary>Whether it gave a sign of life lately.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="silentAfter">How long a node may be silent by the host's clock.</param>
    internal bool IsUpAt(DateTimeOffset now, TimeSpan silentAfter) => EndedAt is null && SeenAt >= now - silentAfter;

    /// <summary>Whether it fires what comes due.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="silentAfter">How long a node may be silent by the host's clock.</param>
    internal bool TakesWorkAt(DateTimeOffset now, TimeSpan silentAfter) => Slots > 0 && !IsDrained && IsUpAt(now, silentAfter);
}

/// <summary>That somebody had a node take nothing new.</summary>
/// <param name="Since">From when on.</param>
/// <param name="By">Who.</param>
/// <param name="Note">Why.</param>
/// <param name="EndedAt">When it was let take work again; null until then.</param>
internal sealed record NodeDrain(DateTimeOffset Since, string By, string Note, DateTimeOffset? EndedAt = null);

/// <summary>A time in which no node that fires gave a sign of life, or none took work, written by the first that came back.</summary>
/// <param name="From">The last sign before, or when the last node that took work heard that it was drained.</param>
/// <param name="To">The first after.</param>
/// <param name="Node">Which node came back.</param>
/// <param name="Stopped">Whether the last node was stopped, and not lost.</param>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset To, string Node, bool Stopped)
{
    /// <summary>The last node before, and who had drained it; null when it had not been.</summary>
    public DrainedNode? Drained { get; init; }

    /// <summary>
    /// Whether it can have kept what was to start at one instant from starting until another. A node fires on behind its last sign of life until it dies, so
    /// what started before anybody counted it as gone waited for something else.
    /// </summary>
    /// <param name="toStart">When it was to start.</param>
    /// <param name="started">When it did, or was given up.</param>
    /// <param name="silentAfter">How long a node may be silent by the host's clock.</param>
    public bool IsBetween(DateTimeOffset toStart, DateTimeOffset started, TimeSpan silentAfter) => To >= toStart && started - From > silentAfter;
}

/// <summary>A node that was drained.</summary>
/// <param name="Node">Its name.</param>
/// <param name="By">Who drained it.</param>
internal sealed record DrainedNode(string Node, string By);
