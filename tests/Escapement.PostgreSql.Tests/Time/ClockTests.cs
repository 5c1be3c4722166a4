using Escapement.Storage;

namespace Escapement.PostgreSql.Tests.Time;

/// <summary>The database's time decides; a node whose own clock is off by more than a second says so, and fires by the database's all the same.</summary>
public sealed class ClockTests : IAsyncDisposable
{
    private const int ClockOff = 5003;

    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();
    private readonly RecordedLog log = new();

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Theory]
    [InlineData(1_500, "1.5 s ahead of")]
    [InlineData(-3_600_000, "3600.0 s behind")]
    public async Task Health_ClockOffByMoreThanASecond_WarnsAndLogsAndTellsTheDatabasesTime(int milliseconds, string says)
    {
        await using var store = await PostgreSqlStore.OpenAsync(options, new SetClock(TimeSpan.FromMilliseconds(milliseconds)), log);

        var health = await store.Health.CheckAsync();

        Assert.True(health.IsHealthy);
        Assert.Contains(says, health.Warning, StringComparison.Ordinal);
        Assert.StartsWith("Warning: This node's clock is ", await log.FirstAsync(ClockOff), StringComparison.Ordinal);
        var database = await TestDatabase.ReadAsync<DateTime>(options, "SELECT clock_timestamp()");
        Assert.InRange(store.Clock.GetUtcNow() - database, TimeSpan.FromMilliseconds(-500), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(-500)]
    public async Task Health_ClockOffByLess_SaysNothing(int milliseconds)
    {
        await using var store = await PostgreSqlStore.OpenAsync(options, new SetClock(TimeSpan.FromMilliseconds(milliseconds)), log);

        Assert.Equal(new StoreHealth(true, null), await store.Health.CheckAsync());
    }

    [Fact]
    public async Task Clock_NodesOwnIsSetWhileItRuns_GoesOnByTheDatabases()
    {
        var node = new SetClock(TimeSpan.Zero);
        await using var store = await PostgreSqlStore.OpenAsync(options, node, log);
        Assert.Null((await store.Health.CheckAsync()).Warning);

        node.Offset = TimeSpan.FromHours(1);

        Assert.InRange(store.Clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(5));
        Assert.Contains("ahead of", (await store.Health.CheckAsync()).Warning, StringComparison.Ordinal);
    }

    /// <summary>The machine's clock, set wrong. What waits by it is called at once, so that rounds need not be waited for.</summary>
    private sealed class SetClock(TimeSpan offset) : TimeProvider
    {
        public TimeSpan Offset { get; set; } = offset;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
