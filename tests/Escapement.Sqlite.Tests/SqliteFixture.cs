using Escapement.Storage;
using Escapement.Stores.Conformance;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Tests;

/// <summary>An SQLite store in a folder of its own, new for each fact.</summary>
public sealed class SqliteFixture : IFusedStoreFixture
{
    private static readonly string[] Tables =
        [.. StoreTable.All.Where(t => t.Owner == TableOwner.Tenant && t.InSqlite == t.Name).Select(t => t.Name), "runs"];

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

    public async ValueTask FailAfterAsync(int? rows)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "escapement.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var triggers =
            from table in Tables
            from change in (string[])["INSERT", "UPDATE", "DELETE"]
            select $"""
                CREATE TRIGGER IF NOT EXISTS fuse_{table}_{change} AFTER {change} ON {table} BEGIN
                  UPDATE fuse SET rows = rows - 1;
                  SELECT RAISE(ABORT, 'the fuse has blown') FROM fuse WHERE rows < 0;
                END;
                """;
        command.CommandText = $"""
            CREATE TABLE IF NOT EXISTS fuse (rows INTEGER);
            DELETE FROM fuse;
            INSERT INTO fuse (rows) VALUES ($rows);
            {string.Join('\n', triggers)}
            """;
        command.Parameters.AddWithValue("$rows", rows is null ? DBNull.Value : rows);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder?.Dispose();
        folder = null;
    }
}
