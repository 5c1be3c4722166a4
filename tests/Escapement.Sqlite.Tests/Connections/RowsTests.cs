using Escapement.Sqlite.Connections;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Tests.Connections;

public sealed class RowsTests
{
    // Every way to read a value: SQLite itself answers nothing, or zero, of a column that there is not.
    public static readonly TheoryData<string> Readings = [.. Ways.Keys];

    private static Dictionary<string, Action<Rows, int>> Ways => new()
    {
        ["null"] = (rows, column) => rows.IsNull(column),
        ["long"] = (rows, column) => rows.Long(column),
        ["long or null"] = (rows, column) => rows.LongOrNull(column),
        ["int"] = (rows, column) => rows.Int(column),
        ["int or null"] = (rows, column) => rows.IntOrNull(column),
        ["bool"] = (rows, column) => rows.Bool(column),
        ["double"] = (rows, column) => rows.Double(column),
        ["time"] = (rows, column) => rows.Time(column),
        ["time or null"] = (rows, column) => rows.TimeOrNull(column),
        ["id or null"] = (rows, column) => rows.IdOrNull(column),
        ["bytes"] = (rows, column) => rows.Bytes(column),
        ["text"] = (rows, column) => rows.Text(column),
        ["text or null"] = (rows, column) => rows.TextOrNull(column),
        ["blob"] = (rows, column) => rows.Blob(column),
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public void Read_AColumnThatIsNotSelected_Throws(string way)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var statement = new Statement(connection.Handle!, "SELECT 7, NULL");
        statement.List(rows =>
        {
            Ways[way](rows, 1);
            foreach (var column in (int[])[-1, 2])
            {
                ArgumentOutOfRangeException? thrown = null;
                try
                {
                    Ways[way](rows, column);
                }
                catch (ArgumentOutOfRangeException e)
                {
                    thrown = e;
                }

                Assert.Contains("selects 2 columns", thrown?.Message, StringComparison.Ordinal);
            }

            return 0;
        });
    }
}
