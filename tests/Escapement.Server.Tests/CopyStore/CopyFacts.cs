using System.Security.Cryptography;
using Escapement.Access;
using Escapement.Audit;
using Escapement.Bulk;
using Escapement.Calls;
using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Noting;
using Escapement.PostgreSql;
using Escapement.PostgreSql.Tests;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Server.CopyStore;
using Escapement.Sqlite.Tests;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.Server.Tests.CopyStore;

/// <summary>A SQLite installation with something of every kind in it, made through the interfaces of the store, and a schema to copy it to.</summary>
public abstract class CopyFacts(SqliteFixture sqlite) : StoreFacts(sqlite), IAsyncLifetime
{
    protected static readonly byte[] TokenHash = SHA256.HashData("esc_token"u8);

    protected SqliteFixture Sqlite { get; } = sqlite;

    protected PostgreSqlStoreOptions Options { get; } = TestDatabase.NewOptions();

    protected List<TenantId> Tenants { get; } = [Acme, Globex, TenantId.Parse("Initech:1")];

    protected List<Schedule> Schedules { get; } = [];

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await TestDatabase.DropAsync(Options);
        GC.SuppressFinalize(this);
    }

    /// <summary>Fills the SQLite store and closes it.</summary>
    protected async Task FillAsync()
    {
        await FillTokensAsync();
        await FillOutagesAsync();
        await Store.Compilations.GetKeyAsync("compiled-code", RandomNumberGenerator.GetBytes(32), T0);
        await Store.Audit.AppendAsync([Entry("node.start") with { Tenant = null, Actor = new Actor(ActorKind.Admin, "test"), Detail = "a\0b \ud83d\ude00" }]);
        await Store.Versions.PublishAsync(
            Version(version: "2.0.0-rc.1", bundle: "large"), RandomNumberGenerator.GetBytes(3_000_000), Entry("version.publish") with { Tenant = null });
        foreach (var tenant in Tenants)
        {
            await FillAsync(await Installed(tenant));
        }

        var version = await Published("com.acme.other");
        var disabled = NewInstall(version, Globex, enabled: false) with { PreviousVersion = version.Id };
        await Store.Installs.AddAsync(disabled, Entry("install.add", Globex, disabled.Scope.Install));
        Schedules.Add(await Created(NewSchedule(disabled.Scope) with { Enabled = false, Payload = null }));
        await FillRemovedAsync(version);
        foreach (var target in (PauseTarget[])[PauseTarget.Host, new(Globex, null)])
        {
            var pause = new Pause
            {
                Id = NewId(),
                Layer = target.Layer,
                Since = T0,
                Until = Minute(5),
                Cause = PauseCause.Asked,
                Note = "move \u00e4",
                By = "ops",
            };
            await Store.Pauses.PauseAsync(new OuterPause(target, pause), Entry("pause"));
        }

        await FillBulkAsync();
        await Sqlite.CloseAsync();
    }

    private protected Task<CopyReport> CopyAsync(ICopyObserver? observer = null, CancellationToken cancellationToken = default) =>
        new StoreCopy(Sqlite.Folder, Options, observer ?? new Silent()).RunAsync(cancellationToken);

    private protected async Task<IStore> OpenTargetAsync() => await PostgreSqlStore.OpenAsync(Options, TimeProvider.System);

    private async Task FillRemovedAsync(ExtensionVersion version)
    {
        var removed = NewInstall(version, Acme);
        await Store.Installs.AddAsync(removed, Entry("install.add"));
        await Store.Installs.NoteUsesAsync([new(new InstalledCapability(removed.Scope, Capability.LogEmit), Minute(3))]);
        await Created(removed.Scope, Minute(5), "with its install");
        var deleted = await Created(removed.Scope, Minute(5), "by itself");
        await Store.Schedules.DeleteAsync(removed.Scope, deleted.Id, Limits() with { KeptDeleted = 5 }, Entry("schedule.delete"));
        await Store.Installs.RemoveAsync(removed.Scope, Minute(6), keep: true, Entry("install.remove"));
    }

    private async Task FillBulkAsync()
    {
        var change = new BulkChange
        {
            Id = NewId(),
            Tenant = Acme,
            Action = new BulkAction { Kind = BulkKind.Pause, Note = "move \u00e4" },
            Actor = new Actor(ActorKind.Admin, "ops"),
            Total = 1,
            CreatedAt = T0,
        };
        await Store.Bulk.AddAsync(change, BulkPart.Of([new BulkItem(Schedules[0].Id, 1)]), Entry("tenant.bulk"));
    }

    private async Task FillOutagesAsync()
    {
        var node = new HostNode { Id = NewId(), Name = "before", Slots = 4, Version = "1.0.0", StartedAt = T0, SeenAt = T0 };
        await Store.Nodes.BeatAsync(node, Minute(-1));
        await Store.Nodes.BeatAsync(node with { SeenAt = Minute(9) }, Minute(8));
    }

    private async Task FillTokensAsync()
    {
        var first = new ApiToken
        {
            Id = NewId(),
            Bearer = new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "first"),
            Sha256 = SHA256.HashData("esc_before"u8),
            MadeBy = "host",
            CreatedAt = T0,
        };
        await Store.Tokens.AddFirstAsync(first);
        await Store.Tokens.RotateAsync(new TokenRotation(first.Id, first.Sha256, TokenHash, Minute(60), Minute(90)), []);
        await Store.Tokens.NoteUsesAsync([new Use<Guid>(first.Id, Minute(1))]);
        var named = new EscapementPrincipal(EscapementRole.Viewer, TenantScope.Of(Tenants), "named \u00e4");
        var revoked = first with { Id = NewId(), Bearer = named, Sha256 = SHA256.HashData("esc_revoked"u8) };
        await Store.Tokens.AddAsync(revoked, []);
        await Store.Tokens.RevokeAsync(new TokenRevocation(revoked.Id, revoked.Sha256, Minute(2), LeavesOperator: false), []);
    }

    private async Task FillAsync(InstallScope scope)
    {
        var named = await Created(scope, Minute(0), "Nightly \u00e4\ud83d\ude00");
        var retry = new RetryPolicy(3, TimeSpan.FromSeconds(10), 1.5, TimeSpan.FromMinutes(5));
        var retried = await Created(NewSchedule(scope, Minute(0)) with { Policy = new SchedulePolicy { Retry = retry }, Payload = " [1 ,2]\n" });
        var running = await Created(NewSchedule(scope, Minute(0)) with { Payload = "[\"" + new string('x', 90_000) + "\"]" });
        var missed = await Created(scope, Minute(-60));
        var unplannable = await Created(scope, Minute(0));
        Schedules.AddRange([named, retried, running, missed, unplannable]);

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), plan: due =>
            due.Schedule == missed.Id
            ? new OccurrencePlan(Minute(5), Minute(0), Minute(0), null, new MissedOccurrences(Minute(-60), Minute(-10), 11, RunReason.Superseded))
              { Waiting = new Waiting { Due = Minute(-5), CatchUp = [new OccurrenceRange(Minute(-120), Minute(-90), 7)] } }
            : due.Schedule == unplannable.Id ? new OccurrencePlan(null, due.DueAt, null, null, null, "The zone is not known here")
            : FireAt(Minute(0))(due)));
        ClaimedRun Of(Schedule schedule) => batch.Runs.Single(r => r.Schedule == schedule.Id);
        await Complete(
            Succeeded(Of(named), Minute(0)) with
            {
                Evidence = new RunEvidence(
                    [new GuestLogLine(Minute(0), "info", "Hello \ud83d\ude00"), new GuestLogLine(Minute(0.5), "error", "")],
                    7,
                    new Dictionary<string, int> { ["scheduler.list"] = 2 }),
            },
            Failed(Of(retried), Minute(0), retryAt: Minute(1)),
            Failed(Of(missed), Minute(0), reason: RunReason.Trap) with { Error = "trap\0 in the guest", PauseAfterFailures = 1 });

        // The next occurrence of the one that goes on is skipped.
        await Claim(Minute(5));
        var asked = await Created(scope);
        Schedules.Add(asked);
        await Store.Runs.RunNowAsync(scope, asked.Id, new RunId(NewId()), Minute(6), "ops", Entry("schedule.run-now", scope.Tenant, scope.Install));

        await Store.Schedules.UpdateAsync(scope, named.Id, s => s with { Payload = "[\"another\"]" }, Limits(Minute(7)), Entry("schedule.update"));

        // Long ago: before all partitions.
        var old = await Created(scope, T0.AddYears(-3));
        var request = Request(T0.AddYears(-3), token: TokenB, plan: due => new OccurrencePlan(null, due.DueAt, due.DueAt, null, null));
        var oldRun = (await Store.Claims.ClaimAsync(request)).Runs.Single(r => r.Schedule == old.Id);
        await Complete(Succeeded(oldRun, T0.AddYears(-3)));
        Schedules.Add(old);
        await Store.Calls.KeepAsync(
            new KeptCall
            {
                Id = NewId(),
                Scope = scope,
                At = Minute(0),
                Version = VersionA,
                Method = "GET",
                Path = "/api/status",
                Status = 500,
                Duration = TimeSpan.FromMilliseconds(7),
                Evidence = new RunEvidence([new GuestLogLine(Minute(0), "stderr", "it failed \ud83d\ude00")], 0, new Dictionary<string, int>()),
            },
            most: 10);
        var entry = Entry("schedule.list", scope.Tenant, scope.Install);
        await Store.Audit.AppendAsync([.. Enumerable.Range(0, 50).Select(n => entry with { Id = NewId(), At = T0.AddDays(-n * 30) })]);
    }

    /// <summary>Says nothing to nobody.</summary>
    private protected class Silent : ICopyObserver
    {
        public virtual void Checking()
        {
        }

        public virtual void Begun(string table)
        {
        }

        public virtual void Copied(string table, long rows)
        {
        }

        public virtual void Done(string table, long rows, bool wasThere)
        {
        }

        public virtual void Comparing()
        {
        }
    }
}
