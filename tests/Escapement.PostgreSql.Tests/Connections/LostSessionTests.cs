using Escapement.Retention;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Connections;

/// <summary>
/// A session that ends in the middle of work under an advisory lock is a store that is away, and nothing else: whoever waits for that
/// must not meet the failure of giving a lock back that is gone with the session.
/// </summary>
public sealed class LostSessionTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Step_SessionEndsMeanwhile_IsAStoreThatIsAway()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));
        await using var holder = await TestDatabase.OpenAsync(options);
        await using var transaction = await holder.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand($"SELECT 1 FROM runs WHERE schedule_id = '{schedule.Id}' FOR UPDATE", holder, transaction);
        await hold.ExecuteNonQueryAsync();

        var step = Task.Run(async () => await Store.Retention.StepAsync(new RetentionCutoffs(T0.AddDays(60), T0.AddDays(30), null)));
        await EndWhoWaitsForAsync(holder.ProcessID);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => step);
        await transaction.RollbackAsync();
        await Store.Retention.StepAsync(new RetentionCutoffs(T0.AddDays(60), T0.AddDays(30), null));
        Assert.Empty(await Ledger(schedule));
    }

    [Fact]
    public async Task Open_SessionEndsWhileItMakesTheSchema_BeginsAgain()
    {
        var another = TestDatabase.NewOptions();
        await using var holder = await TestDatabase.OpenAsync(options);
        await using var transaction = await holder.BeginTransactionAsync();
        await using var make = new Npgsql.NpgsqlCommand($"CREATE SCHEMA {another.Schema}", holder, transaction);
        await make.ExecuteNonQueryAsync();

        var opening = Task.Run(async () => await PostgreSqlStore.OpenAsync(another, TimeProvider.System));
        await EndWhoWaitsForAsync(holder.ProcessID);
        await transaction.RollbackAsync();

        await using (var opened = await opening)
        {
            Assert.True((await opened.Health.CheckAsync()).IsHealthy);
        }

        await TestDatabase.DropAsync(another);
    }

    private async Task EndWhoWaitsForAsync(int holder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var end = $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {holder} = ANY (pg_blocking_pids(pid))";
        while (await TestDatabase.ReadAsync<long>(options, end) == 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
