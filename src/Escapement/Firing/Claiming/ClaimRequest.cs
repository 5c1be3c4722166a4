namespace Escapement.Firing.Claiming;

/// <summary>What a node asks for.</summary>
internal sealed record ClaimRequest
{
    /// <summary>The instant up to which things are due.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Open at most this many runs; the node's free slots.</summary>
    public required int MaxRuns { get; init; }

    /// <summary>
    /// Change at most this many schedules in one transaction, fired or not, so that a long backlog of skipped and missed
    /// occurrences does not hold the store for long. What is passed over does not count.
    /// </summary>
    public required int MaxChanged { get; init; }

    /// <summary>The node that asks.</summary>
    public required string Node { get; init; }

    /// <summary>The token of the leases given; a new one for each claim.</summary>
    public required Guid LeaseToken { get; init; }

    /// <summary>Until when the leases hold.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How many runs of one install may be running at once, on all nodes together.</summary>
    public required int MaxRunningPerInstall { get; init; }

    /// <summary>How many runs of one tenant may be running at once, on all nodes together.</summary>
    public required int MaxRunningPerTenant { get; init; }

    /// <summary>How many more runs of a tenant the node that asks may have itself; quick, called inside the transaction. Default: any number.</summary>
    public Func<TenantId, int> RoomHere { get; init; } = _ => int.MaxValue;

    /// <summary>Decides what becomes of a due schedule; pure, called inside the transaction, never throws.</summary>
    public required Func<DueSchedule, OccurrencePlan> Plan { get; init; }
}
