using Escapement.Audit;
using Escapement.PostgreSql.Tests.Nodes;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Stores.Conformance;
using Escapement.Waking;

namespace Escapement.PostgreSql.Tests.Waking;

/// <summary>
/// A change on one node reaches the others at once; and if the word is lost, they find it by looking. A node that looks once a minute
/// and yet fires while a test waits did not find it by looking.
/// </summary>
public sealed class WakeTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);
    private static readonly Actor Admin = new(ActorKind.Admin, "ops");

    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task RunNow_OnAnotherNode_WakesTheNodeThatSleeps()
    {
        var schedule = await Created(await Installed());
        await using var fires = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await using var changes = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await ListenersAsync(2);
        await fires.FireAsync();

        Assert.IsType<RunNowOutcome.Queued>(await changes.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), Admin));

        Assert.Equal((schedule.Id, RunState.Succeeded), ((await fires.RecordedAsync).Lease.Schedule, (await fires.RecordedAsync).State));
    }

    [Fact]
    public async Task DueTime_BroughtForwardOnAnotherNode_IsSleptToAndFired()
    {
        // Due soon, in the middle of the other node's sleep; without the word it would be found when that is over.
        var schedule = await Created(await Installed());
        await using var fires = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await using var changes = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await ListenersAsync(2);
        await fires.FireAsync();
        var due = changes.Store.Clock.GetUtcNow().AddMilliseconds(1_500);

        var change = await changes.Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => ScheduleChange.Done(s with { NextDueAt = due }), Limits(), Entry("schedule.update"));
        Assert.Equal(ScheduleChangeKind.Done, change.Kind);
        changes.Wake.Announce(due);

        Assert.Equal(schedule.Id, (await fires.RecordedAsync).Lease.Schedule);
        Assert.Equal(due.ToUnixTimeMilliseconds(), Assert.Single(await Ledger(schedule)).DueAt.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task RunNow_WordIsLost_IsFoundByTheShortPoll()
    {
        var schedule = await Created(await Installed());
        await using var fires = await FiringNode.OpenAsync(options, Often, isConnected: false);
        await using var changes = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await fires.FireAsync();

        await changes.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), Admin);

        Assert.Equal(RunState.Succeeded, (await fires.RecordedAsync).State);
    }

    [Fact]
    public async Task RunNow_WordIsLostWithTheListeningConnection_IsFoundWhenItListensAgain()
    {
        var schedule = await Created(await Installed());
        await using var fires = await FiringNode.OpenAsync(options, Seldom, isConnected: true);
        await ListenersAsync(1);
        await fires.FireAsync();

        // Nobody is told: as if the node that queued it had died right after, or the word had been on its way when the connection was cut.
        await using var changes = await FiringNode.OpenAsync(options, Seldom, isConnected: false);
        await changes.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), Admin);
        await TestDatabase.RunAsync(options, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '{Listening}'");

        Assert.Equal(RunState.Succeeded, (await fires.RecordedAsync).State);
    }

    [Fact]
    public async Task Listening_LostAndBack_IsLoggedBothTimes()
    {
        var log = new RecordedLog();
        await using var opened = await PostgreSqlStore.OpenAsync(options, TimeProvider.System, log);
        opened.ConnectWakeSignal(new WakeSignal(TimeProvider.System));
        await ListenersAsync(1);
        Assert.Empty(log.Texts(LogEvents.WakeListenerBack));

        await TestDatabase.RunAsync(options, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '{Listening}'");

        Assert.StartsWith("Warning", await log.FirstAsync(LogEvents.WakeListenerLost), StringComparison.Ordinal);
        Assert.StartsWith("Information", await log.FirstAsync(LogEvents.WakeListenerBack), StringComparison.Ordinal);
    }

    private string Listening => $"LISTEN escapement_{options.Schema}";

    private async Task ListenersAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await TestDatabase.ReadAsync<long>(options, $"SELECT count(*) FROM pg_stat_activity WHERE query = '{Listening}' AND state = 'idle'") < count)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
