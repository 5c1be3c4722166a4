using Escapement.Runs;

namespace Escapement.Stores.Conformance;

public abstract class ClaimLimitFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Claim_InstallAtItsLimit_IsPassedOverAndStaysDue()
    {
        var busy = await Installed();
        var free = await Installed(extension: "com.acme.other");
        for (var i = 0; i < 3; i++)
        {
            await Created(busy, Minute(-5 + i));
        }

        var late = await Created(free, Minute(0));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 2));

        Assert.Equal(3, batch.Runs.Count);
        Assert.Contains(batch.Runs, r => r.Schedule == late.Id);
        Assert.Equal(1, batch.PassedOver);
        Assert.False(batch.More);
        var again = await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 2));
        Assert.Equal((0, 1), (again.Runs.Count, again.PassedOver));
        await Complete(Succeeded(batch.Runs[0], Minute(0)));
        Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 2))).Runs);
    }

    [Fact]
    public async Task Claim_TenantAtItsLimit_IsPassedOverAcrossItsInstalls()
    {
        foreach (var extension in new[] { "com.acme.a", "com.acme.b", "com.acme.c" })
        {
            await Created(await Installed(extension: extension), Minute(-1));
        }

        var other = await Created(await Installed(Globex), Minute(0));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), perTenant: 2));

        Assert.Equal(2, batch.Runs.Count(r => r.Scope.Tenant == Acme));
        Assert.Equal(other.Id, Assert.Single(batch.Runs, r => r.Scope.Tenant == Globex).Schedule);
        Assert.Equal(1, batch.PassedOver);
    }

    [Fact]
    public async Task Claim_PassedOver_DoesNotCountAsChangedNorStopTheSearch()
    {
        var busy = await Installed();
        for (var i = 0; i < 40; i++)
        {
            await Created(busy, Minute(-20));
        }

        var free = await Created(await Installed(Globex), Minute(0));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 3, maxChanged: 3, perInstall: 1));

        Assert.Equal(39, batch.PassedOver);
        Assert.Contains(batch.Runs, r => r.Schedule == free.Id);
        Assert.Equal(2, batch.Runs.Count);
    }

    [Fact]
    public async Task Claim_OverlapInASaturatedInstall_IsRecordedAllTheSame()
    {
        var schedule = await Created(await Installed(), Minute(0));
        Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 1))).Runs);

        var batch = await Store.Claims.ClaimAsync(Request(Minute(5), perInstall: 1));

        Assert.Equal((1, 0), (batch.Skipped, batch.PassedOver));
        Assert.Equal(RunState.Skipped, (await Ledger(schedule))[0].State);
    }

    [Fact]
    public async Task Claim_QueuedRunOfASaturatedInstall_IsPassedOver()
    {
        var scope = await Installed();
        await Created(scope, Minute(0));
        Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 1))).Runs);
        var asked = await Created(scope);
        await Store.Runs.RunNowAsync(scope, asked.Id, new RunId(NewId()), Minute(0), "ops", Entry("schedule.run-now"));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), perInstall: 1));

        Assert.Equal((0, 1), (batch.Runs.Count, batch.PassedOver));
        Assert.Equal(RunState.Queued, Assert.Single(await Ledger(asked)).State);
    }

    [Fact]
    public async Task Claim_QueuedAndDue_TakesQueuedFirst()
    {
        var scope = await Installed();
        var due = await Created(scope, Minute(-10));
        var asked = await Created(scope);
        await Store.Runs.RunNowAsync(scope, asked.Id, new RunId(NewId()), Minute(0), "ops", Entry("schedule.run-now"));

        var first = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 1));
        var second = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 1));

        Assert.Equal(asked.Id, Assert.Single(first.Runs).Schedule);
        Assert.True(first.More);
        Assert.Equal(due.Id, Assert.Single(second.Runs).Schedule);
    }
}
