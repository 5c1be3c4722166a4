using Escapement.Audit;
using Escapement.Sqlite.Integrity;
using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite.Tests.Integrity;

public sealed class CheckAfterCrashTests : IDisposable
{
    private readonly TempFolder folder = new();
    private FirstFinding log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_AfterACrash_LooksAtEveryPage()
    {
        await MakeAsync();
        Damage.LeaveLog(folder.Database);

        await using var store = await OpenAsync();

        Assert.Equal(LogEvents.StoreChecked, (await log.Finding).Id);
        Assert.Null((await store.Health.CheckAsync(TestContext.Current.CancellationToken)).Warning);
    }

    [Fact]
    public async Task Open_AfterACrashThatDamagedAPage_WarnsAndSaysWhatToDo()
    {
        await MakeAsync();
        Damage.Fill(folder.Database);
        Damage.LastPage(folder.Database);
        Damage.LeaveLog(folder.Database);

        await using var store = await OpenAsync();

        var (id, text) = await log.Finding;
        Assert.Equal(LogEvents.StoreDamaged, id);
        Assert.Contains(folder.Database, text, StringComparison.Ordinal);
        Assert.Contains("escapement-server restore FILE --data /", text, StringComparison.Ordinal);
        var health = await store.Health.CheckAsync(TestContext.Current.CancellationToken);
        Assert.True(health.IsHealthy);
        Assert.Equal("Pages of the database file are damaged; the node's log says which and what to do", health.Warning);
    }

    [Fact]
    public async Task Open_AfterAnOrderlyEnd_DoesNotLook()
    {
        await MakeAsync();

        await using (await OpenAsync())
        {
        }

        Assert.False(log.Finding.IsCompleted);
    }

    [Fact]
    public async Task Open_AfterAnOrderlyEndWithDamage_WarnsAndLooksAgain()
    {
        await MakeAsync();
        Damage.Fill(folder.Database);
        Damage.LastPage(folder.Database);
        Damage.LeaveLog(folder.Database);
        await using (await OpenAsync())
        {
            await log.Finding;
        }

        log = new FirstFinding();
        await using var again = await OpenAsync();

        Assert.NotNull((await again.Health.CheckAsync(TestContext.Current.CancellationToken)).Warning);
        Assert.Equal(LogEvents.StoreDamaged, (await log.Finding).Id);
    }

    [Fact]
    public async Task Open_AfterDamageThatWasMended_WarnsNoMore()
    {
        await MakeAsync();
        Damage.Fill(folder.Database);
        var sound = await File.ReadAllBytesAsync(folder.Database, TestContext.Current.CancellationToken);
        Damage.LastPage(folder.Database);
        Damage.LeaveLog(folder.Database);
        await using (await OpenAsync())
        {
            await log.Finding;
        }

        await File.WriteAllBytesAsync(folder.Database, sound, TestContext.Current.CancellationToken);
        log = new FirstFinding();
        await using (var mended = await OpenAsync())
        {
            Assert.Equal(LogEvents.StoreChecked, (await log.Finding).Id);
            Assert.Null((await mended.Health.CheckAsync(TestContext.Current.CancellationToken)).Warning);
        }

        log = new FirstFinding();
        await using (await OpenAsync())
        {
        }

        Assert.False(log.Finding.IsCompleted);
    }

    [Fact]
    public async Task Read_AStatementMeetsDamage_WarnsAndTheNextStartLooks()
    {
        await MakeAsync();
        Damage.RootsOf("audit", folder.Database);
        await using (var store = await OpenAsync())
        {
            Assert.Null((await store.Health.CheckAsync(TestContext.Current.CancellationToken)).Warning);

            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
                await store.Audit.ListAsync(new AuditWalk(TenantId.Parse("acme")), 1, TestContext.Current.CancellationToken));

            var (id, text) = await log.Finding;
            Assert.Equal(LogEvents.StoreDamaged, id);
            Assert.DoesNotContain("..", text, StringComparison.Ordinal);
            Assert.NotNull((await store.Health.CheckAsync(TestContext.Current.CancellationToken)).Warning);
        }

        Assert.Equal(CheckDepth.Everything, CheckAfterCrash.NeededFor(folder.Database));
    }

    [Fact]
    public async Task Dispose_WhileItLooks_BreaksItOff()
    {
        await MakeAsync();
        Damage.Fill(folder.Database);
        Damage.LeaveLog(folder.Database);

        await (await OpenAsync()).DisposeAsync();

        // The folder is free again, so nothing reads in it any more.
        await using var again = await OpenAsync();
        Assert.True((await again.Health.CheckAsync(TestContext.Current.CancellationToken)).IsHealthy);
    }

    private async Task MakeAsync() =>
        await (await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System)).DisposeAsync();

    private ValueTask<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System, log);

    private sealed class FirstFinding : ILogger<SqliteStore>
    {
        private readonly TaskCompletionSource<(int Id, string Text)> finding = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<(int Id, string Text)> Finding => finding.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is LogEvents.StoreChecked or LogEvents.StoreDamaged or LogEvents.StoreNotChecked)
            {
                finding.TrySetResult((eventId.Id, formatter(state, exception)));
            }
        }
    }
}
