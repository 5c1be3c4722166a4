using Escapement.Stores.Conformance;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Firing;

/// <summary>Extending leases while somebody else holds the rows.</summary>
public sealed class LeaseExtensionTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly PostgreSqlStoreOptions options = store.Options;

    [Fact]
    public async Task Extend_OutcomeIsBeingWritten_DoesNotWaitAndCountsItAsHeld()
    {
        var scope = await Installed();
        await Created(scope, Minute(0));
        await Created(scope, Minute(0));
        var runs = (await Claim(Minute(0))).Runs;
        await using (var writer = await TestDatabase.OpenAsync(options))
        await using (var transaction = await writer.BeginTransactionAsync())
        await using (var write = new NpgsqlCommand($"DELETE FROM running_runs WHERE id = '{runs[0].Lease.Id}'", writer, transaction))
        {
            Assert.Equal(1, await write.ExecuteNonQueryAsync());

            var lost = await Store.Claims.ExtendLeasesAsync([.. runs.Select(r => r.Lease)], Minute(9), latest: null).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

            Assert.Empty(lost);
            await transaction.RollbackAsync();
        }

        Assert.Equal((Minute(0).AddSeconds(30), Minute(9)), (await UntilAsync(runs[0].Lease.Id), await UntilAsync(runs[1].Lease.Id)));
        Assert.Empty(await Store.Claims.ExtendLeasesAsync([runs[0].Lease], Minute(9), latest: null));
        Assert.Equal(Minute(9), await UntilAsync(runs[0].Lease.Id));
    }

    private async Task<DateTimeOffset> UntilAsync(RunId run) => await TestDatabase.ReadAsync<DateTime>(options, $"SELECT lease_until FROM running_runs WHERE id = '{run}'");
}
