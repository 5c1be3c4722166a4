using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Escapement.Sqlite.Connections;

/// <summary>
/// Whether the database file was found damaged, by a look at its pages or by a statement that met it. A mark beside the file remembers it: an orderly
/// end takes no damage away, so the next start has to look again.
/// </summary>
internal sealed class FoundDamage(string file, ILogger logger)
{
    private const string MarkText = "escapement.db was found damaged. This file goes when a look at every page finds it sound, or with a restore.";

    private volatile bool found = IsMarked(file);
    private int met;

    public string File => file;

    /// <summary>What an operator must put right; null as long as nothing was found. Names no file: it is shown without a token.</summary>
    public string? Warning => found ? "Pages of the database file are damaged; the node's log says which and what to do" : null;

    /// <summary>Whether damage was found before, by this process or by one before it.</summary>
    public static bool IsMarked(string file) => System.IO.File.Exists(MarkOf(file));

    /// <summary>Forgets what was found: another file has taken the place of the one in which it was.</summary>
    public static void Forget(string file) => System.IO.File.Delete(MarkOf(file));

    /// <summary>A look at the pages found damage.</summary>
    public void Found(string what)
    {
        SqliteLog.Damaged(logger, file, what.TrimEnd('.'), Remedies.For(file));
        Mark();
    }

    /// <summary>A look at all pages found none. What a statement has met meanwhile is there all the same.</summary>
    public void FoundNone()
    {
        if (Volatile.Read(ref met) == 0)
        {
            found = false;
            Forget(file);
        }
    }

    /// <summary>The exception that callers get for a statement's; damage is told once, and remembered.</summary>
    public Exception Explain(Exception e)
    {
        if (e is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } damaged && Interlocked.Exchange(ref met, 1) == 0)
        {
            Found(damaged.Message);
        }

        return SqliteFailure.Explain(e, file);
    }

    private static string MarkOf(string file) => file + ".damaged";

    private void Mark()
    {
        found = true;
        try
        {
            using var mark = new StreamWriter(PrivateFiles.Open(MarkOf(file), FileMode.Create, FileAccess.Write));
            mark.WriteLine(MarkText);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk that damaged the file may refuse this one. The log has it, and this process remembers.
        }
    }
}
