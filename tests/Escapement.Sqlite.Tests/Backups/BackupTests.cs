using Escapement.Sqlite.Backups;
using Escapement.Sqlite.Tests.Integrity;
using Escapement.Stores.Conformance;

namespace Escapement.Sqlite.Tests.Backups;

/// <summary>What is backed up while the store works comes back whole, and nothing that was there is lost.</summary>
public sealed class BackupTests(SqliteFixture store) : StoreFacts(store), IClassFixture<SqliteFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private readonly SqliteFixture sqlite = store;

    private string File => Path.Combine(sqlite.Folder, "backup.db");

    private string Database => Path.Combine(sqlite.Folder, "escapement.db");

    [Fact]
    public async Task Write_WhileTheStoreWorks_HoldsWhatWasThere()
    {
        var scope = await Installed();
        await Created(scope, name: "before");

        var backup = BackupWriter.Write(sqlite.Folder, File);
        await Created(scope, name: "after");

        Assert.Equal((File, 1L, 0L), (backup.File, backup.Schedules, backup.Runs));
        Assert.Equal(new FileInfo(File).Length, backup.Bytes);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }

        Assert.Equal([File], Directory.GetFiles(sqlite.Folder, "backup*"));
        Assert.Equal(2, (await Store.Schedules.ListAsync(scope)).Count);
    }

    [Fact]
    public async Task Run_OverADatabase_BringsTheBackupAndKeepsTheOther()
    {
        var scope = await Installed();
        await Created(scope, name: "before");
        BackupWriter.Write(sqlite.Folder, File);
        await Created(scope, name: "after");
        await sqlite.CloseAsync();

        var restored = Restore.Run(File, sqlite.Folder, new FixedTime(Noon));

        Assert.Equal((Database, 1L), (restored.Backup.File, restored.Backup.Schedules));
        Assert.Equal(Database + ".replaced-20261128T120000000Z", restored.Kept);
        Assert.Equal(2, BackupFile.Verify(restored.Kept!).Schedules);
        await sqlite.OpenAsync();
        Assert.Equal(["before"], (await Store.Schedules.ListAsync(scope)).Select(s => s.Name));
        await Created(scope, name: "again");
    }

    [Fact]
    public async Task Run_OverADatabaseThatWasFoundDamaged_ForgetsTheDamage()
    {
        BackupWriter.Write(sqlite.Folder, File);
        await sqlite.CloseAsync();
        await System.IO.File.WriteAllTextAsync(Database + ".damaged", "", TestContext.Current.CancellationToken);

        Restore.Run(File, sqlite.Folder, new FixedTime(Noon));

        Assert.False(System.IO.File.Exists(Database + ".damaged"));
        await sqlite.OpenAsync();
    }

    [Fact]
    public async Task Run_OverADatabaseWithALog_KeepsWhatStandsOnlyInTheLog()
    {
        var scope = await Installed();
        BackupWriter.Write(sqlite.Folder, File);
        await Created(scope, name: "in the log");
        var killed = Directory.CreateTempSubdirectory("escapement-").FullName;
        try
        {
            // As a process leaves them that is killed now.
            System.IO.File.Copy(Database, Path.Combine(killed, "escapement.db"));
            System.IO.File.Copy(Database + "-wal", Path.Combine(killed, "escapement.db-wal"));

            var restored = Restore.Run(File, killed, new FixedTime(Noon));

            Assert.Equal(0, restored.Backup.Schedules);
            Assert.Equal(1, BackupFile.Verify(restored.Kept!).Schedules);
        }
        finally
        {
            Directory.Delete(killed, recursive: true);
        }
    }

    [Fact]
    public async Task Run_IntoAnEmptyFolder_MakesIt()
    {
        await Created(await Installed());
        BackupWriter.Write(sqlite.Folder, File);
        var fresh = Path.Combine(sqlite.Folder, "fresh");

        var restored = Restore.Run(File, fresh, TimeProvider.System);

        Assert.Null(restored.Kept);
        Assert.Equal(1, restored.Backup.Schedules);
    }

    [Fact]
    public void Run_WhileAStoreHasTheFolder_IsRefused()
    {
        BackupWriter.Write(sqlite.Folder, File);

        var e = Assert.Throws<BackupRefusedException>(() => Restore.Run(File, sqlite.Folder, TimeProvider.System));

        Assert.Contains("in use by another Escapement process", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DamagedBackup_IsRefusedAndTheFolderIsAsItWas()
    {
        await Created(await Installed());
        await sqlite.CloseAsync();
        BackupWriter.Write(sqlite.Folder, File);
        Damage.Fill(File);
        Damage.LastPage(File);
        var before = Directory.GetFiles(sqlite.Folder).Order().ToList();

        var e = Assert.Throws<BackupRefusedException>(() => Restore.Run(File, sqlite.Folder, TimeProvider.System));

        Assert.Contains("is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains("Use an older backup", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(sqlite.Folder).Order());
        Assert.Equal(1, BackupFile.Verify(Database).Schedules);
    }

    [Fact]
    public async Task Run_SomethingElse_IsRefused()
    {
        await sqlite.CloseAsync();
        using (var other = Escapement.Sqlite.Connections.Database.OpenWriter(File, new SqliteStoreOptions()))
        {
            other.Script("CREATE TABLE theirs (x)");
        }

        Assert.Contains("is not a database of Escapement", Refused(() => Restore.Run(File, sqlite.Folder, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains("There is no file", Refused(() => Restore.Run(File + "x", sqlite.Folder, TimeProvider.System)), StringComparison.Ordinal);
        Assert.Contains("of the data folder itself", Refused(() => Restore.Run(Database, sqlite.Folder, TimeProvider.System)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20_000)]
    public async Task Run_Garbage_IsRefusedWithWhatToNameInItsPlace(int bytes)
    {
        await sqlite.CloseAsync();
        await System.IO.File.WriteAllBytesAsync(File, new byte[bytes], TestContext.Current.CancellationToken);

        Assert.Equal(
            $"{File} is not a database of Escapement, or its beginning is damaged. Name a file that escapement-server backup has written.",
            Refused(() => Restore.Run(File, sqlite.Folder, TimeProvider.System)));
    }

    [Fact]
    public async Task Open_AfterARestoreThatWasBrokenOff_IsRefusedUntilItIsDoneAgain()
    {
        BackupWriter.Write(sqlite.Folder, File);
        await sqlite.CloseAsync();
        await System.IO.File.WriteAllTextAsync(Database + ".restoring", "half", TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await sqlite.OpenAsync());
        Assert.Contains("was broken off", e.Message, StringComparison.Ordinal);

        Restore.Run(File, sqlite.Folder, TimeProvider.System);
        await sqlite.OpenAsync();
    }

    [Fact]
    public async Task Write_WhereItCannot_IsRefusedAndLeavesNothing()
    {
        await System.IO.File.WriteAllTextAsync(File, "mine", TestContext.Current.CancellationToken);

        Assert.Contains("is there already", Refused(() => BackupWriter.Write(sqlite.Folder, File)), StringComparison.Ordinal);
        var elsewhere = Path.Combine(sqlite.Folder, "no", "b.db");
        Assert.Contains("There is no folder", Refused(() => BackupWriter.Write(sqlite.Folder, elsewhere)), StringComparison.Ordinal);
        Assert.Contains("there is no", Refused(() => BackupWriter.Write(Path.Combine(sqlite.Folder, "no"), File + "2")), StringComparison.Ordinal);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_DamagedDatabase_IsNoBackup()
    {
        await sqlite.CloseAsync();
        Damage.Fill(Database);
        Damage.LastPage(Database);

        Assert.StartsWith($"{Database} is damaged", Refused(() => BackupWriter.Write(sqlite.Folder, File)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(sqlite.Folder, "backup*"));
    }

    private static string Refused(Action action) => Assert.Throws<BackupRefusedException>(action).Message;

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
