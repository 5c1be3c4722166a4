using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Migrations;

namespace Escapement.PostgreSql.Tests.Migrations;

/// <summary>Later migrations where there is Citus, and where there is not.</summary>
public sealed class CitusMigrationTests(OwnDatabase database) : IClassFixture<OwnDatabase>
{
    private readonly PostgreSqlStoreOptions options = database.NewOptions();

    /// <summary>Side by side, Citus refuses a change of one table and then of another that it refers to.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_LaterMigration_GoesThroughTheShardsOneAfterTheOtherWhereThereIsCitus(bool isCitus)
    {
        await using var pool = new Pool(options);
        await new Migrator(pool, options.Schema).RunAsync(TestContext.Current.CancellationToken);
        if (isCitus)
        {
            await TestDatabase.RunAsync(options, "CREATE TABLE pg_dist_partition ()");
        }

        const string Seen = "CREATE TABLE seen AS SELECT coalesce(current_setting('citus.multi_shard_modify_mode', TRUE), '') AS mode";
        var next = Migrator.Newest + 1;
        var ran = await new Migrator(pool, options.Schema, [.. Migration.All, new Migration(next, "seen", Seen)])
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((Migrator.Newest, next), ran);
        Assert.Equal(isCitus, await TestDatabase.ReadAsync<string>(options, "SELECT mode FROM seen") == "sequential");
    }
}
