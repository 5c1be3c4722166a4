using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>A connection beside the server's own, for what is done to a whole file.</summary>
internal static class Beside
{
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    /// <summary>
    /// Opens the file. Open for writing, though nothing is written: only so can the log of a process that was killed be read. The log is left as
    /// it is when this is closed, because it says that there was a kill, and because a damaged file gets no better by having it folded in.
    /// </summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(connection.Handle!, NoCheckpointOnClose, 1, out _), connection.Handle!);
        return connection;
    }
}
