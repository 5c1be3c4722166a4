using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;

namespace Escapement.Stores.Conformance;

/// <summary>What is kept around an instant of a schedule.</summary>
public abstract class WhyFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Read_AScheduleThatFires_HasItsRowsOnBothSidesTheNearestFirst()
    {
        var schedule = await Created(await Installed(), Minute(0));
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(Minute(5 * i));
        }

        var rows = await ReadAsync(schedule, Minute(10));

        Assert.Equal((schedule.Id, false, true), (rows.Schedule!.Id, rows.IsRemoved, rows.IsKnown));
        Assert.Equal([Minute(10), Minute(5), Minute(0)], rows.Before.Select(r => r.DueAt));
        Assert.Equal([Minute(15), Minute(20)], rows.Behind.Select(r => r.DueAt));
        Assert.Equal((RunState.Succeeded, VersionA, 204), (rows.Before[0].State, rows.Before[0].Version, rows.Before[0].StatusCode));
    }

    [Fact]
    public async Task Read_ManyRows_HasSoManyOfEachSide()
    {
        var schedule = await Created(await Installed(), Minute(0));
        for (var i = 0; i < 25; i++)
        {
            await RunAsync(Minute(5 * i));
        }

        var rows = await ReadAsync(schedule, Minute(60));

        Assert.Equal((IWhyStore.Most, Minute(60)), (rows.Before.Count, rows.Before[0].DueAt));
        Assert.Equal((IWhyStore.Most, Minute(65)), (rows.Behind.Count, rows.Behind[0].DueAt));
        Assert.Equal(IWhyStore.Most, (await AroundAsync(schedule, Minute(60), Minute(60))).Started.Count);
    }

    [Fact]
    public async Task Read_AnOpenRun_IsARow()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var running = Assert.Single((await Claim(Minute(0))).Runs);

        Assert.Equal(RunState.Running, Assert.Single((await ReadAsync(schedule, Minute(0))).Before).State);
        await Complete(Failed(running, Minute(0), retryAt: Minute(3)));
        Assert.Equal(RunState.Queued, Assert.Single((await ReadAsync(schedule, Minute(2))).Before).State);
    }

    // A range has occurrences between its own that have rows of their own.
    [Fact]
    public async Task Read_WhatAnAdminSkipped_IsThereAtItsInstantAlone()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await RunAsync(Minute(0));
        foreach (var minute in (int[])[5, 10])
        {
            var skip = new OccurrenceSkip { At = Minute(minute), Note = "closed", By = "ops", Since = Minute(1) };
            await Store.Schedules.UpdateAsync(
                schedule.Scope, schedule.Id, s => s with { Skips = [.. s.Skips, skip] }, Limits(Minute(1)), Entry("schedule.skip"));
        }

        var planner = new OccurrencePlanner(TimeSpan.FromHours(24));
        await Store.Claims.ClaimAsync(Request(Minute(12), plan: due => planner.Plan(due, Minute(12))));

        Assert.Equal([Minute(10), Minute(0)], (await ReadAsync(schedule, Minute(10))).Before.Select(r => r.DueAt));
        Assert.Equal([Minute(0)], (await ReadAsync(schedule, Minute(11))).Before.Select(r => r.DueAt));
        Assert.Empty((await ReadAsync(schedule, Minute(1))).Behind);
    }

    [Fact]
    public async Task Read_Definitions_AreThoseBeforeAndThoseBehind()
    {
        var schedule = await Created(await Installed(), Minute(5));
        foreach (var minute in (int[])[10, 20, 30])
        {
            await Store.Schedules.UpdateAsync(
                schedule.Scope, schedule.Id, s => s with { Cron = $"{minute} 9 * * *" }, Limits(Minute(minute)), Entry("schedule.update"));
        }

        var rows = await ReadAsync(schedule, Minute(20));

        Assert.Equal(["10 9 * * *", "*/5 * * * *"], rows.Definitions.Select(d => d.Cron));
        Assert.Equal(["20 9 * * *", "30 9 * * *"], rows.Later.Select(d => d.Cron));
    }

    [Fact]
    public async Task Read_DeletedAndPurged_HasWhatIsLeft()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await RunAsync(Minute(0));
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(1)) with { KeptDeleted = 5 }, Entry("schedule.delete"));

        var deleted = await ReadAsync(schedule, Minute(0));
        Assert.Equal((schedule.Id, true), (deleted.Schedule!.Id, deleted.IsRemoved));
        Assert.Equal(RunState.Succeeded, Assert.Single(deleted.Before).State);

        await Store.RemovedSchedules.PurgeAsync(schedule.Scope, schedule.Id, T0, Entry("schedule.purge"));
        var purged = await ReadAsync(schedule, Minute(2));
        Assert.Null(purged.Schedule);
        Assert.Equal([DefinitionState.Deleted, DefinitionState.Due], purged.Definitions.Select(d => d.State));
        Assert.True(purged.IsKnown);
    }

    [Fact]
    public async Task Read_AnotherInstallsOrTenants_KnowsNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await RunAsync(Minute(0));
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(1)) with { KeptDeleted = 5 }, Entry("schedule.delete"));

        foreach (var other in (Schedule[])
            [
                schedule with { Scope = await Installed(Globex) },
                schedule with { Scope = schedule.Scope with { Tenant = Globex } },
                schedule with { Id = new ScheduleId(NewId()) },
            ])
        {
            var rows = await ReadAsync(other, Minute(0));
            Assert.False(rows.IsKnown);
            Assert.Empty(rows.Before);
            Assert.Empty((await AroundAsync(other, Minute(0), Minute(5))).Started);
        }
    }

    [Fact]
    public async Task ReadAround_OfEveryTrigger_AreThoseUpToAnInstant()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var ran = await RunAsync(Minute(0));
        await Store.Claims.ClaimAsync(Request(Minute(5), plan: due => new OccurrencePlan(Minute(10), due.DueAt, null, due.DueAt, null)));
        await RepeatAsync(ran, Minute(6));

        Assert.Equal(
            [(RunTrigger.Rerun, Minute(6)), (RunTrigger.Schedule, Minute(0))],
            (await AroundAsync(schedule, Minute(5), Minute(6))).Started.Select(r => (r.Trigger, r.DueAt)));
        Assert.Equal(Minute(0), Assert.Single((await AroundAsync(schedule, Minute(5), Minute(5))).Started).DueAt);
    }

    [Fact]
    public async Task ReadAround_Repeats_AreThoseOfTheOccurrenceAlone()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var (first, second) = (await RunAsync(Minute(0)), await RunAsync(Minute(5)));
        await RepeatAsync(first, Minute(6), "so that \"occurrence\":1772366400000}");
        await Complete(Succeeded(Assert.Single((await Claim(Minute(6))).Runs), Minute(6)));
        await RepeatAsync(second, Minute(7));

        Assert.Equal(Minute(6), Assert.Single((await AroundAsync(schedule, Minute(0), Minute(0))).Repeats).DueAt);
        Assert.Equal(Minute(7), Assert.Single((await AroundAsync(schedule, Minute(5), Minute(5))).Repeats).DueAt);
        Assert.Empty((await AroundAsync(schedule, Minute(10), Minute(10))).Repeats);
    }

    [Fact]
    public async Task ReadAround_Marks_AreThoseOfTheScheduleAndOfWhatIsAboveItInTheSpan()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var (install, other) = (schedule.Scope.Install, await Installed(extension: "com.acme.other"));
        Task Mark(double minute, string action, string? target, TenantId? tenant, AuditOutcome outcome = AuditOutcome.Done) => Store.Audit.AppendAsync(
            [Entry(action, target: target) with { At = Minute(minute), Tenant = tenant, Outcome = outcome }]).AsTask();
        await Mark(1, "schedule.resume", schedule.Id.ToString(), Acme);
        await Mark(1, "install.rollback", install.ToString(), Acme);
        await Mark(2, "install.upgrade", install.ToString(), Acme);
        await Mark(3, "tenant.resume", "acme", Acme);
        await Mark(4, "host.resume", null, null);
        await Mark(4, "install.upgrade", other.Install.ToString(), Acme);
        await Mark(4, "tenant.resume", "acme", Acme, AuditOutcome.Refused);
        await Mark(4, "schedule.update", schedule.Id.ToString(), Acme);
        await Mark(4, "tenant.resume", "globex", Globex);
        await Mark(9, "host.resume", null, null);

        var around = await Store.Whys.ReadAroundAsync(schedule.Scope, schedule.Id, new WhySpan(Minute(5), Minute(2), Minute(5)));

        Assert.Equal(
            [
                (Minute(4), "host.resume", "ops"), (Minute(3), "tenant.resume", "ops"), (Minute(2), "install.upgrade", "ops"),
                (Minute(1), "schedule.resume", "ops"),
            ],
            around.Marks.Select(m => (m.At, m.Action, m.By)));
    }

    // However long before: a pause that holds a run began before it was due.
    [Fact]
    public async Task ReadAround_PausesAndTheirEnds_AreToldByWhatTheAuditHasOfThem()
    {
        var schedule = await Created(await Installed(), Minute(0));
        Pause Named(string note) => new()
        {
            Id = NewId(),
            Layer = PauseLayer.Tenant,
            Since = Minute(1),
            Until = Minute(500),
            Cause = PauseCause.Asked,
            Note = note,
            By = "ada",
            ByOperator = true,
        };
        var target = new PauseTarget(Acme, null);
        AuditEntry At(double minute, string action) => Entry(action, Acme, target: Acme.Value) with { At = Minute(minute) };
        Task End(double minute, string action, Guid? undoes = null) => Store.Pauses.ResumeAsync(
            target, new PauseEnding(Minute(minute), null, true), At(minute, action) with { Undoes = undoes }).AsTask();
        await Store.Pauses.PauseAsync(new OuterPause(target, Named("first")), At(1, "tenant.pause"));
        await End(2, "tenant.resume");
        await Store.Pauses.PauseAsync(new OuterPause(target, Named("second") with { Since = Minute(3) }), At(3, "tenant.pause"));
        await End(4, "tenant.resume", NewId());
        await Store.Audit.AppendAsync([At(5, "tenant.undo")]);

        var marks = (await Store.Whys.ReadAroundAsync(schedule.Scope, schedule.Id, new WhySpan(Minute(50), Minute(50), Minute(60)))).Marks;

        Assert.Equal(
            [
                (Minute(4), "tenant.resume", null, true, true), (Minute(3), "tenant.pause", "second", false, false),
                (Minute(2), "tenant.resume", null, true, false), (Minute(1), "tenant.pause", "first", false, false),
            ],
            marks.Select(m => (m.At, m.Action, m.Began?.Note, m.EndsPause, m.TakesBack)));
        Assert.Equal((Minute(500), "ada", true), (marks[1].Began!.Until, marks[1].Began!.By, marks[1].Began!.ByOperator));
        Assert.All(marks, m => Assert.Equal(PauseLayer.Tenant, m.Layer));
    }

    [Fact]
    public async Task ReadAround_APauseOfTheHostsOwn_IsToldByItsNote()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Store.Audit.AppendAsync(
            [Entry("schedule.pause", Acme, schedule.Scope.Install, schedule.Id.ToString()) with { At = Minute(1), Actor = Actor.Host, Detail = "20 failed" }]);

        var mark = Assert.Single((await AroundAsync(schedule, Minute(5), Minute(5))).Marks);

        Assert.Equal(("20 failed", Actor.Host.Id, PauseLayer.Schedule), (mark.Began!.Note, mark.Began.By, mark.Layer));
    }

    [Fact]
    public async Task ReadAround_ManyRepeats_FindsThoseOfAnOldOccurrence()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var (first, second) = (await RunAsync(Minute(0)), await RunAsync(Minute(5)));
        await RepeatAsync(first, Minute(6));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(6))).Runs), Minute(6)));
        for (var i = 7; i < 30; i++)
        {
            await RepeatAsync(second, Minute(i));
            await Complete(Succeeded(Assert.Single((await Claim(Minute(i))).Runs), Minute(i)));
        }

        Assert.Equal(Minute(6), Assert.Single((await AroundAsync(schedule, Minute(0), Minute(0))).Repeats).DueAt);
        Assert.Equal(IWhyStore.Most, (await AroundAsync(schedule, Minute(5), Minute(5))).Repeats.Count);
    }

    [Fact]
    public async Task ListNotRun_OfATenant_IsWhatWasSkippedMissedOrGivenUpTheLatestFirst()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var failed = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Failed(failed, Minute(0)));
        await Store.Claims.ClaimAsync(Request(
            Minute(15),
            plan: due => new OccurrencePlan(
                Minute(20), Minute(15), Fire: null, Skip: Minute(15), new(Minute(5), Minute(10), 2, RunReason.Superseded))));
        await RunAsync(Minute(20));
        await Created(await Installed(Globex), Minute(0));
        await Store.Claims.ClaimAsync(Request(Minute(21), plan: due => new OccurrencePlan(Minute(90), due.DueAt, null, due.DueAt, null)));

        var end = new RunCursor(Minute(60), new RunId(Guid.Empty));
        var rows = await Store.Whys.ListNotRunAsync(Acme, Minute(0), end, 10);

        Assert.Equal([(Minute(15), RunState.Skipped), (Minute(5), RunState.Missed)], rows.Select(r => (r.DueAt, r.State)));
        Assert.Equal((2, Minute(10), RunReason.Superseded), (rows[1].MissedCount, rows[1].MissedTo, rows[1].Reason));
        Assert.Equal((schedule.Id, schedule.Scope), (rows[0].Schedule, rows[0].Scope));
        Assert.Equal(rows[0].Id, Assert.Single(await Store.Whys.ListNotRunAsync(Acme, Minute(0), end, 1)).Id);
        Assert.Equal(rows[1].Id, Assert.Single(await Store.Whys.ListNotRunAsync(Acme, Minute(0), new RunCursor(rows[0].DueAt, rows[0].Id), 10)).Id);
        Assert.Equal(rows[0].Id, Assert.Single(await Store.Whys.ListNotRunAsync(Acme, Minute(10), end, 10)).Id);
    }

    [Fact]
    public async Task ListNotRun_OfAllTenants_IsWhatWasSkippedMissedOrGivenUpTheLatestFirst()
    {
        TenantId[] tenants = [Acme, Globex, TenantId.Parse("initech"), TenantId.Parse("umbrella")];
        foreach (var tenant in tenants)
        {
            await Created(await Installed(tenant), Minute(0));
        }

        await Complete(Failed((await Claim(Minute(0))).Runs[0], Minute(0)));
        var more = 0;
        await Store.Claims.ClaimAsync(Request(
            Minute(5), plan: due => new OccurrencePlan(Minute(90), due.DueAt, null, due.DueAt.AddSeconds(Interlocked.Increment(ref more)), null)));

        var end = new RunCursor(Minute(60), new RunId(Guid.Empty));
        var rows = await Store.Whys.ListNotRunAsync(tenant: null, Minute(0), end, 10);

        Assert.Equal([Minute(5).AddSeconds(4), Minute(5).AddSeconds(3), Minute(5).AddSeconds(2), Minute(5).AddSeconds(1)], rows.Select(r => r.DueAt));
        Assert.All(rows, r => Assert.Equal((RunState.Skipped, RunReason.Overlap), (r.State, r.Reason)));
        Assert.Equal(tenants.ToHashSet(), rows.Select(r => r.Scope.Tenant).ToHashSet());
        var own = rows.Single(r => r.Scope.Tenant == Acme);
        Assert.Equivalent(Assert.Single(await Store.Whys.ListNotRunAsync(Acme, Minute(0), end, 10)), own, strict: true);
        var page = await Store.Whys.ListNotRunAsync(tenant: null, Minute(0), end, 3);
        Assert.Equal(rows.Take(3).Select(r => r.Id), page.Select(r => r.Id));
        Assert.Equal(rows[3].Id, Assert.Single(await Store.Whys.ListNotRunAsync(null, Minute(0), new RunCursor(page[2].DueAt, page[2].Id), 3)).Id);
        Assert.Equal(rows[0].Id, Assert.Single(await Store.Whys.ListNotRunAsync(null, rows[0].DueAt, end, 3)).Id);
    }

    [Fact]
    public async Task ListMadeUp_OfATenant_IsWhatRepeatsHaveSucceededWith()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var (first, second) = (await RunAsync(Minute(0)), await RunAsync(Minute(5)));
        await RepeatAsync(first, Minute(6));
        await Complete(Failed(Assert.Single((await Claim(Minute(6))).Runs), Minute(6)));
        await RepeatAsync(first, Minute(7));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(7))).Runs), Minute(7)));
        await RepeatAsync(second, Minute(8));

        Assert.Equal([new MadeUpOccurrence(schedule.Id, Minute(0))], await Store.Whys.ListMadeUpAsync([Acme], Minute(0), 10));
        Assert.Empty(await Store.Whys.ListMadeUpAsync([Acme], Minute(7.5), 10));
        Assert.Empty(await Store.Whys.ListMadeUpAsync([Globex], Minute(0), 10));
    }

    [Fact]
    public async Task ListMadeUp_OfSeveralTenants_IsSoManyOfEach()
    {
        var (own, other) = (await Created(await Installed(), Minute(0)), await Created(await Installed(Globex), Minute(0)));
        foreach (var at in (DateTimeOffset[])[Minute(0), Minute(5)])
        {
            foreach (var run in (await Claim(at)).Runs)
            {
                await Complete(Succeeded(run, at));
                await RepeatAsync(await Reloaded(run), at.AddMinutes(1));
            }

            await Complete([.. (await Claim(at.AddMinutes(1))).Runs.Select(r => Succeeded(r, at.AddMinutes(1)))]);
        }

        Assert.Equal(
            new HashSet<MadeUpOccurrence> { new(own.Id, Minute(5)), new(other.Id, Minute(5)) },
            (await Store.Whys.ListMadeUpAsync([Acme, Globex], Minute(0), 1)).ToHashSet());
        Assert.Equal(4, (await Store.Whys.ListMadeUpAsync([Acme, Globex], Minute(0), 9)).Count);
    }

    [Fact]
    public async Task ReadAround_ARunThatWaited_KeepsTheWord()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var claimed = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Succeeded(claimed, Minute(2)) with { Evidence = RunEvidence.None with { WaitedFor = RunWait.TenantLimit } });

        Assert.Equal(RunWait.TenantLimit, Assert.Single((await ReadAsync(schedule, Minute(0))).Before).Evidence.WaitedFor);
    }

    [Fact]
    public async Task ReadAround_WhatIsUnderWay_IsCountedForTheInstallAndTheTenant()
    {
        var (own, beside, other) = (await Installed(), await Installed(extension: "com.acme.other"), await Installed(Globex));
        var schedule = await Created(own, Minute(0));
        foreach (var scope in (InstallScope[])[own, beside, other])
        {
            await Created(scope, Minute(0));
        }

        Assert.Equal(4, (await Claim(Minute(0))).Runs.Count);

        var around = await AroundAsync(schedule, Minute(0), Minute(0));
        Assert.Equal((2, 3), (around.UnderWayOfInstall, around.UnderWayOfTenant));
    }

    [Fact]
    public async Task ListHeld_OfATenant_AreItsOwnThatCameDueUnderAPauseAndNoMoreThanAskedFor()
    {
        var (own, other) = (await Installed(), await Installed(Globex));
        Schedule[] held = [await Created(own, Minute(0)), await Created(own, Minute(0))];
        var ahead = await Created(own, Minute(60));
        await Created(other, Minute(0));
        foreach (var tenant in (TenantId[])[Acme, Globex])
        {
            var pause = new Pause
            {
                Id = NewId(),
                Layer = PauseLayer.Tenant,
                Since = Minute(-1),
                Cause = PauseCause.Asked,
                Note = "move",
                By = "ops",
            };
            await Store.Pauses.PauseAsync(new OuterPause(new PauseTarget(tenant, null), pause), Entry("tenant.pause", tenant));
        }

        Assert.Empty((await Claim(Minute(1))).Runs);

        var (found, count) = await Store.Whys.ListHeldAsync(Acme, 10);
        Assert.Equal(2, count);
        Assert.Equal(held.Select(s => s.Id.Value).Order(), found.Select(s => s.Id.Value).Order());
        Assert.DoesNotContain(found, s => s.Id == ahead.Id);
        Assert.All(found, s => Assert.Equal("move", s.Held!.Note));
        var some = await Store.Whys.ListHeldAsync(Acme, 1);
        Assert.Equal((1, 2), (some.Some.Count, some.Count));
        var all = await Store.Whys.ListHeldAsync(tenant: null, 10);
        Assert.Equal((3, 3), (all.Some.Count, all.Count));
        Assert.Equal([Acme, Acme, Globex], all.Some.Select(s => s.Scope.Tenant).OrderBy(t => t.Value));
        Assert.Equal(2, (await Store.Whys.ListHeldAsync(tenant: null, 2)).Some.Count);
    }

    private async Task<Run> RunAsync(DateTimeOffset at)
    {
        var claimed = Assert.Single((await Claim(at)).Runs);
        await Complete(Succeeded(claimed, at));
        return await Reloaded(claimed);
    }

    private async Task RepeatAsync(Run ran, DateTimeOffset at, string? note = null) => Assert.IsType<RunNowOutcome.Queued>(await Store.Runs.AskAsync(
        new AskedRun
        {
            Id = new RunId(NewId()),
            Scope = ran.Scope,
            Schedule = ran.Schedule,
            Trigger = RunTrigger.Rerun,
            At = at,
            By = "ops",
            Note = note,
            Repeats = ran.Id,
            Occurrence = ran.DueAt,
            PayloadRevision = ran.PayloadRevision,
        },
        Entry("schedule.rerun")));

    private ValueTask<WhyRows> ReadAsync(Schedule schedule, DateTimeOffset at) => Store.Whys.ReadAsync(schedule.Scope, schedule.Id, at);

    private ValueTask<WhyAround> AroundAsync(Schedule schedule, DateTimeOffset at, DateTimeOffset upTo) =>
        Store.Whys.ReadAroundAsync(schedule.Scope, schedule.Id, new WhySpan(at, at, upTo));
}
