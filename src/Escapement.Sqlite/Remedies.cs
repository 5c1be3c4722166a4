namespace Escapement.Sqlite;

/// <summary>What to do about a damaged file, in one place for the log, the command and the failures of statements.</summary>
internal static class Remedies
{
    /// <summary>Sentences for an operator.</summary>
    public static string For(string file) =>
        $"Stop the server, keep a copy of {file} and of {file}-wal if it is there, and restore the last backup with " +
        $"\"escapement-server restore FILE --data {Path.GetDirectoryName(file)}\". Without a backup save what can be saved: " +
        $"\"sqlite3 {file} .recover | sqlite3 recovered.db\", then restore recovered.db in the same way, which says what is still wrong with it " +
        "(sqlite3 from sqlite.org: that of some distributions has no .recover that works). Look at the disk before you trust it again.";
}
