using Escapement.Firing;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Storage;
using Escapement.Stores.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.PostgreSql.Tests.Tenancy;

/// <summary>One of two machines is away: what lies on the other goes on.</summary>
public sealed class MachineAwayTests(MachineAwayTests.Fixture fixture) : StoreFacts(fixture), IClassFixture<MachineAwayTests.Fixture>
{
    private const int MachineAway = 5008;
    private const int MachineBack = 5009;

    private TwoMachines Machines => fixture.Machines;

    [Fact]
    public async Task Claim_MachineAway_TakesWhatLiesOnTheOther()
    {
        var (even, _) = (await DueAsync(TwoMachines.Even), await DueAsync(TwoMachines.Odd));
        await Machines.LoseAsync();

        var batch = await Claim(Minute(0));

        Assert.Equal(even, Assert.Single(batch.Runs).Schedule);
        Assert.Contains("Machine odd:5432", Assert.Single(fixture.Log.Texts(MachineAway)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peek_MachineAway_SeesWhatIsDueOnTheOther()
    {
        await Created(await Installed(TwoMachines.Even), Minute(9));
        await Created(await Installed(TwoMachines.Odd), Minute(5));
        await Machines.LoseAsync();

        Assert.Equal(Minute(9), await Store.Claims.PeekAsync(Minute(0)));
    }

    [Fact]
    public async Task Recover_MachineAway_TakesBackWhatLiesOnTheOther()
    {
        await DueAsync(TwoMachines.Even);
        await DueAsync(TwoMachines.Odd);
        Assert.Equal(2, (await Claim(Minute(0))).Runs.Count);
        await Machines.LoseAsync();

        Assert.Equal(1, (await Store.Claims.RecoverAsync(Recovery(Minute(60), 3))).Total);
        await Machines.BringBackAsync();
        Assert.Equal(1, (await Store.Claims.RecoverAsync(Recovery(Minute(60), 3))).Total);
    }

    [Fact]
    public async Task Record_MachineAway_SaysThatAPartIsAwayAndWritesTheOtherByItself()
    {
        await DueAsync(TwoMachines.Even);
        await DueAsync(TwoMachines.Odd);
        var runs = (await Claim(Minute(0))).Runs;
        var even = runs.Single(r => r.Scope.Tenant == TwoMachines.Even);
        await Machines.LoseAsync();

        await AssertInPartAsync(async () => await Store.Claims.RecordAsync([.. runs.Select(r => Succeeded(r, Minute(1)))]));
        await AssertInPartAsync(async () => await Store.Claims.ExtendLeasesAsync([.. runs.Select(r => r.Lease)], Minute(9), latest: null));
        await AssertInPartAsync(async () => await Store.Audit.AppendAsync([.. runs.Select(r => Entry("a.test") with { Tenant = r.Scope.Tenant })]));

        Assert.NotEqual(Store.Claims.PartOf(TwoMachines.Even), Store.Claims.PartOf(TwoMachines.Odd));
        Assert.NotEqual(Store.Audit.PartOf(TwoMachines.Even), Store.Audit.PartOf(TwoMachines.Odd));
        Assert.Empty(await Store.Claims.ExtendLeasesAsync([even.Lease], Minute(9), latest: null));
        Assert.Empty(await Store.Claims.RecordAsync([Succeeded(even, Minute(1))]));
    }

    [Fact]
    public async Task Health_MachineAway_IsHealthyAndSaysWhatIsMissingAndWithoutBothIsNot()
    {
        await Machines.LoseAsync();
        Assert.Equal(
            new StoreHealth(
                true,
                null,
                "16 of 32 buckets do not answer, because a machine of the database is away. What belongs to the tenants in them waits until it is back"),
            await Store.Health.CheckAsync());

        await Machines.LoseAsync(even: true);
        Assert.False((await Store.Health.CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task Look_MachineThatIsAway_IsAskedAgainLaterEachTimeAndLookedIntoWhenItIsBack()
    {
        await Machines.LoseAsync();
        var (time, log) = (new FakeTimeProvider(), new RecordedLog());
        await using var pool = new Pool(fixture.Options, distributed: true);
        var machines = new Machines(pool, time, log);
        Assert.Equal(16, await ReadAsync());

        await Machines.BringBackAsync();
        Assert.Equal(16, await ReadAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(32, await ReadAsync());
        Assert.Single(log.Texts(MachineBack));

        await Machines.LoseAsync();
        Assert.Equal(16, await ReadAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(16, await ReadAsync());
        await Machines.BringBackAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(16, await ReadAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(32, await ReadAsync());

        ValueTask<int> ReadAsync() => machines.LookAsync(
            async (buckets, ct) =>
            {
                await pool.ListAsync(BatchStatement.Of("health_read_there").Set("buckets", buckets), r => r.Long(0), ct);
                return buckets.Count;
            },
            TestContext.Current.CancellationToken);
    }

    private static async Task AssertInPartAsync(Func<Task> change) => Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(change)).InPart);

    private async Task<ScheduleId> DueAsync(TenantId tenant) => (await Created(await Installed(tenant), Minute(0))).Id;

    /// <summary>A store on two machines, both of them there and empty.</summary>
    public sealed class Fixture : IStoreFixture
    {
        private readonly OwnDatabase database = new();
        private PostgreSqlStore? store;

        public Fixture() => Options = database.NewOptions();

        public PostgreSqlStoreOptions Options { get; }

        internal TwoMachines Machines => new(Options);

        internal RecordedLog Log { get; private set; } = new();

        internal IStore Store => store!;

        IStore IStoreFixture.Store => Store;

        public async ValueTask InitializeAsync()
        {
            await database.InitializeAsync();
            await Machines.MakeAsync();
        }

        public async ValueTask ResetAsync()
        {
            await DisposeStoreAsync();
            await Machines.BringBackAsync();
            await TestDatabase.RunAsync(Options, $"TRUNCATE {string.Join(", ", StoreTable.Copied.Select(t => t.Name))}");
            Log = new RecordedLog();
            store = await PostgreSqlStore.OpenAsync(Options, TimeProvider.System, Log);
        }

        public async ValueTask DisposeAsync()
        {
            await DisposeStoreAsync();
            await database.DisposeAsync();
        }

        private ValueTask DisposeStoreAsync() => store?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
