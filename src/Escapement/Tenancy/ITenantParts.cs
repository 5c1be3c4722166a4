namespace Escapement;

/// <summary>A store that may lie on several machines, each with the rows of some of the tenants, so that it can be away in part.</summary>
internal interface ITenantParts
{
    /// <summary>
    /// The part of the store that a tenant lies in. Of two parts one may be away (<see cref="StoreUnavailableException.InPart"/>) while the
    /// other is there. A store that is there or away as a whole has one part, which is the default.
    /// </summary>
    /// <param name="tenant">Whose rows; null for what belongs to nobody.</param>
    int PartOf(TenantId? tenant) => 0;
}
