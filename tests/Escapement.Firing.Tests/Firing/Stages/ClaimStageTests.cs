using Escapement.Firing.Claiming;
using Escapement.Scheduling;
using Escapement.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing.Stages;

public class ClaimStageTests
{
    private static readonly ClaimedBatch Nothing = new([], 0, 0, 0, false);

    private readonly EscapementTelemetry telemetry = new();
    private readonly FakeTimeProvider time = new(SomeRun.Due);
    private readonly StubClaims store = new();
    private readonly List<ClaimRequest> asked = [];

    public ClaimStageTests() => store.Claim = request =>
    {
        asked.Add(request);
        return Nothing;
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 9)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    public async Task Run_FreeSlots_AsksForNoMoreThanThemAndOneBatch(int freeSlots, int runs)
    {
        await Stage(new FiringOptions { ClaimBatch = 10 }).RunAsync(freeSlots, _ => 5, TestContext.Current.CancellationToken);

        Assert.Equal(runs, Assert.Single(asked).MaxRuns);
    }

    [Fact]
    public async Task Run_Twice_AsksWithTheNodesOptionsAndANewTokenEachTime()
    {
        var options = new FiringOptions { Node = "node-a", LeaseDuration = TimeSpan.FromSeconds(5), MaxRunningPerInstall = 2, MaxRunningPerTenant = 3 };
        var stage = Stage(options);

        var claimed = await stage.RunAsync(8, _ => 5, TestContext.Current.CancellationToken);
        await stage.RunAsync(8, _ => 5, TestContext.Current.CancellationToken);

        Assert.Equal(new Claimed(Nothing, SomeRun.Due, SomeRun.Due.AddSeconds(5)), claimed);
        Assert.All(asked, r => Assert.Equal(
            (SomeRun.Due, SomeRun.Due.AddSeconds(5), "node-a", 2, 3, 5),
            (r.Now, r.LeaseUntil, r.Node, r.MaxRunningPerInstall, r.MaxRunningPerTenant, r.RoomHere(TenantId.Parse("acme")))));
        Assert.NotEqual(asked[0].LeaseToken, asked[1].LeaseToken);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task Plan_AtTheCatchUpWindow_FiresOnlyWithin(int minutesLate, bool fires)
    {
        time.Advance(TimeSpan.FromMinutes(minutesLate));
        await Stage(new FiringOptions { CatchUpWindow = TimeSpan.FromHours(1) }).RunAsync(1, _ => 5, TestContext.Current.CancellationToken);

        var due = new DueSchedule(new ScheduleId(Ids.Next(time)), SomeRun.Due, "0 9 * * *", "UTC", ActiveRun: null, SchedulePolicy.Default);
        var plan = Assert.Single(asked).Plan(due);
        Assert.Equal(fires ? SomeRun.Due : null, plan.Fire);
    }

    // Outside the tests' own scheduler, so that what waits for the clock goes on within the clock's step.
    [Fact]
    public Task Run_StoreAwayForAWhile_AsksAgainUnderALeaseThatBeginsThen() => Task.Run(async () =>
    {
        store.Claim = request =>
        {
            asked.Add(request);
            return asked.Count == 1 ? throw new StoreUnavailableException("away") : Nothing;
        };
        var options = new FiringOptions();

        var claiming = Stage(options).RunAsync(1, _ => 5, CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        var claimed = await claiming.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([SomeRun.Due, SomeRun.Due.AddSeconds(1)], asked.Select(r => r.Now));
        Assert.Equal((SomeRun.Due.AddSeconds(1), SomeRun.Due.AddSeconds(1) + options.LeaseDuration), (claimed.Now, claimed.LeaseUntil));
    });

    [Fact]
    public async Task Run_StopWhileTheStoreIsAway_WaitsNoLonger()
    {
        using var stop = new CancellationTokenSource();
        store.Claim = _ => throw new StoreUnavailableException("away");

        var claiming = Stage(new FiringOptions()).RunAsync(1, _ => 5, stop.Token).AsTask();
        Assert.False(claiming.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claiming.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private ClaimStage Stage(FiringOptions options) => new(store, new StoreRetry(telemetry, time, NullLogger.Instance), options, telemetry, time);
}
