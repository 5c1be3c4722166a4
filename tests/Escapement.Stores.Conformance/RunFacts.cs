using System.Buffers.Binary;
using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class RunFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task RunNow_Idle_QueuesAndPointsTheScheduleAtIt()
    {
        var schedule = await Created(await Installed());
        var id = new RunId(NewId());
        var entry = Entry("schedule.run-now");

        var queued = Assert.IsType<RunNowOutcome.Queued>(await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, id, Minute(1), "ops", entry)).Run;

        Assert.Equal((id, RunState.Queued, RunTrigger.RunNow, 0), (queued.Id, queued.State, queued.Trigger, queued.Attempt));
        Assert.Equal((Minute(1), Minute(1), "ops"), (queued.DueAt, queued.AvailableAt, queued.RequestedBy));
        Assert.Equal(id, (await Reloaded(schedule)).ActiveRun);
        Assert.Equal(AuditOutcome.Done, (await Store.Audit.ListAsync(Acme, 10)).Single(e => e.Id == entry.Id).Outcome);
        var run = Assert.Single((await Claim(Minute(1))).Runs);
        Assert.Equal((id, RunTrigger.RunNow, 1), (run.Lease.Id, run.Trigger, run.Attempt));
    }

    [Fact]
    public async Task Started_OfATenantAndOfAll_IsWhenFirstAttemptsWereToStartAndDid()
    {
        var (acme, globex) = (await Installed(), await Installed(Globex));
        var spread = await Created(NewSchedule(acme, Minute(0)) with { Policy = SchedulePolicy.Default with { Spread = TimeSpan.FromMinutes(2) } });
        await Created(globex, Minute(1));
        var both = (await Claim(Minute(3))).Runs.ToDictionary(r => r.Scope.Tenant);
        await Complete(Succeeded(both[Globex], Minute(1).AddSeconds(4)), Succeeded(both[Acme], Minute(3).AddSeconds(2)));
        Assert.Equal(new StartedOccurrence(Minute(1), Minute(1).AddSeconds(4)), Assert.Single(await StartedAsync(Globex)));
        var place = StartTime.PlaceOf(spread);
        Assert.InRange(place, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2));
        Assert.Equal(new StartedOccurrence(Minute(0) + place, Minute(3).AddSeconds(2)), Assert.Single(await StartedAsync(Acme)));
        Assert.Equal(2, (await StartedAsync(null)).Count);
        Assert.Empty(await StartedAsync(null, since: 2));
        Assert.Single(await StartedAsync(null, looked: 1));

        // Neither what somebody asked for, nor a further attempt.
        await Store.Schedules.DeleteAsync(spread.Scope, spread.Id, Limits(), Entry("schedule.delete"));
        Assert.Equal(new StartedOccurrence(Minute(0), Minute(3).AddSeconds(2)), Assert.Single(await StartedAsync(Acme)));
        var retried = await Created(acme, Minute(4));
        await RunNow(await Created(acme));
        var runs = (await Claim(Minute(4))).Runs.ToLookup(r => r.Schedule == retried.Id);
        await Complete(Succeeded(runs[false].Single(), Minute(4)), Failed(runs[true].Single(), Minute(4), retryAt: Minute(5)));
        await Complete(Succeeded((await Claim(Minute(5))).Runs.Single(r => r.Schedule == retried.Id), Minute(5)));
        Assert.Single(await StartedAsync(Acme));

        async Task<IReadOnlyList<StartedOccurrence>> StartedAsync(TenantId? tenant, int since = -5, int looked = 100) =>
            await Store.Runs.ListStartedAsync(tenant, Minute(since), looked);
    }

    [Fact]
    public async Task Waiting_OfATenantAndOfAll_IsWhatIsDueAndHasNotStarted()
    {
        var (acme, globex) = (await Installed(), await Installed(Globex));
        async Task Waits(TenantId? tenant, int count, int? oldest, int most = 100) => Assert.Equal(
            new WaitingOccurrences(count, oldest is { } minute ? Minute(minute) : null), await Store.Runs.CountWaitingAsync(tenant, Minute(5), most));
        await Created(acme, Minute(6));
        await Waits(Acme, 0, null);
        await Waits(null, 0, null);

        await Created(acme, Minute(3));
        await Created(acme, Minute(5));
        await Created(globex, Minute(4));
        await Waits(Acme, 2, 3);
        await Waits(Globex, 1, 4);
        await Waits(null, 3, 3);
        await Waits(Acme, 1, 3, most: 1);

        var asked = await Created(NewSchedule(globex));
        Assert.IsType<RunNowOutcome.Queued>(await Store.Runs.RunNowAsync(asked.Scope, asked.Id, new RunId(NewId()), Minute(2), "ops", Entry("x")));
        await Waits(Globex, 2, 2);
        await Waits(null, 4, 2);
        var runs = (await Claim(Minute(5))).Runs;
        await Waits(null, 0, null);

        // What is tried again has started.
        await Complete(Failed(runs[0], Minute(5), retryAt: Minute(5)));
        await Waits(null, 0, null);
    }

    [Fact]
    public async Task RunNow_DisabledSchedule_IsQueued()
    {
        var schedule = await Created(NewSchedule(await Installed()) with { Enabled = false });

        Assert.IsType<RunNowOutcome.Queued>(await RunNow(schedule));

        Assert.False(Assert.Single((await Claim(T0)).Runs).ScheduleEnabled);
    }

    [Fact]
    public async Task RunNow_OpenRun_IsRefusedAndAudited()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var open = Assert.Single((await Claim(Minute(0))).Runs);

        var outcome = await RunNow(schedule);

        Assert.Equal(open.Lease.Id, Assert.IsType<RunNowOutcome.AlreadyRunning>(outcome).Run);
        Assert.Single(await Ledger(schedule));
        Assert.Contains(
            await Store.Audit.ListAsync(Acme, 10),
            e => e is { Action: "schedule.run-now", Outcome: AuditOutcome.Refused, Detail: not null });
    }

    [Fact]
    public async Task RunNow_InstallDisabled_IsRefused()
    {
        var schedule = await Created(await Installed(enabled: false));

        Assert.IsType<RunNowOutcome.InstallDisabled>(await RunNow(schedule));

        Assert.Empty(await Ledger(schedule));
    }

    [Fact]
    public async Task RunNow_ForeignOrUnknownSchedule_IsNotFound()
    {
        var schedule = await Created(await Installed());

        Assert.IsType<RunNowOutcome.NotFound>(await RunNow(schedule with { Id = new ScheduleId(NewId()) }));
        Assert.IsType<RunNowOutcome.NotFound>(await RunNow(schedule with { Scope = await Installed(Globex) }));
        Assert.IsType<RunNowOutcome.NotFound>(await RunNow(schedule with { Scope = schedule.Scope with { Tenant = Globex } }));
    }

    [Fact]
    public async Task RunNow_SameMillisecondAgain_MovesItsDueTime()
    {
        var schedule = await Created(await Installed());
        await RunNow(schedule);
        await Complete(Succeeded(Assert.Single((await Claim(T0)).Runs), T0));

        var second = Assert.IsType<RunNowOutcome.Queued>(await RunNow(schedule)).Run;

        Assert.Equal(T0.AddMilliseconds(1), second.DueAt);
        Assert.Equal(T0, second.AvailableAt);
    }

    [Fact]
    public async Task RunNow_ManyAtOnce_QueueOne()
    {
        var schedule = await Created(await Installed());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RunNow(schedule))));

        Assert.Single(outcomes, o => o is RunNowOutcome.Queued);
        Assert.Equal(15, outcomes.Count(o => o is RunNowOutcome.AlreadyRunning));
    }

    [Fact]
    public async Task List_PageByPage_AnswersEveryRowOnceNewestFirst()
    {
        var scope = await Installed();
        for (var i = 0; i < 7; i++)
        {
            await Created(scope, Minute(-(i / 2)));
        }

        await Claim(Minute(0));
        var seen = new List<Run>();
        RunCursor? cursor = null;
        do
        {
            var page = await Store.Runs.ListAsync(new RunQuery(Acme, null, null, cursor, 3));
            seen.AddRange(page.Runs);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Select(r => r.Id).Distinct().Count());
        Assert.Equal(7, seen.Count);
        Assert.Equal(
            seen.OrderByDescending(r => r.DueAt).ThenByDescending(r => r.Id.ToString(), StringComparer.Ordinal).Select(r => r.Id),
            seen.Select(r => r.Id));
    }

    [Fact]
    public async Task List_ByInstallScheduleAndState_AnswersThoseOnly()
    {
        var a = await Created(await Installed(), Minute(0));
        var b = await Created(await Installed(extension: "com.acme.other"), Minute(0));
        var runs = (await Claim(Minute(0))).Runs;
        await Complete(Succeeded(runs.Single(r => r.Schedule == a.Id), Minute(0)));

        Assert.Equal(a.Id, Assert.Single(await List(new RunQuery(Acme, a.Scope.Install, null, null, 9))).Schedule);
        Assert.Equal(b.Id, Assert.Single(await List(new RunQuery(Acme, null, b.Id, null, 9))).Schedule);
        Assert.Equal(a.Id, Assert.Single(await List(new RunQuery(Acme, null, null, null, 9) { States = [RunState.Succeeded] })).Schedule);
        Assert.Empty(await List(new RunQuery(Acme, a.Scope.Install, b.Id, null, 9)));
        Assert.Equal(2, (await List(new RunQuery(Acme, null, null, null, 9))).Count);
    }

    [Fact]
    public async Task Version_IsThatOfTheLastAttemptThatEnded()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        Assert.Null((await Reloaded(run)).Version);
        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));
        Assert.Equal(VersionA, (await Reloaded(run)).Version);
        var again = Assert.Single((await Claim(Minute(1))).Runs);
        Assert.Null((await Reloaded(run)).Version);

        await Complete(Succeeded(again, Minute(1)) with { Version = VersionB });

        Assert.Equal(VersionB, (await Reloaded(run)).Version);
        Assert.Equal(VersionB, Assert.Single(await Ledger(schedule)).Version);
        Assert.Equal(VersionB, Assert.Single(await List(new RunQuery(Acme, null, null, null, 9))).Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Version_OfAQueuedRunThatIsGivenUp_Stays(bool withItsInstall)
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));

        if (withItsInstall)
        {
            await Store.Installs.RemoveAsync(schedule.Scope, Minute(1), keep: true, Entry("install.remove"));
        }
        else
        {
            await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));
        }

        Assert.Equal((RunState.Abandoned, VersionA), ((await Reloaded(run)).State, (await Reloaded(run)).Version));
    }

    [Fact]
    public async Task Version_OfARunWhoseScheduleIsGoneWhenItWantsAnotherAttempt_Stays()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));

        Assert.Equal((RunState.Failed, VersionA), ((await Reloaded(run)).State, (await Reloaded(run)).Version));
    }

    [Fact]
    public async Task Reads_AnotherTenant_AnswerNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);

        Assert.Null(await Store.Runs.GetAsync(Globex, run.Lease.Id));
        Assert.Empty(await List(new RunQuery(Globex, null, null, null, 9)));
        Assert.Empty(await List(new RunQuery(Globex, schedule.Scope.Install, schedule.Id, null, 9)));
    }

    [Fact]
    public async Task List_ByReasonTriggerAndTime_AnswersThoseOnly()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Failed((await Claim(Minute(0))).Runs[0], Minute(0), reason: RunReason.Trap));
        await Complete(Failed((await Claim(Minute(5))).Runs[0], Minute(5), reason: RunReason.TimeOut));
        await Complete(Succeeded((await Claim(Minute(10))).Runs[0], Minute(10)));
        await RunNow(schedule);

        async Task<IEnumerable<(RunTrigger, RunReason)>> Kinds(RunQuery query) => (await List(query)).Select(r => (r.Trigger, r.Reason));
        var all = new RunQuery(Acme, null, null, null, 9);
        Assert.Equal([(RunTrigger.Schedule, RunReason.Trap)], await Kinds(all with { Reasons = [RunReason.Trap] }));
        Assert.Equal(
            [(RunTrigger.Schedule, RunReason.TimeOut), (RunTrigger.Schedule, RunReason.Trap)],
            await Kinds(all with { States = [RunState.Failed, RunState.Missed], Reasons = [RunReason.Trap, RunReason.TimeOut, RunReason.Overlap] }));
        Assert.Equal([(RunTrigger.RunNow, RunReason.None)], await Kinds(all with { Triggers = [RunTrigger.RunNow] }));
        Assert.Equal(
            [(RunTrigger.Schedule, RunReason.TimeOut)], await Kinds(all with { From = Minute(5), To = Minute(10), Triggers = [RunTrigger.Schedule] }));
        Assert.Empty(await Kinds(all with { From = Minute(11) }));
        Assert.Empty(await Kinds(all with { To = Minute(0) }));
    }

    [Fact]
    public async Task List_ByVersion_AnswersThoseThatRanItLast()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Failed((await Claim(Minute(0))).Runs[0], Minute(0)));
        await Complete(Succeeded((await Claim(Minute(5))).Runs[0], Minute(5)) with { Version = VersionB });
        await RunNow(schedule);

        var all = new RunQuery(Tenant: null, null, null, null, 9);
        foreach (var query in (RunQuery[])[all, all with { Tenant = Acme }, all with { Tenant = Acme, Schedule = schedule.Id }])
        {
            Assert.Equal(RunState.Failed, Assert.Single(await List(query with { Version = VersionA })).State);
            Assert.Equal(RunState.Succeeded, Assert.Single(await List(query with { Version = VersionB })).State);
            Assert.Equal(RunState.Failed, Assert.Single(await List(query with { Version = VersionA, States = [RunState.Failed] })).State);
            Assert.Empty(await List(query with { Version = VersionB, States = [RunState.Failed] }));
        }

        Assert.Empty(await List(all with { Tenant = Acme, Version = VersionA, States = [RunState.Queued] }));
        Assert.Single(await List(all with { Tenant = Acme, States = [RunState.Queued] }));
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Succeeded)]
    public async Task List_FewAmongMany_ReadsABoundedNumberOfRowsAPage(RunState wanted)
    {
        var schedule = await Created(await Installed(), Minute(0));
        for (var i = 0; i < 10; i++)
        {
            var run = (await Claim(Minute(5 * i))).Runs[0];
            var isOne = i is 0 or 9;
            await Complete(isOne == (wanted == RunState.Failed) ? Failed(run, Minute(5 * i)) : Succeeded(run, Minute(5 * i)));
        }

        var sizes = new List<int>();
        RunCursor? cursor = null;
        do
        {
            var query = new RunQuery(Acme, null, schedule.Id, cursor, 9) { States = [wanted], MostLookedAt = 4 };
            var page = await Store.Runs.ListAsync(query);
            sizes.Add(page.Runs.Count);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([1, 0, 1], sizes);

        // What did not succeed has an index of its own, on which there is nothing else to read.
        var ofTenant = await Store.Runs.ListAsync(new RunQuery(Acme, null, null, null, 9) { States = [wanted], MostLookedAt = 4 });
        Assert.Equal(wanted == RunState.Failed ? (2, false) : (1, true), (ofTenant.Runs.Count, ofTenant.Next is not null));
    }

    [Fact]
    public async Task List_OpenOnesBehindMany_AreAllOnTheirPages()
    {
        var slow = await Created(await Installed(), Minute(0));
        var quick = await Created(await Installed(extension: "com.acme.other"), Minute(5));
        await Created(await Installed(Globex), Minute(0));
        var running = Assert.Single((await Claim(Minute(0))).Runs, r => r.Scope.Tenant == Acme);
        for (var i = 1; i < 6; i++)
        {
            await Complete(Succeeded(Assert.Single((await Claim(Minute(5 * i))).Runs), Minute(5 * i)));
        }

        await RunNow(quick);
        var open = new RunQuery(Acme, null, null, null, 1) { States = [RunState.Queued, RunState.Running], MostLookedAt = 4 };
        var first = await Store.Runs.ListAsync(open);
        Assert.Equal((quick.Id, RunState.Queued), (Assert.Single(first.Runs).Schedule, first.Runs[0].State));
        var second = await Store.Runs.ListAsync(open with { Before = first.Next });
        Assert.Equal((running.Lease.Id, RunState.Running), (Assert.Single(second.Runs).Id, second.Runs[0].State));
        Assert.Null(second.Next);

        Assert.Equal(running.Lease.Id, Assert.Single(await List(open with { States = [RunState.Running], Limit = 9 })).Id);
        Assert.Equal(running.Lease.Id, Assert.Single(await List(open with { Install = slow.Scope.Install, Limit = 9 })).Id);
        Assert.Empty(await List(open with { To = Minute(0), Limit = 9 }));
    }

    [Fact]
    public async Task ListLast_OfSomeSchedules_IsSoManyOfEachNewestFirst()
    {
        var (daily, other) = (await Created(await Installed(), Minute(0)), await Created(await Installed(Globex), Minute(10)));
        await Complete(Failed((await Claim(Minute(0))).Runs[0], Minute(0)) with { FinishedAt = Minute(0.5) });
        await Complete(Succeeded((await Claim(Minute(5))).Runs[0], Minute(5)));
        await Claim(Minute(10));

        var last = await Store.Runs.ListLastAsync([(Acme, daily.Id), (Globex, other.Id), (Acme, new ScheduleId(NewId()))], 2);
        Assert.Equal([(Minute(10), RunState.Running), (Minute(5), RunState.Succeeded)], last[daily.Id].Select(r => (r.DueAt, r.State)));
        Assert.Null(last[daily.Id][0].Took);
        Assert.Equal(RunState.Running, Assert.Single(last[other.Id]).State);
        Assert.Equal(3, last.Count);
        Assert.Empty(last.Values.Last());
        Assert.Equal(TimeSpan.FromSeconds(30), (await Store.Runs.ListLastAsync([(Acme, daily.Id)], 3))[daily.Id][2].Took);
        Assert.Empty((await Store.Runs.ListLastAsync([(Globex, daily.Id)], 2))[daily.Id]);
        Assert.Empty(await Store.Runs.ListLastAsync([], 2));
    }

    [Fact]
    public async Task ListOpen_OfAllTenants_IsWhatRunsAndWaitsTheLatestOpenedFirst()
    {
        var (daily, other) = (await Created(await Installed(), Minute(0)), await Created(await Installed(Globex), Minute(0)));
        var runs = (await Claim(Minute(0))).Runs;
        await Complete(Failed(runs.Single(r => r.Schedule == daily.Id), Minute(0), retryAt: Minute(1)));
        var done = await Created(await Installed(extension: "com.acme.done"), Minute(0));
        await Complete(Succeeded((await Claim(Minute(0))).Runs.Single(r => r.Schedule == done.Id), Minute(0)));
        var asked = Assert.IsType<RunNowOutcome.Queued>(await RunNow(done)).Run;

        var open = await Store.Runs.ListOpenAsync(Guid.AllBitsSet, 9);
        Assert.Equal(open.OrderByDescending(r => r.Id.Value), open);
        Assert.Equal(
            new HashSet<(ScheduleId, RunState)> { (daily.Id, RunState.Queued), (other.Id, RunState.Running), (done.Id, RunState.Queued) },
            open.Select(r => (r.Schedule, r.State)).ToHashSet());
        Assert.Equal([Globex], open.Where(r => r.Schedule == other.Id).Select(r => r.Scope.Tenant));
        Assert.Equal(asked.Id, open[0].Id);
        Assert.Equal(open.Skip(1).Take(1).Select(r => r.Id), (await Store.Runs.ListOpenAsync(open[0].Id.Value, 1)).Select(r => r.Id));
        foreach (var run in open)
        {
            Assert.Equivalent(await Store.Runs.GetAsync(run.Scope.Tenant, run.Id), run, strict: true);
        }
    }

    [Fact]
    public async Task List_OfAllTenants_IsWhatEndedAndWhatNeverStartedTheLatestWrittenFirst()
    {
        TenantId[] tenants = [Acme, Globex, TenantId.Parse("initech")];
        foreach (var tenant in tenants)
        {
            await Created(await Installed(tenant), Minute(0));
        }

        var runs = (await Claim(Minute(0))).Runs;
        await Complete(Failed(runs[0], Minute(0)), Succeeded(runs[1], Minute(0)));
        await Store.Claims.ClaimAsync(Request(Minute(5), plan: due => new OccurrencePlan(Minute(90), due.DueAt, null, due.DueAt, null)));
        var all = new RunQuery(Tenant: null, null, null, null, 9);

        var ended = await List(all);

        Assert.Equal(ended.OrderByDescending(r => r.Id.Value), ended);
        Assert.Equal(
            [RunState.Succeeded, RunState.Failed, RunState.Skipped, RunState.Skipped, RunState.Skipped], ended.Select(r => r.State).Order());
        Assert.Equal(tenants.ToHashSet(), ended.Select(r => r.Scope.Tenant).ToHashSet());
        foreach (var run in ended)
        {
            Assert.Equivalent(await Store.Runs.GetAsync(run.Scope.Tenant, run.Id), run, strict: true);
        }

        RunState[] notRun = [RunState.Failed, RunState.Skipped, RunState.Missed, RunState.Abandoned];
        Assert.Equal(ended.Where(r => r.State != RunState.Succeeded).Select(r => r.Id), (await List(all with { States = notRun })).Select(r => r.Id));
        Assert.Equal(RunState.Failed, Assert.Single(await List(all with { States = [RunState.Failed] })).State);
        Assert.Equal(3, (await List(all with { Reasons = [RunReason.Overlap] })).Count);
        Assert.Empty(await List(all with { Triggers = [RunTrigger.RunNow] }));
    }

    [Fact]
    public async Task List_OfAllTenants_PageByPageMissesNoneAndEndsWhereNothingIsLeft()
    {
        foreach (var tenant in (TenantId[])[Acme, Globex, TenantId.Parse("initech")])
        {
            await Created(await Installed(tenant), Minute(0));
        }

        for (var i = 0; i < 3; i++)
        {
            await Complete([.. (await Claim(Minute(5 * i))).Runs.Select((r, n) => n == 0 ? Failed(r, Minute(5 * i)) : Succeeded(r, Minute(5 * i)))]);
        }

        var all = await List(new RunQuery(Tenant: null, null, null, null, 20));
        Assert.Equal(9, all.Count);
        foreach (var states in (RunState[][])[[], [RunState.Failed]])
        {
            var (found, pages, cursor) = (new List<Run>(), 0, (RunCursor?)null);
            do
            {
                var page = await Store.Runs.ListAsync(new RunQuery(Tenant: null, null, null, cursor, 2) { States = states, MostLookedAt = 4 });
                (cursor, pages) = (page.Next, pages + 1);
                found.AddRange(page.Runs);
            }
            while (cursor is not null && pages < 9);

            Assert.Equal(all.Where(r => states.Length == 0 || states.Contains(r.State)).Select(r => r.Id), found.Select(r => r.Id));
        }
    }

    [Fact]
    public async Task List_OfAllTenantsInATime_IsWhatWasWrittenThen()
    {
        await Created(await Installed(), Minute(0));
        for (var i = 0; i < 4; i++)
        {
            await Complete(Succeeded(Assert.Single((await Claim(Minute(5 * i))).Runs), Minute(5 * i)));
        }

        var query = new RunQuery(Tenant: null, null, null, null, 9);
        var all = await List(query);
        var last = all[0].Id.Value.ToByteArray(bigEndian: true);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(last) >> 16);
        var then = all.Where(r => r.Id.Value.CompareTo(Ids.FirstOf(at)) > 0).Select(r => r.Id).ToList();

        Assert.Equal(4, all.Count);
        Assert.Equal(then, (await List(query with { From = at })).Select(r => r.Id));
        Assert.Equal(all.Select(r => r.Id).Except(then), (await List(query with { To = at })).Select(r => r.Id));
    }

    private async Task<IReadOnlyList<Run>> List(RunQuery query) => (await Store.Runs.ListAsync(query)).Runs;

    private async Task<RunNowOutcome> RunNow(Schedule schedule) =>
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, new RunId(NewId()), T0, "ops", Entry("schedule.run-now"));
}
