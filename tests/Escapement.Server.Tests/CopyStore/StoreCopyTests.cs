using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.PostgreSql.Tests;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Server.CopyStore;
using Escapement.Sqlite.Tests;
using Escapement.Storage;
using Escapement.Stores.Conformance;

namespace Escapement.Server.Tests.CopyStore;

/// <summary>What was in SQLite is in PostgreSQL, and goes on there.</summary>
public sealed class StoreCopyTests(SqliteFixture sqlite) : CopyFacts(sqlite), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task Copy_EveryKindOfThing_ReadsBackAlike()
    {
        await FillAsync();

        await CopyAsync();

        await Sqlite.OpenAsync();
        await using var target = await OpenTargetAsync();
        var versions = await Store.Versions.ListAsync();
        Assert.Equal(3, versions.Count);
        Assert.Equivalent(versions, await target.Versions.ListAsync(), strict: true);
        foreach (var version in versions)
        {
            Assert.Equal(await Store.Versions.GetBundleAsync(version.Id), await target.Versions.GetBundleAsync(version.Id));
        }

        Assert.Equivalent(await Store.Tokens.FindAsync(TokenHash), await target.Tokens.FindAsync(TokenHash), strict: true);
        foreach (var tenant in Tenants)
        {
            Assert.Equivalent(await Store.Installs.ListAsync(tenant), await target.Installs.ListAsync(tenant), strict: true);
            var audit = await Store.Audit.ListAsync(tenant, 1_000);
            Assert.True(audit.Count > 50);
            Assert.Equal(audit, await target.Audit.ListAsync(tenant, 1_000));
            var query = new RunQuery(tenant, null, null, null, 1_000);
            var runs = (await Store.Runs.ListAsync(query)).Runs;
            Assert.Equal(
                [RunState.Queued, RunState.Running, RunState.Succeeded, RunState.Failed, RunState.Skipped, RunState.Missed, RunState.Abandoned],
                runs.Select(r => r.State).Distinct().Order());
            Assert.Equivalent(runs.Select(Storable), (await target.Runs.ListAsync(query)).Runs, strict: true);
        }

        Assert.All(Schedules, s => Assert.NotNull(s));
        foreach (var schedule in Schedules)
        {
            var there = await Reloaded(schedule);
            Assert.Equal(there with { LastError = Storable(there.LastError) }, await target.Schedules.GetAsync(schedule.Scope, schedule.Id));
        }
    }

    [Fact]
    public async Task Copy_RunsUnderWayAndQueued_GoOnWithTheirIdsAndAttempts()
    {
        await FillAsync();
        await CopyAsync();
        await using var target = await OpenTargetAsync();
        await Sqlite.OpenAsync();
        var open = new List<Run>();
        foreach (var tenant in Tenants)
        {
            var runs = (await Store.Runs.ListAsync(new RunQuery(tenant, null, null, null, 1_000))).Runs;
            open.AddRange(runs.Where(r => r.State is RunState.Queued or RunState.Running));
        }

        Assert.Equal(new RecoveredRuns(open.Count(r => r.State == RunState.Running), 0), await target.Claims.RecoverAsync(Recovery(Minute(10), 3)));

        var request = Request(Minute(10), token: TokenB, plan: due => new OccurrencePlan(Minute(60), due.DueAt, null, null, null));
        var claimed = await target.Claims.ClaimAsync(request);
        Assert.Equal(
            open.Select(r => (r.Id, r.Schedule, r.DueAt, r.Attempt + 1)).OrderBy(r => r.Id.Value),
            claimed.Runs.Select(r => (r.Lease.Id, r.Schedule, r.DueAt, r.Attempt)).OrderBy(r => r.Id.Value));
    }

    [Fact]
    public async Task Copy_RateLimit_GoesOnFromItsLevel()
    {
        var scope = await Installed();
        await Store.Schedules.CreateAsync(NewSchedule(scope), Limits(rate: new TokenBucket(1, 0.1)), Entry("schedule.create"));
        await Sqlite.CloseAsync();

        await CopyAsync();

        await using var target = await OpenTargetAsync();
        var change = await target.Schedules.CreateAsync(NewSchedule(scope), Limits(rate: new TokenBucket(1, 0.1)), Entry("schedule.create"));
        Assert.Equal(ScheduleChangeKind.RateLimited, change.Kind);
    }

    [Fact]
    public async Task Copy_Report_ShowsEveryTableAlikeOnBothSides()
    {
        await FillAsync();

        var report = await CopyAsync();

        Assert.Null(report.CopiedBefore);
        Assert.Equal(StoreTable.Copied.Select(t => t.Name), report.Tables.Select(t => t.Name));
        Assert.All(report.Tables, t =>
        {
            Assert.True(t.Source.Rows > 0);
            Assert.Equal(t.Source, t.Target);
            Assert.Equal(t.Source.Rows, TestDatabase.ReadAsync<long>(Options, $"SELECT count(*) FROM {t.Name}").GetAwaiter().GetResult());
        });
    }

    [Fact]
    public async Task Copy_HistoryOfThisYear_LiesInPartitionsAndOlderBesideThem()
    {
        var scope = await Installed();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var due in new[] { now.AddDays(-100), now.AddYears(-3) })
        {
            await Created(scope, due);
        }

        var claimed = await Store.Claims.ClaimAsync(Request(now, plan: due => new OccurrencePlan(null, due.DueAt, due.DueAt, null, null)));
        await Store.Claims.RecordAsync([.. claimed.Runs.Select(r => Succeeded(r, now))]);
        await Sqlite.CloseAsync();

        await CopyAsync();

        Assert.Equal(1, await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM runs_other"));
        Assert.Equal(1, await TestDatabase.ReadAsync<long>(Options, "SELECT count(*) FROM runs WHERE tableoid::regclass::text LIKE 'runs_2%'"));
    }

    [Fact]
    public async Task Copy_EmptyInstallation_IsCopied()
    {
        await Sqlite.CloseAsync();

        Assert.All((await CopyAsync()).Tables, t => Assert.Equal((0, 0), (t.Source.Rows, t.Target!.Value.Rows)));

        await (await OpenTargetAsync()).DisposeAsync();
    }

    // A text of PostgreSQL holds no null character; both stores are asked for texts that the engine made of what guests gave.
    private static string? Storable(string? text) => text?.Replace('\0', '\ufffd');

    private static Run Storable(Run run) => run with { Error = Storable(run.Error) };
}
