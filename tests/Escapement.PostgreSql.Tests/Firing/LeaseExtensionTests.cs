using Escapement.Stores.Conformance;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Firing;

/// <summary>Extending leases while somebody else holds the rows.</summary>
public sealed class LeaseExtensionTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Extend_SomebodyHoldsARow_ExtendsTheOthersAndWaitsForWhatBecomesOfIt(bool isTaken)
    {
        var scope = await Installed();
        await Created(scope, Minute(0));
        await Created(scope, Minute(0));
        var runs = (await Claim(Minute(0))).Runs;
        var (held, free) = (runs[0].Lease, runs[1].Lease);
        await using var writer = await TestDatabase.OpenAsync(options);
        await using var transaction = await writer.BeginTransactionAsync();
        await using var write = new NpgsqlCommand($"DELETE FROM running_runs WHERE id = '{held.Id}'", writer, transaction);
        Assert.Equal(1, await write.ExecuteNonQueryAsync());

        var extension = Store.Claims.ExtendLeasesAsync([held, free], Minute(9), latest: null).AsTask();
        for (var waited = 0; await UntilAsync(free.Id) != Minute(9); waited++)
        {
            Assert.True(waited < 1_000, "The lease that nobody holds is not extended");
            await Task.Delay(20);
        }

        Assert.False(extension.IsCompleted);
        await (isTaken ? transaction.CommitAsync() : transaction.RollbackAsync());

        Assert.Equal(isTaken ? [held.Id] : [], await extension);
        if (!isTaken)
        {
            Assert.Equal(Minute(9), await UntilAsync(held.Id));
        }
    }

    private async Task<DateTimeOffset> UntilAsync(RunId run) =>
        await TestDatabase.ReadAsync<DateTime>(options, $"SELECT lease_until FROM running_runs WHERE id = '{run}'");
}
