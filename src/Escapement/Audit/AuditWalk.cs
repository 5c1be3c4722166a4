namespace Escapement.Audit;

/// <summary>Audit entries as an index has them, the newest first.</summary>
/// <param name="Tenant">Whose; null for those of none.</param>
internal sealed record AuditWalk(TenantId? Tenant)
{
    /// <summary>All tenants' and those of none, whatever else it says.</summary>
    public bool OfAll { get; init; }

    /// <summary>Only what was done to this thing, or was to be; null for all.</summary>
    public string? Target { get; init; }

    /// <summary>Only this install's, unless it goes by a target; null for all.</summary>
    public InstallId? Install { get; init; }

    /// <summary>Only what was refused or denied, unless it goes by a target or an install.</summary>
    public bool NotDone { get; init; }

    /// <summary>Only entries whose ids sort before this one.</summary>
    public Guid Before { get; init; } = Guid.AllBitsSet;

    /// <summary>Only entries whose ids do not sort before this one.</summary>
    public Guid Since { get; init; }
}
