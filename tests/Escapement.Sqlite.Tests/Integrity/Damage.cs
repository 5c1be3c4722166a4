using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Tests.Integrity;

/// <summary>Makes a database that opens although a page of it is damaged.</summary>
internal static class Damage
{
    private const int Page = 4096;

    /// <summary>Adds pages that no statement of the store reads.</summary>
    public static void Fill(string file)
    {
        using var database = Database.OpenWriter(file, new SqliteStoreOptions());
        database.Script("""
            CREATE TABLE filler (x BLOB NOT NULL) STRICT;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
            INSERT INTO filler SELECT randomblob(3000) FROM n;
            """);
    }

    /// <summary>Overwrites the last page, which is one of those.</summary>
    public static void LastPage(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = stream.Length - Page;
        stream.Write([.. Enumerable.Repeat((byte)0xA5, Page)]);
    }

    /// <summary>Overwrites bytes where they lie.</summary>
    public static void Bytes(string file, ReadOnlySpan<byte> bytes)
    {
        var at = File.ReadAllBytes(file).AsSpan().IndexOf(bytes);
        using var stream = File.OpenWrite(file);
        stream.Position = at;
        stream.Write([.. Enumerable.Repeat((byte)0xA5, bytes.Length)]);
    }

    /// <summary>Overwrites all pages of a table that are its roots, or its indexes'.</summary>
    public static void RootsOf(string table, string file)
    {
        List<long> roots = [];
        using (var database = Database.OpenWriter(file, new SqliteStoreOptions()))
        {
            for (var i = 0L; i < database.Number($"SELECT count(*) FROM sqlite_schema WHERE tbl_name = '{table}' AND rootpage > 0"); i++)
            {
                roots.Add(database.Number($"SELECT rootpage FROM sqlite_schema WHERE tbl_name = '{table}' AND rootpage > 0 LIMIT 1 OFFSET {i}"));
            }
        }

        using var stream = File.OpenWrite(file);
        foreach (var root in roots)
        {
            stream.Position = (root - 1) * Page;
            stream.Write([.. Enumerable.Repeat((byte)0xA5, Page)]);
        }
    }

    /// <summary>Leaves the file as a process that was killed leaves it: with a log.</summary>
    public static void LeaveLog(string file) => File.WriteAllBytes(file + "-wal", [1, 2, 3]);
}
