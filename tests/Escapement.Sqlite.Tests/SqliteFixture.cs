using Escapement.Access;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Scheduling;
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

    public IStoreHealth Health => store!.Health;

    public async ValueTask ResetAsync()
    {
        await DisposeAsync();
        folder = new TempFolder();
        store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder.Path }, TimeProvider.System);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        folder?.Dispose();
    }
}
