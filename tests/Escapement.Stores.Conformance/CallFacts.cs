using Escapement.Calls;
using Escapement.Retention;
using Escapement.Runs;

namespace Escapement.Stores.Conformance;

public abstract class CallFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Get_AsKept_IsTheSame()
    {
        var scope = await Installed();
        var call = Call(scope) with
        {
            Status = 500,
            Reason = RunReason.Trap,
            Error = "trap \u00e4\ud83d\ude00",
            Duration = TimeSpan.FromMilliseconds(12),
            Evidence = new RunEvidence([new GuestLogLine(T0, "stdout", "hello")], 3, new Dictionary<string, int> { ["scheduler.list"] = 2 }),
        };

        await Store.Calls.KeepAsync(call, 10);
        await Store.Calls.KeepAsync(call, 10);

        var kept = (await Store.Calls.GetAsync(scope, call.Id))!;
        Assert.Equal(call with { Evidence = kept.Evidence }, kept);
        Assert.Equal(call.Evidence.Log, kept.Evidence.Log);
        Assert.Equal((3, 2), (kept.Evidence.DroppedLogLines, kept.Evidence.HostCalls["scheduler.list"]));
        Assert.Equal(call with { Evidence = RunEvidence.None }, Assert.Single(await Store.Calls.ListAsync(scope, null, 10)));
    }

    [Fact]
    public async Task Get_AnotherTenantsOrInstalls_IsNull()
    {
        var (mine, other) = (await Installed(), await Installed(Globex));
        var call = Call(mine);
        await Store.Calls.KeepAsync(call, 10);

        Assert.Null(await Store.Calls.GetAsync(other, call.Id));
        Assert.Null(await Store.Calls.GetAsync(mine with { Tenant = Globex }, call.Id));
        Assert.Null(await Store.Calls.GetAsync(mine, NewId()));
        Assert.Empty(await Store.Calls.ListAsync(other, null, 10));
        Assert.Empty(await Store.Calls.ListAsync(mine with { Tenant = Globex }, null, 10));
    }

    [Fact]
    public async Task Keep_MoreThanTheMost_RemovesTheOldestOfThatInstallAlone()
    {
        var (mine, other) = (await Installed(), await Installed(Globex));
        var others = Call(other);
        await Store.Calls.KeepAsync(others, 3);
        var calls = Enumerable.Range(0, 5).Select(_ => Call(mine)).ToList();
        foreach (var call in calls)
        {
            await Store.Calls.KeepAsync(call, 3);
        }

        Assert.Equal(calls[2..].Select(c => c.Id).Reverse(), (await Store.Calls.ListAsync(mine, null, 10)).Select(c => c.Id));
        Assert.Equal(others.Id, Assert.Single(await Store.Calls.ListAsync(other, null, 10)).Id);
    }

    [Fact]
    public async Task List_ByPages_HasEachOnceNewestFirst()
    {
        var scope = await Installed();
        var calls = Enumerable.Range(0, 5).Select(_ => Call(scope)).ToList();
        foreach (var call in calls)
        {
            await Store.Calls.KeepAsync(call, 10);
        }

        var first = await Store.Calls.ListAsync(scope, null, 3);
        var second = await Store.Calls.ListAsync(scope, first[^1].Id, 3);

        Assert.Equal(calls.Select(c => c.Id).Reverse(), first.Concat(second).Select(c => c.Id));
    }

    [Fact]
    public async Task Retention_OldAndNewCalls_TakesTheOldWithTheRuns()
    {
        var scope = await Installed();
        var call = Call(scope);
        await Store.Calls.KeepAsync(call, 10);

        await Store.Retention.StepAsync(new RetentionCutoffs(T0, T0.AddDays(-1), null));
        Assert.NotNull(await Store.Calls.GetAsync(scope, call.Id));
        var later = TimeProvider.System.GetUtcNow().AddDays(1);
        await Store.Retention.StepAsync(new RetentionCutoffs(later, later, null));
        Assert.Null(await Store.Calls.GetAsync(scope, call.Id));
    }

    private static KeptCall Call(InstallScope scope) => new()
    {
        Id = NewId(),
        Scope = scope,
        At = T0,
        Version = VersionA,
        Method = "GET",
        Path = "/api/status",
    };
}
