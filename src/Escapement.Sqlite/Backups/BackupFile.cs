using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Integrity;
using Escapement.Sqlite.Migrations;
using Microsoft.Data.Sqlite;

namespace Escapement.Sqlite.Backups;

/// <summary>A file that is to be, or was, a backup.</summary>
internal static class BackupFile
{
    /// <summary>Makes an empty file that only its owner can read: payloads and hashes of tokens lie in it.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static void MakeEmpty(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var made = new FileStream(path, options);
    }

    /// <summary>Makes sure that what was written is on the disk and not only on its way.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens it, looks at every page and index, and says what is in it.</summary>
    /// <param name="path">What is opened.</param>
    /// <param name="named">What it is called in a refusal, if it is a copy; else null.</param>
    /// <exception cref="BackupRefusedException">It is damaged, no installation of Escapement, or of a newer program.</exception>
    public static Backup Verify(string path, string? named = null)
    {
        named ??= path;
        if (!BeginsAsDatabase(path))
        {
            throw new BackupRefusedException(
                $"{named} is not a database of Escapement, or its beginning is damaged. Name a file that escapement-server backup has written.");
        }

        try
        {
            if (FileCheck.Run(path, CheckDepth.Everything) is { Count: > 0 } problems)
            {
                throw new BackupRefusedException($"{named} is damaged: {string.Join("; ", problems)} Use an older backup.");
            }
        }
        catch (StoreUnavailableException e)
        {
            throw new BackupRefusedException(e.Message.Replace(path, named, StringComparison.Ordinal), e);
        }

        return Read(path, named);
    }

    /// <summary>Says what is in a file that was found sound.</summary>
    /// <param name="path">What is opened.</param>
    /// <param name="named">What it is called in a refusal.</param>
    /// <exception cref="BackupRefusedException">It is no installation of Escapement, or of a newer program.</exception>
    public static Backup Read(string path, string named)
    {
        try
        {
            using var connection = Beside.Open(path);
            var schema = (int)Number(connection, "PRAGMA user_version");
            if (schema == 0 || Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'schedules'") == 0)
            {
                throw new BackupRefusedException(
                    $"{named} is not a database of Escapement. Name a file that escapement-server backup has written.");
            }

            if (schema > Migrator.Newest)
            {
                throw new BackupRefusedException(
                    $"{named} has schema {schema}, but this program knows only up to schema {Migrator.Newest}: " +
                    "a newer program has written it. Use that version.");
            }

            return new Backup(
                path,
                new FileInfo(path).Length,
                schema,
                Number(connection, "SELECT count(*) FROM schedules"),
                Number(connection, "SELECT count(*) FROM runs"));
        }
        catch (SqliteException e)
        {
            throw new BackupRefusedException(SqliteFailure.Explain(e, named).Message, e);
        }
    }

    // Before SQLite looks: what it says of such a file is advice for a database that is in use.
    private static bool BeginsAsDatabase(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[16];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("SQLite format 3\0"u8);
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
