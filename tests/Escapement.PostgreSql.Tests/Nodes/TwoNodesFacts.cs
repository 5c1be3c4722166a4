using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Nodes;

/// <summary>What the conformance facts say of one store holds when two nodes have one each on the same schema.</summary>
public sealed class TwoNodesFacts(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Claim_BothAtOnce_OpenNoMoreOfAnInstallThanItMay()
    {
        var scope = await Installed();
        for (var i = 0; i < 40; i++)
        {
            await Created(scope, Minute(-1));
        }

        await using var other = await OtherNodeAsync();
        var runs = await ClaimByBothAsync(other, perInstall: 3, perTenant: 100);

        Assert.Equal(3, runs.Count);
        Assert.Equal(3, await RunningAsync());

        // One that ends on either node makes room for one on either.
        Assert.Empty(await other.Claims.RecordAsync([Succeeded(runs[0], Minute(0))]));
        Assert.Single(await ClaimByBothAsync(other, perInstall: 3, perTenant: 100));
        Assert.Equal(3, await RunningAsync());
    }

    [Fact]
    public async Task Claim_BothAtOnce_OpenNoMoreOfATenantThanItMay()
    {
        foreach (var extension in new[] { "com.acme.a", "com.acme.b", "com.acme.c" })
        {
            var scope = await Installed(extension: extension);
            for (var i = 0; i < 10; i++)
            {
                await Created(scope, Minute(-1));
            }
        }

        await using var other = await OtherNodeAsync();

        Assert.Equal(5, (await ClaimByBothAsync(other, perInstall: 4, perTenant: 5)).Count);
        Assert.Equal(5, await RunningAsync());
    }

    [Fact]
    public async Task Claim_BothAtOnceInACatchUp_RunEachOccurrenceOnceAndOneAtATime()
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(-100)) with { Policy = new SchedulePolicy { Missed = MissedPolicy.All } });
        await using var other = await OtherNodeAsync();
        static OccurrencePlan Plan(DueSchedule due) => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, Minute(0));
        var ran = new List<DateTimeOffset>();
        for (var i = 0; i < 21; i++)
        {
            var run = Assert.Single(await ClaimByBothAsync(other, perInstall: 100, perTenant: 100, Plan));
            ran.Add(run.DueAt);
            Assert.Empty(await (i % 2 == 0 ? Store : other).Claims.RecordAsync([Succeeded(run, Minute(-1))]));
        }

        Assert.Empty(await ClaimByBothAsync(other, perInstall: 100, perTenant: 100, Plan));
        Assert.Equal(Enumerable.Range(-20, 21).Select(i => Minute(i * 5)), ran);
        Assert.Equal((null, Minute(5)), await Reloaded(schedule) is var after ? (after.Waiting, after.NextDueAt) : default);
    }

    [Fact]
    public async Task Create_TwoHundredAtOnceOverBoth_LeaveExactlyFiftyAndNoNameTwice()
    {
        var scope = await Installed();
        await using var other = await OtherNodeAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            await Node(other, i).CreateAsync(NewSchedule(scope, name: $"name {i % 100}"), Limits(), Entry("schedule.create", scope.Tenant, scope.Install)))));

        var there = await Store.Schedules.ListAsync(scope);
        Assert.Equal(50, outcomes.Count(o => o.Kind == ScheduleChangeKind.Done));
        Assert.Equal((50, 50), (there.Count, there.Select(s => s.Name).Distinct().Count()));
        Assert.Equal(50, (await Store.Audit.ListAsync(scope.Tenant, 1_000, scope.Install)).Count(e => e.Action == "schedule.create"));
    }

    [Fact]
    public async Task Change_BothAtOnce_TakeNoMoreThanTheBurst()
    {
        var scope = await Installed();
        await using var other = await OtherNodeAsync();
        var limits = new ScheduleChangeLimits(T0, 50, new TokenBucket(10, 60));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
            await Node(other, i).CreateAsync(NewSchedule(scope), limits, Entry("schedule.create", scope.Tenant, scope.Install)))));

        Assert.Equal((10, 30), (outcomes.Count(o => o.Kind == ScheduleChangeKind.Done), outcomes.Count(o => o.Kind == ScheduleChangeKind.RateLimited)));
    }

    [Fact]
    public async Task Writes_OfANodeThatStalled_AreRefusedAndChangeNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var stalled = Assert.Single((await Claim(Minute(0))).Runs);
        await using var other = await OtherNodeAsync();

        // Its lease runs out, and the other node queues the run again.
        Assert.Equal(new RecoveredRuns(1, 0), await other.Claims.RecoverAsync(Recovery(Minute(1), 3)));
        await AssertRefusedAsync(stalled, schedule);

        // The other node has it.
        var taken = Assert.Single((await other.Claims.ClaimAsync(Request(Minute(1), token: TokenB, node: "node-b"))).Runs);
        Assert.Equal((stalled.Lease.Id, 2), (taken.Lease.Id, taken.Attempt));
        await AssertRefusedAsync(stalled, schedule);

        // The other node has ended it.
        Assert.Empty(await other.Claims.RecordAsync([Failed(taken, Minute(1))]));
        await AssertRefusedAsync(stalled, schedule);
        Assert.Equal((RunState.Failed, 2, "node-b"), ((await Reloaded(stalled)).State, (await Reloaded(stalled)).Attempt, (await Reloaded(stalled)).Node));
    }

    private async Task AssertRefusedAsync(ClaimedRun stalled, Schedule schedule)
    {
        var (run, row) = (await RunAsync(stalled.Lease.Id), await RowAsync("schedules", schedule.Id.Value));

        Assert.Equal([stalled.Lease.Id], await Store.Claims.RecordAsync([Succeeded(stalled, Minute(0))]));
        Assert.Equal([stalled.Lease.Id], await Store.Claims.RecordAsync([Failed(stalled, Minute(0), retryAt: Minute(5))]));
        Assert.Equal([stalled.Lease.Id], await Store.Claims.ExtendLeasesAsync([stalled.Lease], Minute(9), latest: null));

        Assert.Equal((run, row), (await RunAsync(stalled.Lease.Id), await RowAsync("schedules", schedule.Id.Value)));
    }

    // Whatever is kept of it, its lease included.
    private async Task<string> RunAsync(RunId id) =>
        string.Join('|', await RowAsync("queued_runs", id.Value), await RowAsync("running_runs", id.Value), await RowAsync("runs", id.Value));

    private Task<string> RowAsync(string table, Guid id) =>
        TestDatabase.ReadAsync<string>(options, $"SELECT coalesce((SELECT t::text FROM {table} t WHERE id = '{id}'), '')");

    private async Task<int> RunningAsync() => (int)await TestDatabase.ReadAsync<long>(options, "SELECT count(*) FROM running_runs");

    private async Task<IStore> OtherNodeAsync() => await PostgreSqlStore.OpenAsync(options, TimeProvider.System);

    private IScheduleStore Node(IStore other, int i) => i % 2 == 0 ? Store.Schedules : other.Schedules;

    // Each node asks again and again, as engines do that were told of more.
    private async Task<List<ClaimedRun>> ClaimByBothAsync(
        IStore other, int perInstall, int perTenant, Func<DueSchedule, OccurrencePlan>? plan = null)
    {
        var claims = await Task.WhenAll(((IClaimStore[])[Store.Claims, other.Claims]).Select((node, n) => Task.Run(async () =>
        {
            var runs = new List<ClaimedRun>();
            for (var i = 0; i < 10; i++)
            {
                var request = Request(
                    Minute(0), perInstall: perInstall, perTenant: perTenant, token: n == 0 ? TokenA : TokenB, node: $"node-{n}", plan: plan);
                runs.AddRange((await node.ClaimAsync(request)).Runs);
            }

            return runs;
        })));
        return [.. claims.SelectMany(r => r)];
    }
}
