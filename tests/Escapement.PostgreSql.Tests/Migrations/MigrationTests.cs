using Escapement.PostgreSql.Migrations;

namespace Escapement.PostgreSql.Tests.Migrations;

/// <summary>Nodes that start together on one schema bring it up to date once.</summary>
public sealed class MigrationTests : IAsyncDisposable
{
    private const int StoreMigrated = 5001;
    private const int Nodes = 6;

    private readonly PostgreSqlStoreOptions options = TestDatabase.NewOptions();

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(options);

    [Fact]
    public async Task Open_SeveralNodesOnAnEmptySchema_OneAppliesEachMigration()
    {
        var logs = Enumerable.Range(0, Nodes).Select(_ => new RecordedLog()).ToList();

        var stores = await Task.WhenAll(logs.Select(log => Task.Run(async () => await PostgreSqlStore.OpenAsync(options, TimeProvider.System, log))));

        Assert.Contains($"from 0 to {Migrator.Newest}", Assert.Single(logs.SelectMany(l => l.Texts(StoreMigrated))), StringComparison.Ordinal);
        Assert.Equal(
            string.Join(',', Enumerable.Range(1, Migrator.Newest)),
            await TestDatabase.ReadAsync<string>(options, "SELECT string_agg(number::text, ',' ORDER BY number) FROM migrations"));
        foreach (var store in stores)
        {
            Assert.True((await store.Health.CheckAsync()).IsHealthy);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_SchemaIsUpToDate_AppliesNothing()
    {
        await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
        var log = new RecordedLog();

        await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System, log)).DisposeAsync();

        Assert.Empty(log.Texts(StoreMigrated));
    }

    [Fact]
    public async Task Open_SchemaOfANewerProgram_IsRefusedSaysSoAndChangesNothing()
    {
        await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
        await TestDatabase.RunAsync(options, $"INSERT INTO migrations (number, name, applied_at) VALUES ({Migrator.Newest + 1}, 'later', now())");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await PostgreSqlStore.OpenAsync(options, TimeProvider.System));

        Assert.Contains($"has number {Migrator.Newest + 1}, but this program knows only up to {Migrator.Newest}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a newer program has written it", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Migrator.Newest + 1L, await TestDatabase.ReadAsync<long>(options, "SELECT count(*) FROM migrations"));
    }
}
