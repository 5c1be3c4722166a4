using System.Security.Cryptography;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Sqlite.Integrity;

namespace Escapement.Sqlite.Tests.Integrity;

public sealed class FileCheckTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Run_WhileAStoreHasTheFile_FindsItSound()
    {
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System);

        Assert.Empty(FileCheck.Run(folder.Database, CheckDepth.Pages, TestContext.Current.CancellationToken));
        Assert.Empty(FileCheck.Run(folder.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_AfterAKill_LeavesTheLogThatTellsOfIt()
    {
        using var killed = new TempFolder();
        await using (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System))
        {
            // As a process leaves them that is killed now.
            File.Copy(folder.Database, killed.Database);
            File.Copy(folder.Database + "-wal", killed.Database + "-wal");
        }

        var log = await File.ReadAllBytesAsync(killed.Database + "-wal", TestContext.Current.CancellationToken);

        Assert.Empty(FileCheck.Run(killed.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));

        Assert.NotEmpty(log);
        Assert.Equal(log, await File.ReadAllBytesAsync(killed.Database + "-wal", TestContext.Current.CancellationToken));
        Assert.Equal(CheckDepth.Pages, CheckAfterCrash.NeededFor(killed.Database));
    }

    [Theory]
    [InlineData(nameof(CheckDepth.Pages))]
    [InlineData(nameof(CheckDepth.Everything))]
    public async Task Run_DamagedPage_IsTold(string depth)
    {
        await MakeAsync();
        Damage.Fill(folder.Database);
        Damage.LastPage(folder.Database);

        Assert.NotEmpty(FileCheck.Run(folder.Database, Enum.Parse<CheckDepth>(depth), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_RowThatNamesNothing_IsTold()
    {
        await MakeAsync();
        using (var database = Escapement.Sqlite.Connections.Database.OpenWriter(folder.Database, new SqliteStoreOptions()))
        {
            database.Script("""
                CREATE TABLE owner (id INTEGER PRIMARY KEY) STRICT;
                CREATE TABLE owned (owner INTEGER NOT NULL REFERENCES owner (id)) STRICT;
                PRAGMA foreign_keys = OFF;
                INSERT INTO owned VALUES (7);
                """);
        }

        Assert.Equal(
            ["a row of owned names a row of owner that is not there"],
            FileCheck.Run(folder.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_BytesOfABundleDiffer_IsTold()
    {
        var published = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        await using (var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System))
        {
            await store.Versions.PublishAsync(SomeVersion(published), published, SomeEntry(), cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Empty(FileCheck.Run(folder.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));
        Damage.Bytes(folder.Database, published.AsSpan(50_000, 32));

        Assert.Empty(FileCheck.Run(folder.Database, CheckDepth.Pages, TestContext.Current.CancellationToken));
        Assert.Equal(
            ["the bundle of com.acme.sync 1.0.0 is not what was published"],
            FileCheck.Run(folder.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false, "the bundle of com.acme.sync 1.0.0 is not there")]
    [InlineData(true)]
    public async Task Run_BundleIsGone_IsToldUnlessItsVersionWasWithdrawn(bool isWithdrawn, params string[] told)
    {
        byte[] published = [1, 2, 3];
        var version = SomeVersion(published);
        await using (var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System))
        {
            await store.Versions.PublishAsync(version, published, SomeEntry(), cancellationToken: TestContext.Current.CancellationToken);
            if (isWithdrawn)
            {
                await store.Versions.WithdrawAsync(version, version.PublishedAt, SomeEntry(), TestContext.Current.CancellationToken);
            }
        }

        using (var database = Escapement.Sqlite.Connections.Database.OpenWriter(folder.Database, new SqliteStoreOptions()))
        {
            database.Script("DELETE FROM bundles");
        }

        Assert.Equal(told, FileCheck.Run(folder.Database, CheckDepth.Everything, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_NoDatabase_SaysSo()
    {
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000), TestContext.Current.CancellationToken);

        var e = Assert.Throws<StoreUnavailableException>(() => FileCheck.Run(folder.Database, CheckDepth.Pages));

        Assert.Contains("is not an Escapement database", e.Message, StringComparison.Ordinal);
    }

    private static ExtensionVersion SomeVersion(byte[] bundle) => new()
    {
        Id = new VersionId(Ids.Next(TimeProvider.System)),
        Manifest = new Manifest
        {
            Name = "com.acme.sync",
            Version = "1.0.0",
            Publisher = "",
            Runtime = "wasm-js@1",
            Capabilities = [],
            Endpoints = [],
            Json = "{}",
        },
        Endpoints = [],
        BundleSha256 = Convert.ToHexStringLower(SHA256.HashData(bundle)),
        ComponentSha256 = new string('c', 64),
        ComponentBytes = 1,
        PublishedBy = "ops",
        PublishedAt = TimeProvider.System.GetUtcNow(),
    };

    private static AuditEntry SomeEntry() => AuditEntry.Of(
        TimeProvider.System, scope: null, new Actor(ActorKind.Admin, "ops"), "version.publish", target: null);

    private async Task MakeAsync() =>
        await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System)).DisposeAsync();
}
