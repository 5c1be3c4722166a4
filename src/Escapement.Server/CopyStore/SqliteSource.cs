using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Sqlite.Connections;
using Escapement.Storage;
using Microsoft.Data.Sqlite;
using Migrator = Escapement.Sqlite.Migrations.Migrator;

namespace Escapement.Server.CopyStore;

/// <summary>The SQLite installation that is copied, held so that no server starts on it meanwhile.</summary>
internal sealed class SqliteSource : IDisposable
{
    private readonly DataFolder folder;
    private readonly SqliteConnection connection;

    private SqliteSource(DataFolder folder, SqliteConnection connection)
    {
        this.folder = folder;
        this.connection = connection;
    }

    /// <summary>Which installation this is. It is noted in the database when it is copied for the first time.</summary>
    public Guid Id { get; private set; }

    public string File => folder.File;

    /// <exception cref="CopyRefusedException">There is no such installation, a server runs on it, or it is of another version.</exception>
    public static SqliteSource Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            throw new CopyRefusedException($"--data: there is no folder {full}. Name the data folder of the SQLite installation that is to be copied.");
        }

        if (!System.IO.File.Exists(Path.Combine(full, "escapement.db")))
        {
            throw new CopyRefusedException(
                $"--data: {full} holds no escapement.db, so there is nothing to copy. Name the data folder of a server that ran with --store sqlite.");
        }

        DataFolder? folder = null;
        SqliteConnection? connection = null;
        try
        {
            folder = DataFolder.Open(full);
            connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = folder.File, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            var source = new SqliteSource(folder, connection);
            source.CheckVersion();
            source.Id = source.Identify();
            return source;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            folder?.Dispose();
            throw e is CopyRefusedException ? e : Refused(e, Path.Combine(full, "escapement.db"));
        }
    }

    /// <summary>All rows of a table as the other store has them, one at a time. The array is the same for each.</summary>
    public IEnumerable<object?[]> Read(StoreTable table)
    {
        var read = table.Columns.Where(c => c.Kind != ColumnKind.Bucket).ToList();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", read.Select(c => c.Name))} FROM {table.InSqlite}";
        using var reader = Guarded(command.ExecuteReader);
        var tenant = read.FindIndex(c => c.Name == "tenant");
        var row = new object?[table.Columns.Count];
        var ofBucket = Array.FindIndex([.. table.Columns], c => c.Kind == ColumnKind.Bucket);
        while (Guarded(reader.Read))
        {
            for (int i = 0, column = 0; i < row.Length; i++)
            {
                row[i] = table.Columns[i].Kind == ColumnKind.Bucket ? null : Value(reader, column++, table.Columns[i].Kind);
            }

            if (ofBucket < 0)
            {
                yield return row;
                continue;
            }

            foreach (var bucket in BucketsOf(table, tenant < 0 ? "" : (string)Value(reader, tenant, ColumnKind.Text)!))
            {
                row[ofBucket] = bucket;
                yield return row;
            }
        }
    }

    /// <summary>The earliest and the latest instant in a column; null when the table is empty.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Range(StoreTable table, string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT min({column}), max({column}) FROM {table.InSqlite}";
        using var reader = Guarded(command.ExecuteReader);
        return reader.Read() && !reader.IsDBNull(0)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)))
            : null;
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    private static IReadOnlyList<short> BucketsOf(StoreTable table, string tenant) => tenant.Length > 0
        ? [Bucket.Of(TenantId.Parse(tenant))]
        : table.HostsLieInAllBuckets ? Bucket.All : [Bucket.OfNobody];

    // Texts by their bytes, because one may hold a null character; then as the other store keeps them.
    private static object? Value(SqliteDataReader reader, int column, ColumnKind kind) => reader.IsDBNull(column)
        ? null
        : kind switch
        {
            ColumnKind.Id => new Guid(reader.GetFieldValue<byte[]>(column), bigEndian: true),
            ColumnKind.Instant => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column)).UtcDateTime,
            ColumnKind.Text => PgText.Clean(System.Text.Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column))),
            ColumnKind.Utf8 or ColumnKind.Bytes => reader.GetFieldValue<byte[]>(column),
            ColumnKind.Number => reader.GetInt32(column),
            ColumnKind.Real => reader.GetDouble(column),
            ColumnKind.Flag => reader.GetInt64(column) != 0,
            _ => reader.GetInt64(column),
        };

    private void CheckVersion()
    {
        var version = (long)Ask("PRAGMA user_version")!;
        if (version > Migrator.Newest)
        {
            throw new CopyRefusedException(
                $"--data: {File} has schema {version}, but this program knows only up to schema {Migrator.Newest}: a newer program has written it. " +
                "Run copy-store of that version.");
        }

        if (version == 0)
        {
            throw new CopyRefusedException(
                $"--data: {File} holds no installation of Escapement. Name the data folder of a server that ran with --store sqlite.");
        }

        if (version < Migrator.Newest)
        {
            throw new CopyRefusedException(
                $"--data: {File} has schema {version}, and this program copies schema {Migrator.Newest}. Start escapement-server of this version " +
                "once with this --data, which brings it up to date, stop it, and run copy-store again.");
        }
    }

    private Guid Identify()
    {
        Ask("CREATE TABLE IF NOT EXISTS copy_source (id BLOB NOT NULL) STRICT");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO copy_source (id) SELECT $id WHERE NOT EXISTS (SELECT 1 FROM copy_source)";
        insert.Parameters.AddWithValue("$id", Ids.Next(TimeProvider.System).ToByteArray(bigEndian: true));
        insert.ExecuteNonQuery();
        return new Guid((byte[])Ask("SELECT id FROM copy_source")!, bigEndian: true);
    }

    private object? Ask(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw Refused(e, File);
        }
    }

    private static Exception Refused(Exception e, string file) => SqliteFailure.Explain(e, file) switch
    {
        StoreUnavailableException explained => new CopyRefusedException($"--data: {explained.Message}", e),
        var other => other,
    };
}
