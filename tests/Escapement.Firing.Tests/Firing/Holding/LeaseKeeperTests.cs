using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Stages;
using Escapement.Runs;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing.Holding;

/// <summary>Leases in a store of which a part is away.</summary>
public sealed class LeaseKeeperTests : IDisposable, IFiringObserver
{
    private static readonly FiringOptions Options = new() { Node = "node-a" };
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly FakeTimeProvider time = new(SomeRun.Due);
    private readonly HeldRuns held = new();
    private readonly List<RecoveryRequest> looks = [];
    private readonly List<SettledRun> recovered = [];
    private readonly StubClaims store = new() { Apart = [Globex] };
    private readonly EscapementTelemetry telemetry = new();
    private readonly LeaseKeeper keeper;
    private bool away = true;

    public LeaseKeeperTests()
    {
        keeper = new LeaseKeeper(store, held, Options, new WakeSignal(time), telemetry, [this], time, NullLogger<LeaseKeeper>.Instance);
        store.Extend = (runs, _) => away && runs.Any(r => r.Tenant == Globex)
            ? throw new StoreUnavailableException("a machine is away") { InPart = true }
            : [];
        store.Recover = request =>
        {
            looks.Add(request);
            return new RecoveredRuns(0, 0);
        };
    }

    public void Dispose() => telemetry.Dispose();

    [Fact]
    public async Task Round_PartOfTheStoreAway_KeepsTheLeasesOfTheOthersAndEndsWhatLostIts()
    {
        var (there, apart, finished) = (Hold("acme"), Hold("globex"), Hold("globex"));
        finished.Finish();

        await RoundsAsync(9);

        Assert.True(there.LeaseUntil >= time.GetUtcNow());
        Assert.Equal((EarlyEnd.None, EarlyEnd.LeaseLost, EarlyEnd.None), (there.EndedBy, apart.EndedBy, finished.EndedBy));
        Assert.NotEmpty(looks);
        Assert.All(looks, look => Assert.Null(look.StoreAwaySince));
    }

    [Fact]
    public async Task Round_PartOfTheStoreWasAwayForLong_TakesItsRunsBackAsLostWithTheStore()
    {
        var finished = Hold("globex");
        finished.Finish();
        await RoundsAsync(9);
        looks.Clear();

        away = false;
        await RoundsAsync(1);

        Assert.NotNull(looks[0].StoreAwaySince);
    }

    [Fact]
    public async Task Round_RunsOfALostNode_AreTakenBackAndToldToThoseWhoWatch()
    {
        var run = new RunningRun
        {
            Id = new RunId(Guid.CreateVersion7()),
            Scope = new InstallScope(Globex, new InstallId(Guid.CreateVersion7())),
            Schedule = new ScheduleId(Guid.CreateVersion7()),
            DueAt = SomeRun.Due,
            Trigger = RunTrigger.Schedule,
            Attempt = 1,
            LostAttempts = 0,
            StoppedAttempts = 0,
            EarlierAttempts = [],
            Node = "node-b",
            StartedAt = SomeRun.Due,
            LeaseUntil = SomeRun.Due,
            CreatedAt = SomeRun.Due,
        };
        var lost = new SettledRun(run) { State = RunState.Queued, Reason = RunReason.NodeLost, At = SomeRun.Due };
        store.Recover = _ => RecoveredRuns.Of([lost]);

        await RoundsAsync(1);

        Assert.Equal([lost], recovered);
        recovered.Clear();
        store.Recover = _ => new RecoveredRuns(0, 0);
        await RoundsAsync(1);
        Assert.Empty(recovered);
    }

    void IFiringObserver.Claimed(ClaimedBatch batch)
    {
    }

    void IFiringObserver.Sleeping(DateTimeOffset until)
    {
    }

    void IFiringObserver.Recorded(AttemptOutcome outcome)
    {
    }

    void IFiringObserver.Recovered(RecoveredRuns back) => recovered.AddRange(back.Runs);

    private HeldRun Hold(string tenant) => held.Add(
        SomeRun.Claimed(new InstallScope(TenantId.Parse(tenant), new InstallId(Ids.Next(TimeProvider.System)))), time.GetUtcNow() + Options.LeaseDuration);

    // Outside the tests' own scheduler, so that each round is over within the clock's step.
    private Task RoundsAsync(int count) => Task.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var keeping = keeper.RunAsync(stop.Token);
        for (var round = 1; round < count; round++)
        {
            time.Advance(Options.LeaseDuration / 4);
        }

        await stop.CancelAsync();
        await keeping;
    });
}
