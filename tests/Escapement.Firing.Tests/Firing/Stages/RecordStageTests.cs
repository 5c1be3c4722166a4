using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing.Stages;

public class RecordStageTests
{
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly EscapementTelemetry telemetry = new();
    private readonly FakeTimeProvider time = new(SomeRun.Due);
    private readonly StubClaims store = new();
    private readonly HeldRuns held = new();
    private readonly EngineSignals told = new();
    private readonly List<IReadOnlyList<AttemptOutcome>> written = [];
    private readonly WakeSignal wake;
    private readonly RoomWatch room;
    private readonly RecordStage stage;

    public RecordStageTests()
    {
        wake = new WakeSignal(time);
        room = new RoomWatch(wake);
        stage = new RecordStage(store, held, new StoreRetry(telemetry, time, NullLogger.Instance), room, wake, telemetry, [told]);
        store.Record = outcomes =>
        {
            written.Add([.. outcomes]);
            return [];
        };
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(1_000, new[] { 1_000 })]
    [InlineData(1_001, new[] { 1_000, 1 })]
    public async Task Run_SoManyWaiting_WritesThemInBatches(int count, int[] batches)
    {
        var runs = await AddAsync(count);
        Assert.All(runs, run => Assert.True(run.Finished));

        await RecordAllAsync();

        Assert.Equal(batches, written.Select(b => b.Count));
        Assert.Equal(runs.Select(r => r.Claimed.Lease.Id), written.SelectMany(b => b).Select(o => o.Lease.Id));
        Assert.Equal(count, told.Outcomes.Count);
        Assert.Equal(count, room.Made);
        Assert.All(runs, run => Assert.Null(held.Find(run.Claimed.Lease.Id)));
    }

    [Fact]
    public async Task Run_LeaseNoLongerHeld_TellsNobodyOfThatOne()
    {
        using var listening = new Listening(telemetry);
        var runs = await AddAsync(3);
        store.Record = _ => [runs[1].Claimed.Lease.Id];

        await RecordAllAsync();

        Assert.Equal((2, 1), (listening.Of("escapement.runs").Count, listening.Of("escapement.lease.lost").Count));
        Assert.Equal([runs[0].Claimed.Lease.Id, runs[2].Claimed.Lease.Id], told.Outcomes.Select(o => o.Lease.Id));
        Assert.Null(held.Find(runs[1].Claimed.Lease.Id));
    }

    [Fact]
    public async Task Add_NothingToWrite_LetsTheRunGo()
    {
        var run = Hold();
        await stage.AddAsync(run, outcome: null);
        await RecordAllAsync();

        Assert.Empty(written);
        Assert.Null(held.Find(run.Claimed.Lease.Id));
    }

    [Fact]
    public async Task Add_NobodyRecordsAnyMore_DropsTheOutcome()
    {
        await RecordAllAsync();
        var run = Hold();
        await stage.AddAsync(run, Outcome(run));

        Assert.Empty(written);
        Assert.Null(held.Find(run.Claimed.Lease.Id));
    }

    [Fact]
    public async Task Run_ToBeTriedAgain_WakesTheEngineForThat()
    {
        var retryAt = SomeRun.Due.AddHours(1);
        var run = Hold();
        await stage.AddAsync(run, Outcome(run) with { State = RunState.Queued, RetryAt = retryAt });
        await RecordAllAsync();

        // The clock stands still: only the signal can end this sleep.
        await wake.SleepAsync(retryAt.AddTicks(1), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_SomethingWaitsForRoom_WakesTheEngineAtOnce(bool wanted)
    {
        room.Wanted = wanted;
        await AddAsync(1);
        await RecordAllAsync();

        using var end = new CancellationTokenSource();
        var sleeping = wake.SleepAsync(SomeRun.Due.AddTicks(1), end.Token);
        Assert.Equal(wanted, sleeping.IsCompleted);
        await end.CancelAsync();
        await sleeping;
    }

    // Outside the tests' own scheduler, so that what waits for the clock goes on within the clock's step.
    [Fact]
    public Task Run_StoreAwayForAWhile_WritesTheSameBatchAgain() => Task.Run(async () =>
    {
        var tries = 0;
        var runs = await AddAsync(2);
        store.Record = outcomes =>
        {
            written.Add([.. outcomes]);
            return ++tries == 1 ? throw new StoreUnavailableException("away") : [];
        };

        var recording = RecordAllAsync();
        Assert.NotNull(held.Find(runs[0].Claimed.Lease.Id));
        time.Advance(TimeSpan.FromSeconds(1));
        await recording.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([2, 2], written.Select(b => b.Count));
        Assert.Equal(2, told.Outcomes.Count);
    });

    [Fact]
    public async Task Run_StoreAwayPastTheEnd_GivesUp()
    {
        await AddAsync(1);
        store.Record = _ => throw new StoreUnavailableException("away");
        using var giveUp = new CancellationTokenSource();

        var recording = stage.RunAsync(giveUp.Token);
        Assert.False(recording.IsCompleted);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recording.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public Task Run_PartOfTheStoreAway_WritesTheOthersAtOnceAndThatOneWhenItIsBack() => Task.Run(async () =>
    {
        var away = true;
        var (there, apart, later) = (Hold(), Hold(Globex), Hold());
        store.Apart = [Globex];
        store.Record = outcomes =>
        {
            written.Add([.. outcomes]);
            return away && outcomes.Any(o => o.Lease.Tenant == Globex) ? throw PartAway() : [];
        };
        await stage.AddAsync(there, Outcome(there));
        await stage.AddAsync(apart, Outcome(apart));

        var recording = stage.RunAsync(CancellationToken.None);
        Assert.Equal([there.Claimed.Lease.Id], told.Outcomes.Select(o => o.Lease.Id));
        await stage.AddAsync(later, Outcome(later));
        stage.Complete();
        await told.RecordedAsync(2);
        Assert.False(recording.IsCompleted);
        Assert.NotNull(held.Find(apart.Claimed.Lease.Id));

        away = false;
        time.Advance(TimeSpan.FromSeconds(10));
        await recording.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([there, later, apart], told.Outcomes.Select(o => new[] { there, later, apart }.Single(r => r.Claimed.Lease.Id == o.Lease.Id)));
        Assert.Null(held.Find(apart.Claimed.Lease.Id));
        Assert.Equal(3, room.Made);
    });

    private static StoreUnavailableException PartAway() => new("a machine is away") { InPart = true };

    private static AttemptOutcome Outcome(HeldRun run) => new()
    {
        Lease = run.Claimed.Lease,
        Attempt = run.Claimed.Attempt,
        State = RunState.Succeeded,
        Reason = RunReason.None,
        FinishedAt = SomeRun.Due,
    };

    private HeldRun Hold(TenantId? tenant = null) => held.Add(
        tenant is { } other ? SomeRun.Claimed(new InstallScope(other, new InstallId(Ids.Next(TimeProvider.System)))) : SomeRun.Claimed(),
        SomeRun.Due.AddSeconds(7));

    private async Task<List<HeldRun>> AddAsync(int count)
    {
        var runs = Enumerable.Range(0, count).Select(_ => Hold()).ToList();
        foreach (var run in runs)
        {
            await stage.AddAsync(run, Outcome(run));
        }

        return runs;
    }

    private Task RecordAllAsync()
    {
        stage.Complete();
        return stage.RunAsync(CancellationToken.None);
    }
}
