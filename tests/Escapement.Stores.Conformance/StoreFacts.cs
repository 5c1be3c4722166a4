using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Storage;
using Escapement.Why;

namespace Escapement.Stores.Conformance;

/// <summary>What the facts share: an empty store, and the shortest way to a version, an install, a schedule, a claim.</summary>
public abstract class StoreFacts(IStoreFixture fixture) : IAsyncLifetime
{
    /// <summary>The instant at which most facts begin.</summary>
    private protected static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected static readonly Guid TokenA = Guid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    private protected static readonly Guid TokenB = Guid.Parse("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
    private protected static readonly VersionId VersionA = new(Guid.Parse("0a0a0a0a-0a0a-7a0a-8a0a-0a0a0a0a0a0a"));
    private protected static readonly VersionId VersionB = new(Guid.Parse("0b0b0b0b-0b0b-7b0b-8b0b-0b0b0b0b0b0b"));
    private protected static readonly TenantId Acme = TenantId.Parse("acme");
    private protected static readonly TenantId Globex = TenantId.Parse("globex");

    private protected IStore Store => fixture.Store;

    public ValueTask InitializeAsync() => fixture.ResetAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static Guid NewId() => Ids.Next(TimeProvider.System);

    private protected static DateTimeOffset Minute(double minutes) => T0.AddMinutes(minutes);

    private protected static AuditEntry Entry(string action, TenantId? tenant = null, InstallId? install = null, string? target = null) => new()
    {
        Id = NewId(),
        At = T0,
        Tenant = tenant ?? Acme,
        Install = install,
        Actor = new Actor(ActorKind.Admin, "ops"),
        Action = action,
        Target = target,
        Outcome = AuditOutcome.Done,
    };

    private protected static ScheduleChangeLimits Limits(DateTimeOffset? now = null, int max = 50, TokenBucket? rate = null) =>
        new(now ?? T0, max, rate ?? new TokenBucket(1_000_000));

    private protected static ExtensionVersion Version(
        string extension = "com.acme.sync", string version = "1.0.0", string bundle = "bundle", IReadOnlyList<DeclaredEndpoint>? endpoints = null)
    {
        var declared = endpoints
            ?? [new("GET", "/api/status", "status", true), new("DELETE", "/api/sync", "remove", false), new("POST", "/api/sync", "sync", true)];
        return new ExtensionVersion
        {
            Id = new VersionId(NewId()),
            Manifest = new Manifest
            {
                Name = extension,
                Version = version,
                Publisher = "Acme",
                Runtime = "wasm-js@1",
                Capabilities = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage, Capability.LogEmit),
                Endpoints = declared,
                Json = "{\"name\": \"" + extension + "\", \"unknown\": [1, 2]}",
            },
            Endpoints = [.. declared.Select(d => new Endpoint(NewId(), d))],
            BundleSha256 = Sha(bundle),
            ComponentSha256 = Sha("component of " + bundle),
            ComponentBytes = 12_345,
            PublishedBy = "ops",
            PublishedAt = T0,
        };
    }

    private protected async Task<ExtensionVersion> Published(
        string extension = "com.acme.sync", string version = "1.0.0", IReadOnlyList<DeclaredEndpoint>? endpoints = null)
    {
        var outcome = await Store.Versions.PublishAsync(
            Version(extension, version, extension + version, endpoints), Encoding.UTF8.GetBytes(extension + version), Entry("version.publish"));
        return Assert.IsType<PublishOutcome.Published>(outcome).Version;
    }

    private protected static Install NewInstall(ExtensionVersion version, TenantId tenant, bool enabled = true) => new()
    {
        Scope = new InstallScope(tenant, new InstallId(NewId())),
        ExtensionId = version.Manifest.Name,
        Version = version.Id,
        Enabled = enabled,
        Granted = FrozenSet.Create(StringComparer.Ordinal, Capability.SchedulerManage),
        CreatedAt = T0,
        UpdatedAt = T0,
    };

    private protected async Task<InstallScope> Installed(TenantId? tenant = null, string extension = "com.acme.sync", bool enabled = true)
    {
        var install = NewInstall(await Published(extension), tenant ?? Acme, enabled);
        Assert.IsType<InstallOutcome.Done>(await Store.Installs.AddAsync(install, Entry("install.add", tenant, install.Scope.Install)));
        return install.Scope;
    }

    private protected static Schedule NewSchedule(InstallScope scope, DateTimeOffset? due = null, string? name = null) => new()
    {
        Id = new ScheduleId(NewId()),
        Scope = scope,
        Name = name,
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "*/5 * * * *",
        TimeZone = "Europe/Berlin",
        Enabled = true,
        Payload = "{\"a\": [1, \"\u00e4\ud83d\ude00\"]}",
        NextDueAt = due,
        CreatedAt = T0,
        UpdatedAt = T0,
    };

    private protected async Task<Schedule> Created(Schedule schedule)
    {
        var entry = Entry("schedule.create", schedule.Scope.Tenant, schedule.Scope.Install, schedule.Id.ToString());
        return (await Store.Schedules.CreateAsync(schedule, Limits(), entry)).Schedule!;
    }

    private protected Task<Schedule> Created(InstallScope scope, DateTimeOffset? due = null, string? name = null) => Created(NewSchedule(scope, due, name));

