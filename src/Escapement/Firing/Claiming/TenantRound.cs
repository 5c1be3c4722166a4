namespace Escapement.Firing.Claiming;

/// <summary>How much each tenant may take in one claim, so that those with much to do do not hold up those with little.</summary>
/// <param name="Tenants">Those that may take some, in turn.</param>
/// <param name="Each">How many each may take.</param>
/// <param name="Full">How many tenants had work but were at their limit.</param>
/// <param name="LeavesSomeOut">Whether tenants that may have work were not looked at, or got nothing.</param>
internal sealed record TenantRound(IReadOnlyList<TenantId> Tenants, IReadOnlyList<int> Each, int Full, bool LeavesSomeOut)
{
    /// <summary>How many tenants had work and gave none: all of it belongs to installs at their limit, or is being changed.</summary>
    public int Empty(IEnumerable<TenantId> found) => Tenants.Except(found).Count();

    /// <summary>Whether a tenant gave as many as it might, so that it may have more.</summary>
    public bool MayHaveMore(IEnumerable<TenantId> found)
    {
        var counts = found.CountBy(t => t).ToDictionary();
        return Tenants.Zip(Each).Any(t => counts.GetValueOrDefault(t.First) >= t.Second);
    }
}
