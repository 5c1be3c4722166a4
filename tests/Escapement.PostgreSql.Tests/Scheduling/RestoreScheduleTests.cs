using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests.Scheduling;

/// <summary>What a restore holds: the run of its own schedule, and no other's.</summary>
public sealed class RestoreScheduleTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Restore_WhileTheRunOfAnotherScheduleIsHeld_DoesNotWaitForIt()
    {
        var scope = await Installed();
        var (running, deleted) = (await Created(scope, Minute(0)), await Created(scope, Minute(5)));
        Assert.Single((await Claim(Minute(1))).Runs);
        await Store.Schedules.DeleteAsync(scope, deleted.Id, Limits(Minute(2)) with { KeptDeleted = 5 }, Entry("schedule.delete"));
        await using var holder = await TestDatabase.OpenAsync(options);
        await using var transaction = await holder.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand($"SELECT 1 FROM running_runs WHERE schedule_id = '{running.Id}' FOR UPDATE", holder, transaction);
        Assert.Equal(1, await hold.ExecuteScalarAsync());

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var change = await Store.RemovedSchedules.RestoreAsync(scope, deleted.Id, T0, s => s, Limits(Minute(3)), Entry("schedule.restore"), patience.Token);

        Assert.True(change.IsDone);
    }
}
