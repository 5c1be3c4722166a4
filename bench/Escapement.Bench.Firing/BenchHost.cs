using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.HostApi;
using Escapement.Scheduling;
using Escapement.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Bench;

/// <summary>The engine and the host API over a real SQLite file in a folder of its own.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private static readonly Actor Admin = new(ActorKind.Admin, "bench");

    private readonly AuditLog audit;
    private FiringEngine? engine;

    private BenchHost(string folder, SqliteStore store)
    {
        Folder = folder;
        Store = store;
        Log = new FireLog(Time);
        Wake = new WakeSignal(Time);
        audit = new AuditLog(store.Audit, Time, NullLogger<AuditLog>.Instance);
        HostApis = new HostApiFactory(store.Schedules, new ScheduleOperations(store.Schedules, audit, Wake, Time, new ScheduleLimits()), audit);
    }

    public static TimeProvider Time => TimeProvider.System;

    public string Folder { get; }

    public SqliteStore Store { get; }

    public FireLog Log { get; }

    public WakeSignal Wake { get; }

    public HostApiFactory HostApis { get; }

    /// <summary>A store with so many installs, fifty tenants' worth of each hundred.</summary>
    public static async Task<(BenchHost Host, IReadOnlyList<InstalledExtension> Installs)> CreateAsync(int installs)
    {
        var folder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
        var host = new BenchHost(folder, await OpenAsync(folder));
        await host.audit.StartAsync(CancellationToken.None);
        return (host, await host.InstallAsync(installs));
    }

    private static ValueTask<SqliteStore> OpenAsync(string folder) =>
        SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, Time, NullLogger<SqliteStore>.Instance);

    public async Task StartAsync(int slots)
    {
        var options = new FiringOptions { Node = "bench", Slots = slots, MaxRunningPerInstall = slots, MaxRunningPerTenant = slots };
        engine = new FiringEngine(Store.Claims, Store.Installs, new VersionCatalog(Store.Versions), HostApis, new NoopSandbox(slots, Time), Wake, options, Time, NullLoggerFactory.Instance, [Log]);
        await engine.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.StopAsync(CancellationToken.None);
            engine.Dispose();
        }

        await audit.StopAsync(CancellationToken.None);
        audit.Dispose();
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<IReadOnlyList<InstalledExtension>> InstallAsync(int count)
    {
        var endpoint = new DeclaredEndpoint("POST", "/api/sync", "sync", Schedulable: true);
        var version = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(Time)),
            Manifest = new Manifest
            {
                Name = "com.acme.bench",
                Publisher = "",
                Version = "1.0.0",
                Runtime = "wasm-js@1",
                Capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                Endpoints = [endpoint],
                Json = """{"name":"com.acme.bench","version":"1.0.0","runtime":"wasm-js@1","capabilities":["cap:scheduler.manage"],"api":{"endpoints":[{"method":"POST","path":"/api/sync","handler":"sync"}]}}""",
            },
            Endpoints = [new Endpoint(Ids.Next(Time), endpoint)],
            BundleSha256 = new string('0', 64),
            ComponentSha256 = new string('0', 64),
            PublishedAt = Time.GetUtcNow(),
        };
        await Store.Versions.PublishAsync(version, new byte[] { 0 }, Entry("version.publish"));
        var installs = new InstalledExtension[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            var install = new Install
            {
                Scope = new InstallScope(TenantId.Parse($"tenant-{i}"), new InstallId(Ids.Next(Time))),
                ExtensionId = "com.acme.bench",
                Version = version.Id,
                Enabled = true,
                Granted = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
                CreatedAt = Time.GetUtcNow(),
                UpdatedAt = Time.GetUtcNow(),
            };
            await Store.Installs.AddAsync(install, Entry("install.add"));
            installs[i] = new InstalledExtension(install, version);
        });
        return installs;
    }

    private static AuditEntry Entry(string action) => new() { Id = Ids.Next(Time), At = Time.GetUtcNow(), Actor = Admin, Action = action, Outcome = AuditOutcome.Done };
}
