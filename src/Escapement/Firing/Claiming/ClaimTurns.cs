namespace Escapement.Firing.Claiming;

/// <summary>Whose turn it is, which a store remembers from one claim to the next. Losing it costs nothing but a turn.</summary>
internal sealed class ClaimTurns
{
    /// <summary>Whether more was due last time than could be taken, so that going round the tenants is worth its price.</summary>
    public bool HasBacklog { get; set; }

    /// <summary>Whether queued runs took all there was last time, so that what is due goes first now.</summary>
    public bool DueFirst { get; set; }

    /// <summary>What kept schedules waiting.</summary>
    public WaitWatch Waits { get; } = new();

    /// <summary>The tenants' turns at due schedules.</summary>
    public TenantTurns Due { get; } = new();

    /// <summary>The tenants' turns at queued runs.</summary>
    public TenantTurns Queued { get; } = new();
}
