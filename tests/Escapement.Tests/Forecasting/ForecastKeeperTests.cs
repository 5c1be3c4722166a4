using Escapement.Audit;
using Escapement.Forecasting;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Forecasting;

public sealed class ForecastKeeperTests : IForecastStore, IPauseStore, INodeStore, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Noon);
    private readonly ForecastKeeper keeper;
    private readonly ForecastQuery query = new(TenantId.Parse("acme"), Noon, Noon.AddHours(2), ForecastStep.Hour);
    private IReadOnlyList<OuterPause> above = [];
    private int reads;

    public ForecastKeeperTests() => keeper = new ForecastKeeper(this, this, this, NodeSilence.On(time), new ScheduleLimits(), time);

    TimeSpan? INodeStore.ClockOffset => null;

    public void Dispose() => keeper.Dispose();

    [Theory]
    [InlineData(59_999, false)]
    [InlineData(60_000, true)]
    public async Task Get_OneStepEitherSideOfAMinute_IsTheSameOrMadeAnew(int milliseconds, bool anew)
    {
        var first = await GetAsync(query);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var second = await GetAsync(query);

        Assert.Equal((anew, anew ? 2 : 1), (!ReferenceEquals(first, second), reads));
        Assert.Equal(time.GetUtcNow(), anew ? second.MadeAt : first.MadeAt.AddMilliseconds(milliseconds));
    }

    [Fact]
    public async Task Get_AfterTheClockWasSetBack_IsMadeAnew()
    {
        await GetAsync(query);
        var earlier = new FakeTimeProvider(Noon.AddSeconds(-1));
        using var other = new ForecastKeeper(this, this, this, NodeSilence.On(time), new ScheduleLimits(), new Steps(time, earlier));
        await other.GetAsync(query, TestContext.Current.CancellationToken);

        Assert.Equal(earlier.GetUtcNow(), (await other.GetAsync(query, TestContext.Current.CancellationToken)).MadeAt);
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task Get_AfterAPauseAboveBeganOrEnded_IsMadeAnew()
    {
        var first = await GetAsync(query);
        above = [Held(PauseLayer.Tenant)];
        var paused = await GetAsync(query);
        above = [Held(PauseLayer.Tenant)];
        var same = await GetAsync(query);
        above = [Held(PauseLayer.Tenant), Held(PauseLayer.Host)];
        await GetAsync(query);
        above = [];
        var resumed = await GetAsync(query);

        Assert.NotSame(first, paused);
        Assert.Same(paused, same);
        Assert.NotSame(first, resumed);
        Assert.Equal(4, reads);

        static OuterPause Held(PauseLayer layer) => new(
            new PauseTarget(layer == PauseLayer.Host ? null : TenantId.Parse("acme"), null),
            new Pause { Id = Guid.Empty, Layer = layer, Since = Noon, Cause = PauseCause.Asked, Note = "new disk", By = "jo" });
    }

    [Fact]
    public async Task Get_OfAnother_IsAnother()
    {
        var first = await GetAsync(query);

        Assert.NotSame(first, await GetAsync(query with { Tenant = TenantId.Parse("globex") }));
        Assert.NotSame(first, await GetAsync(query with { By = ForecastStep.Minute }));
        Assert.Same(first, await GetAsync(query));
        Assert.Equal(3, reads);
    }

    ValueTask IForecastStore.ReadAsync(TenantId? tenant, InstallId? install, Action<PlannedSchedule> take, CancellationToken cancellationToken)
    {
        reads++;
        return ValueTask.CompletedTask;
    }

    ValueTask<IReadOnlyList<OuterPause>> IPauseStore.ListAsync(TenantId? tenant, CancellationToken cancellationToken) => new(above);

    ValueTask<IReadOnlyList<HostNode>> INodeStore.ListAsync(CancellationToken cancellationToken) => new([]);

    ValueTask<IReadOnlyList<OuterPause>> IPauseStore.ListAllAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

    ValueTask<PauseOutcome> IPauseStore.PauseAsync(OuterPause pause, AuditEntry audit, Func<Pause?, bool>? expected, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    ValueTask<PauseOutcome> IPauseStore.ResumeAsync(PauseTarget target, PauseEnding ending, AuditEntry audit, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    IAsyncEnumerable<Schedule> IPauseStore.HeldAsync(PauseTarget target, CancellationToken cancellationToken) => throw new InvalidOperationException();

    ValueTask<DrainOutcome> INodeStore.DrainAsync(
        Guid id, Func<HostNode?, DrainOutcome> change, AuditEntry audit, CancellationToken cancellationToken) => throw new InvalidOperationException();

    ValueTask<HeardByNode> INodeStore.BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    ValueTask<IReadOnlyList<Outage>> INodeStore.ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    private ValueTask<Forecast> GetAsync(ForecastQuery asked) => keeper.GetAsync(asked, TestContext.Current.CancellationToken);

    // A clock that shows something else each time it is asked.
    private sealed class Steps(params TimeProvider[] clocks) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow() => clocks[Math.Min(asked++, clocks.Length - 1)].GetUtcNow();
    }
}
