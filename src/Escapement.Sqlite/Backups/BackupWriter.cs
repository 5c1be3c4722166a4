using Escapement.Sqlite.Connections;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Escapement.Sqlite.Backups;

/// <summary>
/// Writes the database of a data folder into one file, while a server may run on it: one state of the database, as it was when the
/// backup began. Changes go on meanwhile; the log that they go to grows until the backup has ended.
/// </summary>
internal static class BackupWriter
{
    /// <summary>Writes, opens what was written, and only then gives it its name.</summary>
    /// <param name="dataFolder">Of the server.</param>
    /// <param name="target">A file that is not there yet.</param>
    /// <exception cref="BackupRefusedException">It cannot be done; there is no file of that name.</exception>
    public static Backup Write(string dataFolder, string target)
    {
        var source = Path.Combine(Path.GetFullPath(dataFolder), DataFolder.FileName);
        var file = Path.GetFullPath(target);
        Check(source, file);
        var partial = $"{file}.{Environment.ProcessId}.partial";
        try
        {
            BackupFile.MakeEmpty(partial);
            Copy(source, partial);
            BackupFile.Flush(partial);
            var backup = BackupFile.Verify(partial, source);
            File.Move(partial, file, overwrite: false);
            return backup with { File = file };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"{file} cannot be written: {e.Message} Name a file in a folder that this user may write.", e);
        }
        finally
        {
            Remove(partial);
        }
    }

    private static void Check(string source, string file)
    {
        if (!File.Exists(source))
        {
            throw new BackupRefusedException($"--data: there is no {source}. Name the data folder of a server that runs with --store sqlite.");
        }

        if (Path.Exists(file))
        {
            throw new BackupRefusedException($"{file} is there already, and a backup never replaces another. Name a new file.");
        }

        if (Path.GetDirectoryName(file) is { } folder && !Directory.Exists(folder))
        {
            throw new BackupRefusedException($"There is no folder {folder}. Make it, or name a file in another one.");
        }
    }

    private static void Copy(string source, string partial)
    {
        try
        {
            using var connection = Beside.Open(source);
            using var command = connection.CreateCommand();

            // A command of its own: of one with several statements a failure of a later one is not told.
            command.CommandText = "VACUUM INTO $file";
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("$file", partial);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw new BackupRefusedException($"{source} is damaged, so what would be written is no backup. {Remedies.For(source)}", e);
        }
        catch (SqliteException e)
        {
            // What a disk refuses is refused to the file that is written; the other is only read.
            throw new BackupRefusedException(SqliteFailure.Explain(e, partial).Message, e);
        }
    }

    private static void Remove(string partial)
    {
        try
        {
            File.Delete(partial);
            File.Delete(partial + "-journal");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its name says what it is.
        }
    }
}
