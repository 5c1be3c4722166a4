using Escapement.Sqlite.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Sqlite.Tests.Connections;

public sealed class WriteQueueTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualResetEventSlim gate = new();
    private readonly Database database;
    private readonly WriteQueue queue;

    public WriteQueueTests()
    {
        database = Database.OpenWriter(folder.Database, new SqliteStoreOptions());
        database.Script("""
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED, text TEXT);
            """);
        queue = new WriteQueue(database, new FoundDamage(folder.Database, NullLogger.Instance));
    }

    public void Dispose()
    {
        gate.Set();
        queue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        gate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Write_OneOfAGroupFails_OnlyItsOwnIsTakenBack()
    {
        Hold();
        var first = Insert(1);
        var failing = queue.WriteAsync<int>(
            db =>
            {
                db.Script("INSERT INTO parent (id) VALUES (2)");
                throw new InvalidOperationException("a bug");
            },
            CancellationToken.None).AsTask();
        var last = Insert(3);
        gate.Set();

        await Task.WhenAll(first, last);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(4, await Number("SELECT sum(id) FROM parent"));
    }

    [Fact]
    public async Task Write_CommitFails_AllOfTheGroupFailAndNothingIsStored()
    {
        Hold();
        var good = Insert(1);
        var orphan = queue.WriteAsync(
            db =>
            {
                db.Script("INSERT INTO child (id, parent) VALUES (1, 99)");
                return 0;
            },
            CancellationToken.None).AsTask();
        gate.Set();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => good);
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => orphan);
        Assert.Contains(folder.Database, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Number("SELECT (SELECT count(*) FROM parent) + (SELECT count(*) FROM child)"));
        await Insert(2);
        Assert.Equal(2, await Number("SELECT sum(id) FROM parent"));
    }

    [Fact]
    public async Task Write_DiskFull_SaysSoStoresNothingAndGoesOnWhenThereIsSpace()
    {
        await Script("PRAGMA max_page_count = 16");

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Script("INSERT INTO child (id, text) VALUES (1, hex(zeroblob(1000000)))"));

        Assert.Contains("is full", e.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Number("SELECT count(*) FROM child"));
        await Script("PRAGMA max_page_count = 100000");
        await Script("INSERT INTO child (id, text) VALUES (1, hex(zeroblob(1000000)))");
        Assert.Equal(1, await Number("SELECT count(*) FROM child"));
    }

    [Fact]
    public async Task Write_GivenUpWhileItWaits_IsNotCarriedOut()
    {
        using var given = new CancellationTokenSource();
        Hold();
        var cancelled = queue.WriteAsync(Inserting(1), given.Token).AsTask();
        var kept = Insert(2);
        await given.CancelAsync();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await kept;
        Assert.Equal(2, await Number("SELECT sum(id) FROM parent"));
    }

    [Fact]
    public async Task Dispose_ChangesWait_AreFinishedAndLaterOnesRefused()
    {
        Hold();
        var waiting = Enumerable.Range(1, 20).Select(Insert).ToList();
        var closing = queue.DisposeAsync().AsTask();
        Assert.Throws<ObjectDisposedException>(() => { _ = Insert(99); });
        gate.Set();

        await closing;
        await Task.WhenAll(waiting);
        using var reopened = Database.OpenWriter(folder.Database, new SqliteStoreOptions());
        Assert.Equal(20, reopened.Number("SELECT count(*) FROM parent"));
    }

    // Keeps the writer busy, so that what comes after it waits and is one group.
    private void Hold() => _ = queue.WriteAsync(
        _ =>
        {
            gate.Wait();
            return 0;
        },
        CancellationToken.None);

    private static Func<Database, int> Inserting(int id) => db =>
    {
        db.Script($"INSERT INTO parent (id) VALUES ({id})");
        return id;
    };

    private Task<int> Insert(int id) => queue.WriteAsync(Inserting(id), CancellationToken.None).AsTask();

    private Task<long> Number(string sql) => queue.WriteAsync(db => db.Number(sql), CancellationToken.None).AsTask();

    private Task<int> Script(string sql) => queue.WriteAsync(
        db =>
        {
            db.Script(sql);
            return 0;
        },
        CancellationToken.None).AsTask();
}
