using Escapement.Storage;
using Escapement.Stores.Conformance;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Tests.Storage;

/// <summary>
/// The list of tables says what the schema says: a table or a column that was forgotten in it fails here. The index of searches is this store's own,
/// and made of what is in the list.
/// </summary>
public sealed class StoreTableTests(SqliteFixture fixture) : StoreFacts(fixture), IClassFixture<SqliteFixture>
{
    private static readonly List<StoreTable> Listed = [.. StoreTable.All.Where(t => t.InSqlite is not null)];

    [Fact]
    public async Task All_TablesAndColumns_AreThoseOfTheSchema() => Assert.Equal(
        Listed.SelectMany(t => t.Columns.Select(c => $"{NameOf(t)}.{c.Name} {TypeOf(c.Kind)}")).Distinct().Order(StringComparer.Ordinal),
        await ReadAsync("SELECT t.name || '.' || c.name || ' ' || c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
            + "WHERE t.type = 'table' AND t.name NOT LIKE 'schedule_search%'"));

    [Fact]
    public async Task All_References_AreTheForeignKeysOfTheSchema() => Assert.Equal(
        Listed.SelectMany(t => t.RefersTo.Select(to => $"{NameOf(t)} {to}")).Order(StringComparer.Ordinal),
        await ReadAsync("SELECT DISTINCT t.name || ' ' || k.\"table\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'"));

    private static string NameOf(StoreTable table) => table.InSqlite!.Split(' ')[0];

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Id or ColumnKind.Bytes => "BLOB",
        ColumnKind.Text or ColumnKind.Utf8 => "TEXT",
        ColumnKind.Real => "REAL",
        _ => "INTEGER",
    };

    private async Task<IEnumerable<string>> ReadAsync(string question)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Folder, "escapement.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows.Order(StringComparer.Ordinal);
    }
}
