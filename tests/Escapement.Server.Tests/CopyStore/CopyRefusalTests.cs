using Escapement.PostgreSql.Tests;
using Escapement.Server.CopyStore;
using Escapement.Sqlite.Tests;
using Escapement.Stores.Conformance;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Escapement.Server.Tests.CopyStore;

/// <summary>What cannot be copied is refused with the flag that names it and a remedy, and neither side is changed.</summary>
public sealed class CopyRefusalTests(SqliteFixture sqlite) : CopyFacts(sqlite), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Copy_NoSuchFolder_IsRefusedAndNotMade()
    {
        var missing = Path.Combine(Sqlite.Folder, "nowhere");
        Assert.Equal(
            $"--data: there is no folder {missing}. Name the data folder of the SQLite installation that is to be copied.",
            (await Assert.ThrowsAsync<CopyRefusedException>(() => new StoreCopy(missing, Options, new Silent()).RunAsync())).Message);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task Copy_FolderWithoutADatabase_IsRefusedAndStaysEmpty()
    {
        var empty = Directory.CreateDirectory(Path.Combine(Sqlite.Folder, "empty")).FullName;
        Assert.Equal(
            $"--data: {empty} holds no escapement.db, so there is nothing to copy. Name the data folder of a server that ran with --store sqlite.",
            (await Assert.ThrowsAsync<CopyRefusedException>(() => new StoreCopy(empty, Options, new Silent()).RunAsync())).Message);
        Assert.Empty(Directory.GetFileSystemEntries(empty));
    }

    [Fact]
    public async Task Copy_ServerRunsOnTheFolder_IsRefused()
    {
        var message = await RefusedAsync();
        Assert.StartsWith($"--data: The data folder {Sqlite.Folder} is in use by another Escapement process", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "holds no installation of Escapement")]
    [InlineData(9999, "has schema 9999, but this program knows only up to schema")]
    public async Task Copy_SourceOfAnotherVersion_IsRefused(int version, string expected)
    {
        await Sqlite.CloseAsync();
        await ChangeSourceAsync($"PRAGMA user_version = {version}");

        Assert.Contains(expected, await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_DamagedSource_IsRefused()
    {
        await Sqlite.CloseAsync();
        await File.WriteAllTextAsync(Path.Combine(Sqlite.Folder, "escapement.db"), new string('x', 8192), TestContext.Current.CancellationToken);

        Assert.StartsWith("--data: ", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_NoServerAtTheAddress_IsRefused()
    {
        await Sqlite.CloseAsync();
        var nowhere = Options with { ConnectionString = new NpgsqlConnectionStringBuilder(Options.ConnectionString) { Port = 1 }.ConnectionString };

        var refused = await Assert.ThrowsAsync<CopyRefusedException>(() => new StoreCopy(Sqlite.Folder, nowhere, new Silent()).RunAsync());
        Assert.StartsWith("--connection: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_TargetOfANewerVersion_IsRefused()
    {
        await Sqlite.CloseAsync();
        await (await OpenTargetAsync()).DisposeAsync();
        await TestDatabase.RunAsync(Options, "INSERT INTO migrations (number, name, applied_at) VALUES (9999, 'later', now())");

        Assert.Contains("9999", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_TargetInUse_IsRefusedAndNotTouched()
    {
        await FillAsync();
        await using (var target = await OpenTargetAsync())
        {
            await target.Audit.AppendAsync([Entry("node.start")]);
        }

        Assert.Equal(
            $"--schema: schema {Options.Schema} is in use: its table audit has rows that copy-store did not bring. " +
            $"Name a schema that is new, with --schema, or empty this one if nobody needs it: DROP SCHEMA {Options.Schema} CASCADE.",
            await RefusedAsync());
        Assert.Equal(1, await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM audit"));
        await (await OpenTargetAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Copy_TargetHoldsAnotherInstallation_IsRefusedAndNotTouched()
    {
        await FillAsync();
        await CopyAsync();
        await Sqlite.ResetAsync();
        await Sqlite.CloseAsync();

        Assert.Contains("holds what was copied from another data folder", await RefusedAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM tokens"));
    }

    [Fact]
    public async Task Copy_AnotherCopyAtWork_IsRefused()
    {
        await FillAsync();
        string? refused = null;

        await CopyAsync(new During(() => refused = OtherRefusedAsync().GetAwaiter().GetResult()));

        Assert.Contains("another copy-store is at work", refused, StringComparison.Ordinal);
    }

    private async Task<string> OtherRefusedAsync()
    {
        using var other = new TempFolder();
        var options = new Escapement.Sqlite.SqliteStoreOptions { DataFolder = other.Path };
        await (await Escapement.Sqlite.SqliteStore.OpenAsync(options, TimeProvider.System)).DisposeAsync();
        return (await Assert.ThrowsAsync<CopyRefusedException>(() => new StoreCopy(other.Path, Options, new Silent()).RunAsync())).Message;
    }

    private async Task<string> RefusedAsync() => (await Assert.ThrowsAsync<CopyRefusedException>(() => CopyAsync())).Message;

    private async Task ChangeSourceAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Sqlite.Folder, "escapement.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class During(Action what) : Silent
    {
        public override void Comparing() => what();
    }
}
