using Escapement.Sqlite.Connections;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Integrity;

/// <summary>How thoroughly pages are looked at.</summary>
internal enum CheckDepth
{
    /// <summary>Every page is read and must be well-formed (<c>PRAGMA quick_check</c>).</summary>
    Pages,

    /// <summary>
    /// Also every index must agree with its table, and every foreign key with what it names (<c>PRAGMA integrity_check</c>); and bundles must be what
    /// was published, for a large value's pages hold nothing by which SQLite could tell that they are damaged.
    /// </summary>
    Everything,
}

/// <summary>Looks for damage in a database file: what a disk, a copy of a file in use or a lost write can do to it.</summary>
internal static class FileCheck
{
    /// <summary>How many problems are told; a damaged file can have one for every page.</summary>
    public const int MaxProblems = 20;

    /// <summary>What is damaged, in SQLite's words; nothing when the file is sound.</summary>
    /// <param name="file">The database; other processes may have it open.</param>
    /// <param name="depth">How thoroughly.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="StoreUnavailableException">It cannot be read at all, or is no database; the message says why and the remedy.</exception>
    public static IReadOnlyList<string> Run(string file, CheckDepth depth, CancellationToken cancellationToken = default)
    {
        try
        {
            using var connection = Beside.Open(file);
            using var breakingOff = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            Read(connection, "PRAGMA busy_timeout = 5000", _ => 0);
            return depth == CheckDepth.Pages ? Pages(connection) : Everything(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            // So damaged that the check itself could not go on.
            return [e.Message];
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Explain(e, file);
        }
    }

    private static List<string> Pages(SqliteConnection connection) =>
        Problems(Read(connection, $"PRAGMA quick_check({MaxProblems})", r => r.GetString(0)));

    private static List<string> Everything(SqliteConnection connection)
    {
        var problems = Problems(Read(connection, $"PRAGMA integrity_check({MaxProblems})", r => r.GetString(0)));
        if (problems.Count == 0)
        {
            problems.AddRange(Read(connection, "PRAGMA foreign_key_check", r => $"a row of {r.GetString(0)} names a row of {r.GetString(2)} that is not there")
                .Take(MaxProblems));
        }

        if (problems.Count == 0)
        {
            problems.AddRange(KeptBundles.Damaged(connection).Take(MaxProblems));
        }

        return problems;
    }

    // One row that says "ok", or a row for each problem.
    private static List<string> Problems(List<string> rows) => rows is ["ok"] ? [] : rows;

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
