using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    private Database(SqliteConnection connection)
    {
        this.connection = connection;
        handle = connection.Handle!;
    }

    /// <summary>Opens the connection that writes, and makes the file if there is none.</summary>
    public static Database OpenWriter(string file, SqliteStoreOptions options)
    {
        // An empty file is an empty database; and SQLite gives the files beside it the mode that this one has.
        PrivateFiles.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        return Open(
            file,
            SqliteOpenMode.ReadWrite,
            string.Create(CultureInfo.InvariantCulture, $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA busy_timeout = 5000;
                PRAGMA temp_store = MEMORY;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -{options.WriteCacheKib};
                """));
    }

    /// <summary>Opens a connection that only reads.</summary>
    public static Database OpenReader(string file, SqliteStoreOptions options) => Open(
        file,
        SqliteOpenMode.ReadOnly,
        string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA query_only = ON;
            PRAGMA busy_timeout = 5000;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -{options.ReadCacheKib};
            """));

    /// <summary>A kept statement by the name of its file.</summary>
    public Statement Sql(string name)
    {
        if (!statements.TryGetValue(name, out var statement))
        {
            statements.Add(name, statement = new Statement(handle, SqlText.Of(name)));
        }

        return statement;
    }

    /// <summary>Runs a script that is not worth keeping.</summary>
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one number by a statement that is not worth keeping.</summary>
    public long Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public Statement Begin => Fixed("BEGIN IMMEDIATE");

    public Statement Commit => Fixed("COMMIT");

    public Statement Rollback => Fixed("ROLLBACK");

    public Statement Savepoint => Fixed("SAVEPOINT item");

    public Statement Release => Fixed("RELEASE item");

    public Statement RollbackToSavepoint => Fixed("ROLLBACK TO item");

    /// <summary>Whether a transaction is open; some failures end it by themselves.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private static Database Open(string file, SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var database = new Database(connection);
            database.Script(pragmas);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private Statement Fixed(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new Statement(handle, sql));
        }

        return statement;
    }
}
