using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>Turns SQLite's codes into messages that say what is wrong, where, and what to do.</summary>
internal static class SqliteFailure
{
    /// <summary>The exception that callers get. A code that stands for a bug of ours stays as it is.</summary>
    public static Exception Explain(Exception e, string file) => e is SqliteException sqlite ? Explain(sqlite, file) : e;

    /// <summary>The exception that every caller of a group gets whose transaction failed as a whole: always of one type.</summary>
    public static StoreUnavailableException OfGroup(Exception e, string file) => Explain(e, file) as StoreUnavailableException
        ?? new StoreUnavailableException(
            $"{file} did not take the change: {e.Message} Nothing of it was stored; try again, and look at the disk if it happens again.", e);

    private static Exception Explain(SqliteException e, string file)
    {
        var folder = Path.GetDirectoryName(file);
        var message = e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => $"The disk that holds {folder} is full. Free some space; nothing of the change was stored.",
            raw.SQLITE_NOTADB =>
                $"{file} is not an Escapement database, or its beginning is damaged. " +
                "Restore a backup with \"escapement-server restore FILE\", or move it away to start with an empty store.",
            raw.SQLITE_CORRUPT =>
                $"{file} is damaged. {Remedies.For(file)}",
            raw.SQLITE_READONLY => $"{file} cannot be written. Give this user write permission on the file and on {folder}, or mount the disk writable.",
            raw.SQLITE_CANTOPEN => $"{file} cannot be opened. Check that {folder} exists, that this user may read and write it, and that the disk has space.",
            raw.SQLITE_IOERR => $"Reading or writing {file} failed: {e.Message} Check the disk and its free space.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program holds {file}. Close it; only one Escapement process may use the data folder {folder}.",
            raw.SQLITE_NOMEM => $"SQLite ran out of memory while it used {file}. Give the process more memory.",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => $"This user may not use {file}. Give it read and write permission.",
            _ => null,
        };
        return message is null ? e : new StoreUnavailableException(message, e);
    }
}
