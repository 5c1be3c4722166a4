using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>
/// With more due than there are slots, claims go round the tenants. Which rows of a tenant come first, and how a store finds
/// that there is a backlog, is its own affair: one claim may pass before it goes round.
/// </summary>
public abstract class FairnessFacts(IStoreFixture store) : StoreFacts(store)
{
    private const int Slots = 8;
    private static readonly TenantId Initech = TenantId.Parse("initech");

    [Fact]
    public async Task Claim_OlderBacklogOfAnotherTenant_HoldsUpNobodyForMoreThanAClaim()
    {
        await CreatedMany(await Installed(), 1_000, Minute(-60));
        var one = await Created(await Installed(Globex), Minute(0));

        var first = await ClaimSlots();
        var second = await ClaimSlots();

        Assert.Equal(Slots, first.Runs.Count);
        Assert.True(first.More);
        Assert.Contains(first.Runs.Concat(second.Runs), r => r.Schedule == one.Id);
    }

    [Fact]
    public async Task Claim_ThreeTenantsWithBacklogs_ShareTheSlots()
    {
        TenantId[] tenants = [Acme, Globex, Initech];
        for (var i = 0; i < tenants.Length; i++)
        {
            await CreatedMany(await Installed(tenants[i]), 150, Minute(i - 60));
        }

        await ClaimSlots();
        var served = new List<TenantId>();
        for (var i = 0; i < 10; i++)
        {
            served.AddRange((await ClaimSlots()).Runs.Select(r => r.Scope.Tenant));
        }

        Assert.Equal(10 * Slots, served.Count);
        var counts = tenants.Select(t => served.Count(s => s == t)).ToList();
        Assert.InRange(counts.Max() - counts.Min(), 0, Slots);
    }

    [Fact]
    public async Task Claim_MoreTenantsThanSlots_ComeToTheirTurn()
    {
        const int Others = 19;
        const int Claims = 2 * (Others + 1);
        await CreatedMany(await Installed(), Claims * Slots, Minute(-60));
        for (var i = 0; i < Others; i++)
        {
            await CreatedMany(await Installed(TenantId.Parse($"tenant-{i}")), 10, Minute(0).AddSeconds(-Others + i));
        }

        // A store may claim from a part of the tenants at a time, and once by due time before it goes round.
        var served = new HashSet<TenantId>();
        for (var i = 0; i < Claims; i++)
        {
            served.UnionWith((await ClaimSlots()).Runs.Select(r => r.Scope.Tenant));
        }

        Assert.Equal(Others + 1, served.Count);
    }

    [Fact]
    public async Task Claim_BacklogOfATenantAtItsLimit_HidesNobody()
    {
        await CreatedMany(await Installed(), 300, Minute(-60));
        await ClaimSlots(perTenant: 4);
        await ClaimSlots(perTenant: 4);
        var one = await Created(await Installed(Globex), Minute(0));

        var first = await ClaimSlots(perTenant: 4);
        var second = await ClaimSlots(perTenant: 4);

        Assert.Equal(one.Id, Assert.Single(first.Runs.Concat(second.Runs)).Schedule);
        Assert.All([first, second], b => Assert.InRange(b.PassedOver, 1, 300));
        Assert.False(second.More);
    }

    [Fact]
    public async Task Claim_BacklogOfAnInstallAtItsLimit_DoesNotHideItsTenantsOthers()
    {
        await CreatedMany(await Installed(), 300, Minute(-60));
        await ClaimSlots(perInstall: 2);
        await ClaimSlots(perInstall: 2);
        var other = await Created(await Installed(extension: "com.acme.other"), Minute(0));

        var first = await ClaimSlots(perInstall: 2);
        var second = await ClaimSlots(perInstall: 2);

        Assert.Equal(other.Id, Assert.Single(first.Runs.Concat(second.Runs)).Schedule);
        Assert.All([first, second], b => Assert.InRange(b.PassedOver, 1, 300));
    }

