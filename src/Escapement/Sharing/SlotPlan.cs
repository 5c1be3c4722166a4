namespace Escapement.Sharing;

/// <summary>
/// How a node's slots are shared: between runs and gateway calls, and among tenants. One tenant, with runs and calls together, never has
/// all of them, and neither kind of work can take the last slots from the other.
/// </summary>
/// <param name="Slots">How many invocations the sandbox carries out at once.</param>
/// <param name="Runs">What runs have of them.</param>
/// <param name="Calls">What gateway calls have of them.</param>
internal sealed record SlotPlan(int Slots, SlotShare Runs, SlotShare Calls)
{
    /// <summary>With fewer, one tenant with a run and a call would have all.</summary>
    public const int FewestSlots = 3;

    /// <summary>Runs alone, and no tenant is held back: for engines that nobody calls by a gateway.</summary>
    /// <param name="slots">How many there are.</param>
    public static SlotPlan ForRunsAlone(int slots) => new(slots, new SlotShare(slots, 0, slots, slots), SlotShare.None);

    /// <summary>The plan of a node. What is wished for and cannot be is brought into the nearest form that can; <see cref="FindProblems"/> names it.</summary>
    /// <param name="slots">How many the sandbox has.</param>
    /// <param name="runs">What runs are to have; null on a node that does not fire.</param>
    /// <param name="calls">What gateway calls are to have; null on a node without a gateway.</param>
    public static SlotPlan Of(int slots, SlotWish? runs, SlotWish? calls)
    {
        var both = runs is not null && calls is not null;
        var forCalls = both ? Reserved(calls!.Reserved, slots, slots / 8) : 0;
        var forRuns = both ? Math.Min(Reserved(runs!.Reserved, slots, slots / 4), slots - forCalls) : 0;
        var ofRuns = runs is null ? SlotShare.None : Share(Math.Clamp(runs.Most ?? slots, 1, slots - forCalls), forRuns, runs, slots / 2, slots);
        if (calls is null)
        {
            return new SlotPlan(slots, ofRuns, SlotShare.None);
        }

        // With its runs and its calls together a tenant leaves at least one.
        var left = Math.Max(1, slots - 1 - ofRuns.PerTenant);
        var ofCalls = Share(Math.Max(1, slots - forRuns), forCalls, calls, 3 * slots / 8, slots / 4);
        var perTenant = Math.Min(ofCalls.PerTenant, left);
        return new SlotPlan(slots, ofRuns, ofCalls with { PerTenant = perTenant, PerInstall = Math.Min(ofCalls.PerInstall, perTenant) });
    }

    /// <summary>Every wish that would let a tenant, or one kind of work, have all slots.</summary>
    /// <param name="slots">How many the sandbox has.</param>
    /// <param name="runs">What runs are to have; null on a node that does not fire.</param>
    /// <param name="calls">What gateway calls are to have; null on a node without a gateway.</param>
    public static IReadOnlyList<Problem> FindProblems(int slots, SlotWish? runs, SlotWish? calls)
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem(field, "out-of-range", $"{field} must be {rule}"));
            }
        }

        if (slots < FewestSlots)
        {
            Check(false, "Sandbox:Slots", $"at least {FewestSlots}, so that one tenant never has all of them");
            return problems;
        }

        Check(runs?.Reserved is null or >= 0 && !(runs?.Reserved > slots - 2), "Firing:ReservedSlots", $"between 0 and {slots - 2}");
        Check(calls?.Reserved is null or >= 0 && !(calls?.Reserved > slots - 2), "Gateway:ReservedSlots", $"between 0 and {slots - 2}");
        Check(
            (runs?.Reserved ?? 0) + (calls?.Reserved ?? 0) <= slots,
            "Gateway:ReservedSlots",
            $"no more than what Firing:ReservedSlots leaves of the {slots} slots");
        if (problems.Count > 0)
        {
            return problems;
        }

        var plan = Of(slots, runs, calls);
        CheckTenant(runs?.PerTenant, plan.Runs, "Firing:SlotsPerTenant", "runs");
        CheckTenant(calls?.PerTenant, plan.Calls, "Gateway:SlotsPerTenant", "gateway calls");
        Check(
            calls?.PerTenant is not { } wished || wished < 1 || runs is null || wished + plan.Runs.PerTenant < slots,
            "Gateway:SlotsPerTenant",
            $"so low that with the {plan.Runs.PerTenant} of Firing:SlotsPerTenant it stays below the {slots} slots: one tenant must not have all of them");
        Check(
            calls?.PerInstall is null || (calls.PerInstall >= 1 && calls.PerInstall <= (calls.PerTenant ?? plan.Calls.PerTenant)),
            "Gateway:SlotsPerInstall",
            $"between 1 and Gateway:SlotsPerTenant, which is {plan.Calls.PerTenant}");
        return problems;

        void CheckTenant(int? wished, SlotShare share, string field, string kind) => Check(
            wished is null || (wished >= 1 && wished <= Math.Max(1, share.Most - 1)),
            field,
            $"between 1 and {Math.Max(1, share.Most - 1)}: {kind} may have {share.Most} of the {slots} slots, and one tenant must not have all of them");
    }

    private static int Reserved(int? wished, int slots, int usual) =>
        slots < FewestSlots ? 0 : Math.Clamp(wished ?? Math.Max(1, usual), 0, slots - 2);

    private static SlotShare Share(int most, int reserved, SlotWish wish, int perTenant, int perInstall)
    {
        var tenant = Math.Clamp(wish.PerTenant ?? Math.Max(1, perTenant), 1, Math.Max(1, most - 1));
        return new SlotShare(most, reserved, tenant, Math.Clamp(wish.PerInstall ?? Math.Max(1, perInstall), 1, tenant));
    }
}
