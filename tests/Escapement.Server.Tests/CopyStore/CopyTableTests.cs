using Escapement.PostgreSql;
using Escapement.PostgreSql.Tests;
using Escapement.Server.CopyStore;
using Escapement.Sqlite.Tests;
using Microsoft.Data.Sqlite;

namespace Escapement.Server.Tests.CopyStore;

/// <summary>A column that is added to a store and forgotten by the copy fails here.</summary>
public sealed class CopyTableTests
{
    private static readonly string[] OfTheStoreItself = ["buckets", "copies", "health", "migrations"];

    [Fact]
    public async Task Tables_AndColumns_AreAllThoseOfPostgreSql()
    {
        var options = TestDatabase.NewOptions();
        try
        {
            await (await PostgreSqlStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
            var there = await TestDatabase.ReadAsync<string>(options, """
                SELECT string_agg(c.relname || '.' || a.attname, ' ' ORDER BY c.relname || '.' || a.attname COLLATE "C")
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
                """);
            Assert.Equal(Columns(c => true, t => t.Name), there.Split(' ').Where(c => !OfTheStoreItself.Contains(c.Split('.')[0])).Order(StringComparer.Ordinal));
        }
        finally
        {
            await TestDatabase.DropAsync(options);
        }
    }

    [Fact]
    public async Task Tables_AndColumns_AreAllThoseOfSqlite()
    {
        await using var sqlite = new SqliteFixture();
        await sqlite.ResetAsync();
        await sqlite.CloseAsync();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(sqlite.Folder, "escapement.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT s.name || '.' || c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name NOT IN ('health')";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var there = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            there.Add(reader.GetString(0));
        }

        // A row number that SQLite gives and nobody refers to.
        there.Remove("bundles.number");
        Assert.Equal(Columns(c => c.Kind != ColumnKind.Bucket, t => t.Source.Split(' ')[0]).Distinct(), there.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Columns(Func<CopyColumn, bool> which, Func<CopyTable, string> table) =>
        CopyTable.All.SelectMany(t => t.Columns.Where(which).Select(c => $"{table(t)}.{c.Name}")).Order(StringComparer.Ordinal);
}
