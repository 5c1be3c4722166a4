namespace Escapement.Firing.Claiming;

/// <summary>
/// Whose turn it is at one kind of work. Tenants are looked at in the order of their names, a stretch of them at a time, and from
/// the start again when the end is reached.
/// </summary>
internal sealed class TenantTurns
{
    /// <summary>How many tenants one look passes at most, with work or without.</summary>
    public const int Stretch = 500;

    private int extra;
    private bool foundBefore;

    /// <summary>The tenant behind which the next look begins; empty to begin with the first.</summary>
    public string After { get; private set; } = "";

    /// <summary>
    /// Shares <paramref name="room"/> among the tenants that a look found: evenly, and what is left over goes to others each time. When
    /// there is less than one for each, those that come first get one, and the next look begins behind them.
    /// </summary>
    /// <param name="passed">Every tenant that the look passed, from <see cref="After"/> on, and whether it has work that may start.</param>
    /// <param name="running">What is under way, for the tenants' limits.</param>
    /// <param name="room">How much may be taken.</param>
    public TenantRound Share(IReadOnlyList<PassedTenant> passed, RunningCounts running, int room)
    {
        var working = passed.Where(p => p.HasWork).Select(p => TenantId.Parse(p.Tenant)).ToList();
        var able = working.FindAll(t => running.Room(t) > 0);
        var taking = able.Take(Math.Max(0, room)).ToList();
        var leavesSomeOut = taking.Count < able.Count;
        var toTheEnd = passed.Count < Stretch;
        var more = leavesSomeOut || !toTheEnd || (After.Length > 0 && (foundBefore || taking.Count > 0));

        // Once round without finding anything is enough to know that nothing is left.
        foundBefore = (leavesSomeOut || !toTheEnd) && (foundBefore || able.Count > 0);
        After = leavesSomeOut ? taking.Count > 0 ? taking[^1].Value : After : toTheEnd ? "" : passed[^1].Tenant;
        return new TenantRound(taking, Shares(taking, running, room), working.Count - able.Count, more);
    }

    private List<int> Shares(List<TenantId> taking, RunningCounts running, int room)
    {
        if (taking.Count == 0)
        {
            return [];
        }

        var (share, left) = Math.DivRem(room, taking.Count);
        var first = extra % taking.Count;
        extra = first + left;
        return [.. taking.Select((t, i) => Math.Min(running.Room(t), share + ((i - first + taking.Count) % taking.Count < left ? 1 : 0)))];
    }
}
