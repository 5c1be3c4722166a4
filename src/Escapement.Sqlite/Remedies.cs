namespace Escapement.Sqlite;

/// <summary>What to do about a damaged file, in one place for the log, the command and the failures of statements.</summary>
internal static class Remedies
{
    /// <summary>Sentences for an operator.</summary>
    public static string For(string file) =>
        $"Stop the server, keep a copy of {file}, and restore the last backup with \"escapement-server restore FILE\". " +
        $"Without a backup save what can be saved with \"sqlite3 {file} '.recover'\", and look at the disk before you trust it again.";
}
