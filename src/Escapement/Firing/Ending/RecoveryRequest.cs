namespace Escapement.Firing.Ending;

/// <summary>Which runs are to be taken back, and what is known of why.</summary>
internal sealed record RecoveryRequest
{
    /// <summary>The instant of the recovery: leases that ran out before it are over.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Attempts of one run that may be lost before it is given up.</summary>
    public required int MaxLostAttempts { get; init; }

    /// <summary>
    /// Since when this node had no answer from the store, if that was for as long as a lease lasts and has ended just now; null otherwise.
    /// Leases that ran out since then were lost with the store, and not with their node.
    /// </summary>
    public DateTimeOffset? StoreAwaySince { get; init; }
}