    private protected async Task<Schedule> Reloaded(Schedule schedule) => (await Store.Schedules.GetAsync(schedule.Scope, schedule.Id))!;

    private protected async Task<Run> Reloaded(ClaimedRun run) => (await Store.Runs.GetAsync(run.Scope.Tenant, run.Lease.Id))!;

    private protected WhyFinder NewWhyFinder(TimeProvider time) => new(
        Store.Whys,
        Store.Pauses,
        Store.Nodes,
        NodeSilence.On(time),
        new VersionCatalog(Store.Versions),
        new ScheduleLimits(),
        new RetentionOptions(),
        time);

    private protected async Task<IReadOnlyList<Run>> Ledger(Schedule schedule) =>
        (await Store.Runs.ListAsync(new RunQuery(schedule.Scope.Tenant, null, schedule.Id, null, 100))).Runs;

    /// <summary>Fires what is due; skips it while a run is open; goes on in steps of five minutes.</summary>
    private protected static RecoveryRequest Recovery(DateTimeOffset now, int maxLostAttempts, DateTimeOffset? storeAwaySince = null) =>
        new() { Now = now, MaxLostAttempts = maxLostAttempts, StoreAwaySince = storeAwaySince };

    private protected static Func<DueSchedule, OccurrencePlan> FireAt(DateTimeOffset now) => due =>
    {
        var next = due.DueAt;
        while (next <= now)
        {
            next = next.AddMinutes(5);
        }

        return due.ActiveRun is null
            ? new OccurrencePlan(next, due.DueAt, due.DueAt, null, null)
            : new OccurrencePlan(next, due.DueAt, null, due.DueAt, null);
    };

    private protected static ClaimRequest Request(
        DateTimeOffset now,
        int maxRuns = 100,
        int maxChanged = 1000,
        int perInstall = 100,
        int perTenant = 100,
        Guid? token = null,
        string node = "node-a",
        Func<DueSchedule, OccurrencePlan>? plan = null) => new()
        {
            Now = now,
            MaxRuns = maxRuns,
            MaxChanged = maxChanged,
            Node = node,
            LeaseToken = token ?? TokenA,
            LeaseUntil = now.AddSeconds(30),
            MaxRunningPerInstall = perInstall,
            MaxRunningPerTenant = perTenant,
            Plan = plan ?? FireAt(now),
        };

    private protected async Task<ClaimedBatch> Claim(DateTimeOffset now) => await Store.Claims.ClaimAsync(Request(now));

    /// <summary>Claims by the rules of the host, until there is nothing more at once.</summary>
    private protected async Task<List<ClaimedRun>> Plan(DateTimeOffset now, int maxChanged = 1_000)
    {
        var runs = new List<ClaimedRun>();
        for (var more = true; more;)
        {
            var batch = await Store.Claims.ClaimAsync(
                Request(now, maxChanged: maxChanged, plan: due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, now)));
            runs.AddRange(batch.Runs);
            more = batch.More;
        }

        return runs;
    }

    private protected static AttemptOutcome Succeeded(ClaimedRun run, DateTimeOffset at) => new()
    {
        Lease = run.Lease,
        Attempt = run.Attempt,
        State = RunState.Succeeded,
        Reason = RunReason.None,
        StartedAt = at,
        Version = VersionA,
        FinishedAt = at.AddSeconds(1),
        StatusCode = 204,
    };

    private protected static AttemptOutcome Failed(
        ClaimedRun run, DateTimeOffset at, DateTimeOffset? retryAt = null, RunReason reason = RunReason.ErrorStatus) => Succeeded(run, at) with
    {
        State = retryAt is null ? RunState.Failed : RunState.Queued,
        Reason = reason,
        StatusCode = 500,
        Error = "The endpoint answered 500",
        RetryAt = retryAt,
    };

    private protected async Task Complete(params AttemptOutcome[] outcomes) => Assert.Empty(await Store.Claims.RecordAsync(outcomes));

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A change that is refused by nobody but the rules.</summary>
internal static class PlainChange
{
    public static ValueTask<ScheduleChange> UpdateAsync(
        this IScheduleStore store, InstallScope scope, ScheduleId id, Func<Schedule, Schedule> change, ScheduleChangeLimits limits, AuditEntry audit) =>
        store.UpdateAsync(scope, id, schedule => ScheduleChange.Done(change(schedule)), limits, audit);
}

/// <summary>All that a tenant uninstalled, or that was deleted of an install, in one page.</summary>
internal static class PlainRemoved
{
    public static ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(this IRemovedScheduleStore store, InstallScope scope, DateTimeOffset since) =>
        store.ListAsync(scope, since, RemovedScheduleCursor.Start, limit: 1_000);

    public static ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(this IRemovedInstallStore store, TenantId tenant, DateTimeOffset since) =>
        store.ListAsync(tenant, since, RemovedInstallCursor.Start, limit: 1_000);
}

/// <summary>A run-now without a word.</summary>
internal static class PlainRunNow
{
    public static ValueTask<RunNowOutcome> RunNowAsync(
        this IRunStore store, InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset at, string by, AuditEntry audit) =>
        store.AskAsync(new AskedRun { Id = id, Scope = scope, Schedule = schedule, Trigger = RunTrigger.RunNow, At = at, By = by }, audit);
}
