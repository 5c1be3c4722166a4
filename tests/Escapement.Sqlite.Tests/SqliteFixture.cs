using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.Sqlite.Tests;

/// <summary>An SQLite store in a folder of its own, new for each fact.</summary>
public sealed class SqliteFixture : IStoreFixture
{
    private TempFolder? folder;
    private SqliteStore? store;

    internal IStore Store => store!;

    IStore IStoreFixture.Store => Store;

    public string Folder => folder!.Path;

    public async ValueTask ResetAsync()
    {
        await DisposeAsync();
        folder = new TempFolder();
        await OpenAsync();
    }

    public async ValueTask OpenAsync() =>
        store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = Folder }, TimeProvider.System);

    public async ValueTask CloseAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
            store = null;
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder?.Dispose();
        folder = null;
    }
}
