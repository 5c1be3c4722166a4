namespace Escapement.Firing.Claiming;

/// <summary>Turns of tenants, with what a look through a store's index would find.</summary>
public sealed class TenantTurnsTests
{
    private readonly TenantTurns turns = new();

    [Fact]
    public void Share_RoomThatCannotBeSharedEvenly_EvensOutOverClaims()
    {
        var taken = new Dictionary<string, int>();
        for (var i = 0; i < 9; i++)
        {
            Add(taken, turns.Share(Passed("a", "b", "c"), Running(), 8));
        }

        Assert.Equal([24, 24, 24], taken.Values);
    }

    [Fact]
    public void Share_MoreTenantsThanRoom_GoesOnBehindTheLast()
    {
        var first = turns.Share(Passed("a", "b", "c", "d", "e"), Running(), 2);
        Assert.Equal(("a b", "b", true), (Names(first), turns.After, first.LeavesSomeOut));

        var second = turns.Share(Passed("c", "d", "e"), Running(), 2);
        Assert.Equal(("c d", "d"), (Names(second), turns.After));

        // The end is reached, and the start of the circle had work: there may be more.
        var third = turns.Share(Passed("e"), Running(), 2);
        Assert.Equal(("e", "", true), (Names(third), turns.After, third.LeavesSomeOut));
    }

    [Fact]
    public void Share_TenantAtItsLimit_GetsNothingAndIsCounted()
    {
        var running = Running(perTenant: 3);
        running.Add(new InstallScope(TenantId.Parse("a"), new InstallId(Guid.NewGuid())), 3);
        running.Add(new InstallScope(TenantId.Parse("b"), new InstallId(Guid.NewGuid())), 1);

        var round = turns.Share(Passed("a", "b"), running, 8);

        Assert.Equal(("b", 2, 1, false), (Names(round), round.Each[0], round.Full, round.LeavesSomeOut));
    }

    [Fact]
    public void Share_TenantsWithoutWorkByThousands_HideNobodyBehindThem()
    {
        string[] all = [.. Enumerable.Range(0, 2_400).Select(i => $"t{i:0000}")];
        string[] working = ["t0000", "t2300"];
        var served = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            served.UnionWith(Look(all, working, room: 4).Tenants.Select(t => t.Value));
        }

        Assert.Equal(working, served.Order());
    }

    [Fact]
    public void Share_NothingFoundOnceRound_SaysThatNothingIsLeft()
    {
        string[] all = [.. Enumerable.Range(0, 2_400).Select(i => $"t{i:0000}")];
        Look(all, ["t0000"], room: 4);

        var more = Enumerable.Range(0, 9).Select(_ => Look(all, [], room: 4).LeavesSomeOut);

        // Four looks to the end of the circle in which something was found, five once round.
        Assert.Equal([true, true, true, true, true, true, true, true, false], more);
    }

    // What a store's statement answers: a stretch from the place on.
    private TenantRound Look(string[] all, string[] working, int room) =>
        turns.Share(
            [.. all.Where(t => string.CompareOrdinal(t, turns.After) > 0).Take(TenantTurns.Stretch).Select(t => new PassedTenant(t, working.Contains(t)))],
            Running(),
            room);

    private static void Add(Dictionary<string, int> taken, TenantRound round)
    {
        foreach (var (tenant, each) in round.Tenants.Zip(round.Each))
        {
            taken[tenant.Value] = taken.GetValueOrDefault(tenant.Value) + each;
        }
    }

    private static string Names(TenantRound round) => string.Join(' ', round.Tenants.Select(t => t.Value));

    private static PassedTenant[] Passed(params string[] tenants) => [.. tenants.Select(t => new PassedTenant(t, true))];

    private static RunningCounts Running(int perTenant = 1_000) => new(new ClaimRequest
    {
        Node = "node",
        Now = DateTimeOffset.UnixEpoch,
        LeaseToken = Guid.NewGuid(),
        LeaseUntil = DateTimeOffset.UnixEpoch,
        MaxRuns = 8,
        MaxChanged = 100,
        MaxRunningPerInstall = 1_000,
        MaxRunningPerTenant = perTenant,
        Plan = _ => throw new InvalidOperationException(),
    });
}
