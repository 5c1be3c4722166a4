using System.Globalization;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Backups;

/// <summary>What a restore came to.</summary>
/// <param name="Backup">What the data folder holds now.</param>
/// <param name="Kept">Where the database that was there before lies now; null when there was none.</param>
internal sealed record Restored(Backup Backup, string? Kept);

/// <summary>
/// Puts a backup into a data folder on which no server runs. The database that is there is kept under another name. A restore that
/// was broken off leaves a file by which the next start knows it.
/// </summary>
internal static class Restore
{
    /// <summary>Verifies the backup, copies it, and exchanges the files.</summary>
    /// <param name="backup">What <see cref="BackupWriter"/> wrote.</param>
    /// <param name="dataFolder">Made if there is none.</param>
    /// <param name="time">Gives the name of what is kept.</param>
    /// <exception cref="BackupRefusedException">It cannot be done; the folder is as it was.</exception>
    public static Restored Run(string backup, string dataFolder, TimeProvider time)
    {
        var source = Path.GetFullPath(backup);
        if (!File.Exists(source))
        {
            throw new BackupRefusedException($"There is no file {source}. Name a file that escapement-server backup has written.");
        }

        try
        {
            using var folder = DataFolder.Open(dataFolder);
            var restoring = RestoringName(folder.File);
            if (string.Equals(source, folder.File, StringComparison.Ordinal))
            {
                throw new BackupRefusedException($"{source} is the database of the data folder itself. Name a file that escapement-server backup has written.");
            }

            // Of a restore that was broken off.
            File.Delete(restoring);
            Backup verified;
            try
            {
                Copy(source, restoring);
                verified = BackupFile.Verify(restoring, source);
            }
            catch
            {
                File.Delete(restoring);
                throw;
            }
            finally
            {
                // Opening a copy of a database that was in use makes them.
                File.Delete(restoring + "-wal");
                File.Delete(restoring + "-shm");
            }

            var kept = KeepOld(folder.File, time);
            File.Move(restoring, folder.File);
            FoundDamage.Forget(folder.File);
            return new Restored(verified with { File = folder.File }, kept);
        }
        catch (StoreUnavailableException e)
        {
            throw new BackupRefusedException($"--data: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"The data folder {Path.GetFullPath(dataFolder)} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Refuses a folder in which a restore did not come to its end: what lies in it may be neither the old nor the new.</summary>
    /// <exception cref="StoreUnavailableException">There is such a file.</exception>
    public static void RefuseUnfinished(string file)
    {
        if (File.Exists(RestoringName(file)))
        {
            throw new StoreUnavailableException(
                $"A restore into {Path.GetDirectoryName(file)} was broken off. Run \"escapement-server restore FILE\" again; " +
                "the database from before lies beside it, under its own name or with .replaced- in its name.");
        }
    }

    private static string RestoringName(string file) => file + ".restoring";

    private static void Copy(string source, string target)
    {
        BackupFile.MakeEmpty(target);
        using var from = File.OpenRead(source);
        using var to = new FileStream(target, FileMode.Open, FileAccess.Write);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    // With its log, whose name SQLite makes from that of the database: what was committed last may stand only there.
    private static string? KeepOld(string file, TimeProvider time)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var kept = string.Create(CultureInfo.InvariantCulture, $"{file}.replaced-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}");
        if (File.Exists(file + "-wal"))
        {
            File.Move(file + "-wal", kept + "-wal");
        }

        File.Delete(file + "-shm");
        File.Move(file, kept);
        return kept;
    }
}
