using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.PostgreSql.Tests;

/// <summary>A PostgreSQL store in a schema of its own, emptied for each fact.</summary>
public sealed class PostgreSqlFixture : IStoreFixture
{
    private static readonly string Empty =
        $"TRUNCATE {string.Join(", ", StoreTable.Copied.Select(t => t.Name))}, compilations, compiled_code, sessions, previews";

    private PostgreSqlStore? store;

    public PostgreSqlStoreOptions Options { get; } = TestDatabase.NewOptions();

    internal IStore Store => store!;

    IStore IStoreFixture.Store => Store;

    public async ValueTask ResetAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        store = await PostgreSqlStore.OpenAsync(Options, TimeProvider.System);
        await TestDatabase.RunAsync(Options, Empty);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        await TestDatabase.DropAsync(Options);
    }
}
