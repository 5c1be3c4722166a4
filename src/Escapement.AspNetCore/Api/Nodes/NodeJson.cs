using Escapement.Nodes;

namespace Escapement.AspNetCore.Api.Nodes;

/// <summary>A process of the host.</summary>
internal sealed record NodeJson
{
    public required string Id { get; init; }

    /// <summary>What it is called in the ledger.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>up</c>; <c>draining</c> when it was drained or is to stop, claims nothing and lets its runs come to their end; <c>silent</c> when it gave no sign
    /// of life for half a minute; or <c>stopped</c>.
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

    /// <summary>Since when its process is to stop, or was before it stopped; absent when nobody stopped it.</summary>
    public DateTimeOffset? DrainingSince { get; init; }

    /// <summary>Who drained it, and why; absent unless somebody did, and did not let it take work again.</summary>
    public DrainJson? Drained { get; init; }

    public static NodeJson Of(HostNode n, DateTimeOffset now, TimeSpan silentAfter) => new()
    {
        Id = n.Id.ToString(),
        Name = n.Name,
        State = n.EndedAt is not null ? "stopped" : !n.IsUpAt(now, silentAfter) ? "silent" : n.DrainingSince is null && !n.IsDrained ? "up" : "draining",
        Slots = n.Slots,
        MeanRunMs = (long?)n.MeanRun?.TotalMilliseconds,
        MeanRunOf = n.MeanRun is null ? null : n.MeanRunOf,
        Version = n.Version,
        ClockOffsetMs = (long?)n.ClockOffset?.TotalMilliseconds,
        StoreMs = (long?)n.StoreTook?.TotalMilliseconds,
        DrainingSince = n.DrainingSince,
        Drained = n.IsDrained ? new DrainJson(n.Drain!.Since, n.Drain.By, n.Drain.Note, n.IdleSince) : null,
        StartedAt = n.StartedAt,
        SeenAt = n.SeenAt,
        StoppedAt = n.EndedAt,
    };
}

/// <summary>That somebody had a node take nothing new.</summary>
/// <param name="Since">From when on.</param>
/// <param name="By">Who.</param>
/// <param name="Note">Why.</param>
/// <param name="HeardAt">When the node heard of it, and took nothing more; absent until then.</param>
internal sealed record DrainJson(DateTimeOffset Since, string By, string Note, DateTimeOffset? HeardAt);

/// <summary>A node to drain.</summary>
/// <param name="Note">Why: 1 to 512 characters.</param>
internal sealed record DrainRequest(string? Note = null);

/// <summary>What draining a node would do.</summary>
/// <param name="Others">The nodes that would go on taking work, by name.</param>
/// <param name="LeavesNone">Whether nothing would fire until a node takes work.</param>
internal sealed record DrainPreviewJson(IReadOnlyList<string> Others, bool LeavesNone);

/// <summary>Nodes of the host.</summary>
/// <param name="Items">The one that was started last first, as long as runs are kept.</param>
internal sealed record NodesJson(IReadOnlyList<NodeJson> Items);

/// <summary>A time in which no node that fires gave a sign of life, or none took work.</summary>
/// <param name="From">The last sign of life before, or when the last node that took work heard that it was drained.</param>
/// <param name="To">The first after.</param>
/// <param name="Node">The node that came back first.</param>
/// <param name="Stopped">Whether the last node before was stopped; otherwise it was lost, could not reach the store, or was drained.</param>
/// <param name="Drained">The last node before, and who had drained it; absent when nobody had.</param>
internal sealed record OutageJson(DateTimeOffset From, DateTimeOffset To, string Node, bool Stopped, DrainedNodeJson? Drained)
{
    public static OutageJson Of(Outage o) =>
        new(o.From, o.To, o.Node, o.Stopped, o.Drained is { } drained ? new DrainedNodeJson(drained.Node, drained.By) : null);
}

/// <summary>A node that had been drained.</summary>
/// <param name="Node">What it is called.</param>
/// <param name="By">Who drained it.</param>
internal sealed record DrainedNodeJson(string Node, string By);

/// <summary>Times in which no node took work.</summary>
/// <param name="Items">The latest first, 1,000 at most.</param>
internal sealed record OutagesJson(IReadOnlyList<OutageJson> Items);
