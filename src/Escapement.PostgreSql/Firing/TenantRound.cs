namespace Escapement.PostgreSql.Firing;

/// <summary>How much each tenant of a bucket may take in one claim, so that those with much to do do not hold up those with little.</summary>
/// <param name="Tenants">Those that may take some, in turn.</param>
/// <param name="Each">How many each may take.</param>
/// <param name="Full">How many tenants had work but were at their limit.</param>
/// <param name="LeavesSomeOut">Whether there was less than one for each.</param>
/// <param name="Last">The tenant after which the next claim goes on.</param>
internal sealed record TenantRound(IReadOnlyList<TenantId> Tenants, IReadOnlyList<int> Each, int Full, bool LeavesSomeOut, string Last)
{
    /// <summary>Shares out evenly; when there is less than one for each, those that come first in the round get one.</summary>
    public static TenantRound Share(IReadOnlyList<string> inTurn, RunningCounts running, int room)
    {
        var able = inTurn.Select(TenantId.Parse).Where(t => running.Room(t) > 0).ToList();
        var taking = able.Take(room).ToList();
        var share = taking.Count == 0 ? 0 : (room + taking.Count - 1) / taking.Count;
        return new TenantRound(
            taking,
            taking.ConvertAll(t => Math.Min(share, running.Room(t))),
            inTurn.Count - able.Count,
            taking.Count < able.Count,
            taking.Count < able.Count ? taking.Count > 0 ? taking[^1].Value : "" : inTurn[^1]);
    }

    /// <summary>How many tenants had work and gave none: all of it belongs to installs at their limit, or is being changed.</summary>
    public int Empty(IEnumerable<TenantId> found) => Tenants.Except(found).Count();

    /// <summary>Whether a tenant gave as many as it might and its limit is not the reason, so that it may have more.</summary>
    public bool MayHaveMore(IEnumerable<TenantId> found)
    {
        var counts = found.CountBy(t => t).ToDictionary();
        return Tenants.Zip(Each).Any(t => counts.GetValueOrDefault(t.First) >= t.Second);
    }
}