    [Fact]
    public async Task Claim_SlotGivenBackByATenantAtItsLimit_IsTakenFromItsBacklog()
    {
        await CreatedMany(await Installed(), 100, Minute(-60));
        var running = (await ClaimSlots(perTenant: 4)).Runs.ToList();
        running.AddRange((await ClaimSlots(perTenant: 4)).Runs);
        Assert.Equal(4, running.Count);
        await Complete(Succeeded(running[0], Minute(0)));

        Assert.Single((await ClaimSlots(perTenant: 4)).Runs);
    }

    [Fact]
    public async Task Claim_MassesOfQueuedRuns_HoldUpNobodyForLong()
    {
        var crowd = await Installed();
        await Queued(await CreatedMany(crowd, 300, due: null), Minute(-60));
        var due = await Created(await Installed(Globex), Minute(0));
        var asked = await Created(await Installed(Initech));
        await Queued([asked], Minute(0));

        var runs = (await ClaimSlots()).Runs.Concat((await ClaimSlots()).Runs).Concat((await ClaimSlots()).Runs).ToList();

        Assert.Contains(runs, r => r.Schedule == due.Id);
        Assert.Contains(runs, r => r.Schedule == asked.Id);
        Assert.Contains(runs, r => r.Scope == crowd);
    }

    [Fact]
    public async Task Claim_UntilNothingIsLeft_TakesEverythingOnce()
    {
        var due = new List<Schedule>();
        due.AddRange(await CreatedMany(await Installed(), 300, Minute(-60)));
        due.AddRange(await CreatedMany(await Installed(extension: "com.acme.other"), 40, Minute(-30)));
        due.AddRange(await CreatedMany(await Installed(Globex), 70, Minute(-45)));
        var asked = await CreatedMany(await Installed(Initech), 90, due: null);
        await Queued(asked, Minute(-10));

        var claimed = new List<ClaimedRun>();
        ClaimedBatch batch;
        do
        {
            batch = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 13, perInstall: 5, perTenant: 7, token: NewId()));
            Assert.True(batch.Runs.Count > 0 || !batch.More, "More was due, and nothing was taken with every slot free");
            claimed.AddRange(batch.Runs);
            await Complete([.. batch.Runs.Select(r => Succeeded(r, Minute(0)))]);
        }
        while (batch.Runs.Count > 0);

        Assert.Equal(0, batch.PassedOver);
        Assert.Equal(due.Concat(asked).Select(s => s.Id.Value).Order(), claimed.Select(r => r.Schedule.Value).Order());
    }

    private async Task<ClaimedBatch> ClaimSlots(int perInstall = 10_000, int perTenant = 10_000) =>
        await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: Slots, perInstall: perInstall, perTenant: perTenant, token: NewId()));

    // All at once, so that a store may share the cost among them; a millisecond apart, so that their order is known.
    private async Task<IReadOnlyList<Schedule>> CreatedMany(InstallScope scope, int count, DateTimeOffset? due)
    {
        var schedules = Enumerable.Range(0, count).Select(i => NewSchedule(scope, due?.AddMilliseconds(i)) with { Payload = null }).ToList();
        var outcomes = await Task.WhenAll(schedules.Select(s => Store.Schedules.CreateAsync(
            s, Limits(max: count), Entry("schedule.create", scope.Tenant, scope.Install, s.Id.ToString())).AsTask()));
        Assert.All(outcomes, o => Assert.Equal(ScheduleChangeKind.Done, o.Kind));
        return schedules;
    }

    private async Task Queued(IReadOnlyList<Schedule> schedules, DateTimeOffset at)
    {
        var outcomes = await Task.WhenAll(schedules.Select((s, i) => Store.Runs.RunNowAsync(
            s.Scope,
            s.Id,
            new RunId(NewId()),
            at.AddMilliseconds(i),
            "ops",
            Entry("schedule.run-now", s.Scope.Tenant, s.Scope.Install, s.Id.ToString())).AsTask()));
        Assert.All(outcomes, o => Assert.IsType<RunNowOutcome.Queued>(o));
    }
}
