using Escapement.Nodes;

namespace Escapement.AspNetCore.Api.Nodes;

/// <summary>A process of the host.</summary>
internal sealed record NodeJson
{
    public required string Id { get; init; }

    /// <summary>What it is called in the ledger.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>up</c>; <c>draining</c> when it is to stop, claims nothing and lets its runs come to their end; <c>silent</c> when it gave no sign of life for
    /// half a minute; or <c>stopped</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Runs that it carries out at once; 0 for one that serves the API alone.</summary>
    public required int Slots { get; init; }

    /// <summary>How long its last 1,000 runs took in the mean, in milliseconds; absent until one has run.</summary>
    public long? MeanRunMs { get; init; }

    /// <summary>Of how many runs that is, as long as there were fewer; absent until one has run.</summary>
    public int? MeanRunOf { get; init; }

    /// <summary>The product's version that it runs.</summary>
    public required string Version { get; init; }

    /// <summary>How far its clock is ahead of the store's, which decides; absent where the store has none of its own.</summary>
    public long? ClockOffsetMs { get; init; }

    /// <summary>How long the store took to keep the sign of life before the last; absent until one was kept.</summary>
    public long? StoreMs { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last sign of life.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it was stopped; absent while it is up, and when it was lost.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Since when it is draining, or was before it stopped; absent when nobody stopped it.</summary>
    public DateTimeOffset? DrainingSince { get; init; }

    public static NodeJson Of(HostNode n, DateTimeOffset now) => new()
    {
        Id = n.Id.ToString(),
        Name = n.Name,
        State = n.EndedAt is not null ? "stopped" : !n.IsUpAt(now) ? "silent" : n.DrainingSince is null ? "up" : "draining",
        Slots = n.Slots,
        MeanRunMs = (long?)n.MeanRun?.TotalMilliseconds,
        MeanRunOf = n.MeanRun is null ? null : n.MeanRunOf,
        Version = n.Version,
        ClockOffsetMs = (long?)n.ClockOffset?.TotalMilliseconds,
        StoreMs = (long?)n.StoreTook?.TotalMilliseconds,
        DrainingSince = n.DrainingSince,
        StartedAt = n.StartedAt,
        SeenAt = n.SeenAt,
        StoppedAt = n.EndedAt,
    };
}

/// <summary>Nodes of the host.</summary>
/// <param name="Items">The one that was started last first, as long as runs are kept.</param>
internal sealed record NodesJson(IReadOnlyList<NodeJson> Items);

/// <summary>A time in which no node fired.</summary>
/// <param name="From">The last sign of life before.</param>
/// <param name="To">The first after.</param>
/// <param name="Node">The node that came back first.</param>
/// <param name="Stopped">Whether the last node before was stopped; otherwise it was lost, or could not reach the store.</param>
internal sealed record OutageJson(DateTimeOffset From, DateTimeOffset To, string Node, bool Stopped)
{
    public static OutageJson Of(Outage o) => new(o.From, o.To, o.Node, o.Stopped);
}

/// <summary>Times in which no node fired.</summary>
/// <param name="Items">The latest first, 1,000 at most.</param>
internal sealed record OutagesJson(IReadOnlyList<OutageJson> Items);
