using System.Text;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Migrations;

namespace Escapement.Sqlite.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_MissingFolder_IsMade()
    {
        var deep = Path.Combine(folder.Path, "a", "b");

        await using var store = await Open(deep);

        Assert.True(File.Exists(Path.Combine(deep, "escapement.db")));
    }

    [Fact]
    public async Task Open_Empty_BringsTheSchemaToTheNewest()
    {
        await (await Open()).DisposeAsync();

        using var database = Database.OpenWriter(folder.Database, new SqliteStoreOptions());
        Assert.Equal(Migrator.Newest, database.Number("PRAGMA user_version"));
        Assert.Equal(2, database.Number("PRAGMA synchronous"));
        Assert.Equal(1, database.Number("PRAGMA foreign_keys"));
        Assert.Equal(
            0, database.Number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%' AND name NOT LIKE 'schedule_search%'"));
        Assert.Equal((Migrator.Newest, Migrator.Newest), Migrator.Run(database, folder.Database));
    }

    [Fact]
    public async Task Open_SecondTime_IsRefusedUntilTheFirstCloses()
    {
        var first = await Open();

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open());

        Assert.Contains("in use by another Escapement process", e.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await (await Open()).DisposeAsync();
    }

    [Fact]
    public async Task Open_NotADatabase_SaysSoAndLeavesItAlone()
    {
        var garbage = Encoding.UTF8.GetBytes(new string('x', 10_000));
        await File.WriteAllBytesAsync(folder.Database, garbage);

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open());

        Assert.Contains(folder.Database + " is not an Escapement database", e.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(folder.Database));
    }

    [Fact]
    public async Task Open_SomebodyElsesDatabase_IsRefused()
    {
        using (var other = Database.OpenWriter(folder.Database, new SqliteStoreOptions()))
        {
            other.Script("CREATE TABLE theirs (x)");
        }

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open());

        Assert.Contains("not one of Escapement's", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefused()
    {
        await (await Open()).DisposeAsync();
        using (var database = Database.OpenWriter(folder.Database, new SqliteStoreOptions()))
        {
            database.Script($"PRAGMA user_version = {Migrator.Newest + 1}");
        }

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open());

        Assert.Contains("a newer program has written it", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DamagedInTheMiddle_ReadsAndHealthSayWhichFile()
    {
        await (await Open()).DisposeAsync();
        var size = new FileInfo(folder.Database).Length;
        await using (var file = File.OpenWrite(folder.Database))
        {
            file.Position = 4096;
            file.Write(new byte[size - 4096].Select(_ => (byte)0xA5).ToArray());
        }

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open());

        Assert.Contains(folder.Database + " is damaged", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderIsAFile_SaysSo()
    {
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open(file));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    // The system's own folders take no files from anybody, root included, so the fact holds for every user.
    [Theory]
    [InlineData("", "cannot be written")]
    [InlineData("escapement", "cannot be made")]
    public async Task Open_FolderThatTakesNoFiles_SaysSo(string name, string expected)
    {
        var path = Path.Combine(OperatingSystem.IsMacOS() ? "/System" : "/proc", name);

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Open(path));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_BadOptions_ListsEveryProblem()
    {
        var options = new SqliteStoreOptions { DataFolder = " ", ReadConnections = 0, WriteCacheKib = 1_023, ReadCacheKib = 255 };

        var e = await Assert.ThrowsAsync<ArgumentException>(async () => await SqliteStore.OpenAsync(options, TimeProvider.System));

        Assert.Equal(4, options.Validate().Count);
        Assert.All(options.Validate(), p => Assert.Contains(p.Path, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1_024, 256)]
    [InlineData(64, 1_048_576, 1_048_576)]
    public void Validate_AtTheLimits_IsGood(int readers, int write, int read) => Assert.Empty(
        new SqliteStoreOptions { ReadConnections = readers, WriteCacheKib = write, ReadCacheKib = read }.Validate());

    [Theory]
    [InlineData(65, 1_048_576, 1_048_576)]
    [InlineData(64, 1_048_577, 1_048_576)]
    [InlineData(64, 1_048_576, 1_048_577)]
    public void Validate_BeyondOneLimit_IsOneProblem(int readers, int write, int read) => Assert.Single(
        new SqliteStoreOptions { ReadConnections = readers, WriteCacheKib = write, ReadCacheKib = read }.Validate());

    private ValueTask<SqliteStore> Open(string? path = null) =>
        SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = path ?? folder.Path }, TimeProvider.System);
}
