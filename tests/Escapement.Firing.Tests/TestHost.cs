using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Calls;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Engine;
using Escapement.Gateway;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sharing;
using Escapement.Sqlite;
using Escapement.Storage;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement;

/// <summary>
/// The rules and the engine over a real SQLite store in a folder of its own, a clock that tests move, and a sandbox that tests
/// speak for.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 58, 0, TimeSpan.Zero);

    private readonly string folder;
    private readonly IInstallStore firingInstalls;
    private FiringEngine? engine;

    private TestHost(
        string folder,
        FakeTimeProvider time,
        IStore store,
        FiringOptions options,
        Func<IClaimStore, IClaimStore>? wrapClaims,
        Func<IInstallStore, IInstallStore>? wrapInstalls,
        Func<int, SlotPlan>? plan)
    {
        this.folder = folder;
        Time = time;
        Store = store;
        Options = options;
        Claims = wrapClaims?.Invoke(store.Claims) ?? store.Claims;
        firingInstalls = wrapInstalls?.Invoke(store.Installs) ?? store.Installs;
        Sandbox = new FakeSandbox(time, Signals.Poke);
        Wake = new WakeSignal(time);
        Audit = new AuditLog(store.Audit, time, NullLogger<AuditLog>.Instance);
        Schedules = new ScheduleOperations(store.Schedules, Audit, Wake, time, new ScheduleLimits());
        HostApis = new HostApiFactory([new SchedulerCapability(store.Schedules, Schedules)], Audit, time);
        Versions = new VersionCatalog(store.Versions);
        Installs = new InstallOperations(store.Installs, store.Versions, new NothingToCompile(), Wake, time, new ScheduleLimits());
        Runs = new RunOperations(store.Runs, Audit, Wake, time);
        Pauses = new PauseOperations(store.Pauses, store.Schedules, store.Runs, Audit, Wake, time, new ScheduleLimits());
        Slots = new SharedSlots(plan?.Invoke(Sandbox.Slots) ?? SlotPlan.ForRunsAlone(options.Slots ?? Sandbox.Slots));
        var keeper = new CallKeeper(store.Calls, time, NullLogger<CallKeeper>.Instance);
        Gateway = new ExtensionGateway(
            new InstalledExtensions(store.Installs, Versions), HostApis, Sandbox, new CallGate(new GatewayOptions(), Slots, Telemetry), keeper, time);
    }

    public static Actor Admin { get; } = new(ActorKind.Admin, "test");

    public FakeTimeProvider Time { get; }

    public IStore Store { get; }

    public FiringOptions Options { get; }

    public IClaimStore Claims { get; }

    public FakeSandbox Sandbox { get; }

    public EngineSignals Signals { get; } = new();

    public SharedSlots Slots { get; }

    public WakeSignal Wake { get; }

    public EscapementTelemetry Telemetry { get; } = new();

    public AuditLog Audit { get; }

    public ScheduleOperations Schedules { get; }

    public HostApiFactory HostApis { get; }

    public VersionCatalog Versions { get; }

    public InstallOperations Installs { get; }

    public RunOperations Runs { get; }

    public PauseOperations Pauses { get; }

    public ExtensionGateway Gateway { get; }

    public static async Task<TestHost> CreateAsync(
        FiringOptions? options = null,
        Func<IClaimStore, IClaimStore>? wrapClaims = null,
        DateTimeOffset? start = null,
        Func<IInstallStore, IInstallStore>? wrapInstalls = null,
        Func<int, SlotPlan>? plan = null)
    {
        var folder = Directory.CreateTempSubdirectory("escapement-test-").FullName;
        var time = new FakeTimeProvider(start ?? Start);
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, time, NullLogger<SqliteStore>.Instance);
        var host = new TestHost(folder, time, store, options ?? new FiringOptions { Node = "node-a" }, wrapClaims, wrapInstalls, plan);
        await host.Audit.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Publishes a version and installs it. Endpoints are written <c>METHOD /path</c>; the handler is the path.</summary>
    public async Task<InstalledExtension> InstallAsync(
        string tenant = "acme", string extension = "com.acme.sync", bool schedulerGranted = true, params string[] endpoints)
    {
        var version = await PublishAsync(extension, "1.0.0", endpoints.Length > 0 ? endpoints : ["POST /api/sync", "GET /api/status"]);
        string[] granted = schedulerGranted ? [Capability.SchedulerManage, Capability.LogEmit] : [Capability.LogEmit];
        return (await Installs.InstallAsync(TenantId.Parse(tenant), extension, version.Manifest.Version, granted, Admin)).Value;
    }

    public async Task<ExtensionVersion> PublishAsync(string extension, string version, string[] endpoints)
    {
        var declared = endpoints.Select(e => e.Split(' '))
            .Select(e => new DeclaredEndpoint(e[0], e[1], e[1], e[0] is "GET" or "POST" && !e[1].Contains(':', StringComparison.Ordinal)))
            .ToList();
        var manifest = new Manifest
        {
            Name = extension,
            Publisher = "",
            Version = version,
            Runtime = "wasm-js@1",
            Capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage, Capability.LogEmit),
            Endpoints = declared,
            Json = ManifestJson(extension, version, declared),
        };
        var candidate = new ExtensionVersion
        {
            Id = new VersionId(Ids.Next(Time)),
            Manifest = manifest,
            Endpoints = [.. declared.Select(d => new Endpoint(Ids.Next(Time), d))],
            BundleSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(manifest.Json))),
            ComponentSha256 = new string('0', 64),
            PublishedAt = Time.GetUtcNow(),
        };
        var entry = new AuditEntry { Id = Ids.Next(Time), At = Time.GetUtcNow(), Actor = Admin, Action = "version.publish", Outcome = AuditOutcome.Done };
        return ((PublishOutcome.Published)await Store.Versions.PublishAsync(candidate, new byte[] { 1 }, entry)).Version;
    }

    private static string ManifestJson(
        string extension, string version, IEnumerable<DeclaredEndpoint> endpoints) => System.Text.Json.JsonSerializer.Serialize(new
    {
        name = extension,
        version,
        runtime = "wasm-js@1",
        capabilities = new[] { Capability.SchedulerManage, Capability.LogEmit },
        api = new { endpoints = endpoints.Select(e => new { method = e.Method, path = e.Path, handler = e.Handler }) },
    });

    public async Task<Schedule> ScheduleAsync(
        InstalledExtension extension,
        string cron = "0 9 * * *",
        string endpoint = "POST /api/sync",
        string? payload = null,
        string? name = null,
        bool enabled = true,
        RetryPolicy? retry = null,
        SchedulePolicyInput? policy = null)
    {
        var input = new ScheduleInput(endpoint, cron, Payload: payload, Name: name, Enabled: enabled)
        {
            Policy = policy ?? new SchedulePolicyInput { Retry = retry },
        };
        var change = await Schedules.CreateAsync(extension.Install.Scope, extension.Version.Endpoints, input, Admin);
        Assert.Null(change.Error);
        return change.Schedule!;
    }

    public async Task StartEngineAsync()
    {
        var installed = new InstalledExtensions(firingInstalls, Versions);
        engine = new FiringEngine(
            Claims, installed, HostApis, Sandbox, Slots, Logs, Wake, Intake, Options, Telemetry, Time, NullLoggerFactory.Instance, [Signals]);
        await engine.StartAsync(CancellationToken.None);
        await Signals.SleepingPastAsync(Time.GetUtcNow());
    }

    public FiringEngine Engine => engine!;

    /// <summary>Whether it takes work.</summary>
    public NodeIntake Intake { get; } = new();

    /// <summary>What its runs have logged so far.</summary>
    public RunLogs Logs { get; } = new();

    /// <summary>Completes when the engine ended by itself.</summary>
    public Task EngineTask => engine!.ExecuteTask!;

    public Task StopEngineAsync() => engine!.StopAsync(CancellationToken.None);

    /// <summary>Moves the clock to an instant and waits until the engine has dealt with everything due by then.</summary>
    public async Task AdvanceToAsync(DateTimeOffset instant)
    {
        Time.SetUtcNow(instant);
        await Signals.SleepingPastAsync(instant);
    }

    public Task AdvanceAsync(TimeSpan by) => AdvanceToAsync(Time.GetUtcNow() + by);

    /// <summary>
    /// Moves the clock step by step until something holds, with a moment of real time between two steps in which the engine's threads
    /// get on; for what happens after some time-out.
    /// </summary>
    public async Task StepUntilAsync(Func<bool> condition, TimeSpan step, string what)
    {
        for (var i = 0; i < 1_000 && !condition(); i++)
        {
            Time.Advance(step);
            await Task.Delay(10);
        }

        Assert.True(condition(), $"Waited in vain for {what}");
    }

    /// <summary>Takes the one due run, or one whose lease is over by then, as another node that is never heard of again.</summary>
    public async Task<ClaimedRun> ClaimAsOtherNodeAsync(DateTimeOffset now, TimeSpan? leaseFor = null)
    {
        var planner = new OccurrencePlanner(TimeSpan.FromHours(24));
        await Store.Claims.RecoverAsync(new RecoveryRequest { Now = now, MaxLostAttempts = 100 });
        var batch = await Store.Claims.ClaimAsync(new ClaimRequest
        {
            Now = now,
            MaxRuns = 1,
            MaxChanged = 100,
            Node = "lost-node",
            LeaseToken = Guid.NewGuid(),
            LeaseUntil = now + (leaseFor ?? TimeSpan.FromSeconds(7)),
            MaxRunningPerInstall = 10,
            MaxRunningPerTenant = 10,
            Plan = due => planner.Plan(due, now),
        });
        return Assert.Single(batch.Runs);
    }

    /// <summary>All ledger rows of a schedule, by due time.</summary>
    public async Task<IReadOnlyList<Run>> LedgerAsync(Schedule schedule)
    {
        var rows = (await Store.Runs.ListAsync(new RunQuery(schedule.Scope.Tenant, schedule.Scope.Install, schedule.Id, null, 1_000))).Runs;
        return [.. rows.OrderBy(r => r.DueAt)];
    }

    public async Task<Schedule> ReadAsync(Schedule schedule) => (await Store.Schedules.GetAsync(schedule.Scope, schedule.Id))!;

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(InstalledExtension extension)
    {
        await Audit.StopAsync(CancellationToken.None);
        return await Store.Audit.ListAsync(new AuditWalk(extension.Install.Scope.Tenant) { Install = extension.Install.Scope.Install }, 1_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            // A test that failed may have left guests that never end: the engine gives them its shutdown time-out by the fake clock.
            var stopping = engine.StopAsync(CancellationToken.None);
            while (await Task.WhenAny(stopping, Task.Delay(20)) != stopping)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            engine.Dispose();
        }

        await Audit.StopAsync(CancellationToken.None);
        Audit.Dispose();
        Telemetry.Dispose();
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
