using Escapement.Access;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.Sqlite.Tests;

/// <summary>An SQLite store in a folder of its own, new for each fact.</summary>
public sealed class SqliteFixture : IStoreFixture, IAsyncLifetime
{
    private TempFolder? folder;
    private SqliteStore? store;

    public IScheduleStore Schedules => store!.Schedules;

    public IClaimStore Claims => store!.Claims;

    public IRunStore Runs => store!.Runs;

    public IVersionStore Versions => store!.Versions;

    public IInstallStore Installs => store!.Installs;

    public IAuditStore Audit => store!.Audit;

    public ITokenStore Tokens => store!.Tokens;

    public IRetentionStore Retention => store!.Retention;

    public IStoreHealth Health => store!.Health;

    public string Folder => folder!.Path;

    public async ValueTask ResetAsync()
    {
        await DisposeAsync();
        folder = new TempFolder();
        await OpenAsync();
    }

    public async ValueTask OpenAsync() =>
        store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = Folder }, TimeProvider.System);

    public async ValueTask CloseAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
            store = null;
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder?.Dispose();
        folder = null;
    }
}
