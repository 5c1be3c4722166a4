using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Pauses of the host, of a tenant and of an install: what they hold, and how they let it go.</summary>
public abstract class PauseLayerFacts(IStoreFixture store) : StoreFacts(store)
{
    [Theory]
    [InlineData(PauseLayer.Host)]
    [InlineData(PauseLayer.Tenant)]
    [InlineData(PauseLayer.Install)]
    public async Task Pause_Layer_HoldsWhatLiesBelowAndNothingElse(PauseLayer layer)
    {
        var scope = await Installed();
        var (schedule, sibling, stranger) = (
            await Created(scope, Minute(5)),
            await Created(await Installed(extension: "com.acme.mail"), Minute(5)),
            await Created(await Installed(Globex), Minute(5)));

        Assert.Equal(0, (await Pause(Target(layer, scope), Minute(1))).UnderWay);
        var fired = (await Plan(Minute(6))).Select(r => r.Schedule).ToHashSet();

        Assert.Equal(layer == PauseLayer.Install, fired.Contains(sibling.Id));
        Assert.Equal(layer != PauseLayer.Host, fired.Contains(stranger.Id));
        Assert.DoesNotContain(schedule.Id, fired);
        Assert.Equal((layer, "move"), (await Reloaded(schedule)).Held is { } by ? (by.Layer, by.Note) : default);
    }

    [Fact]
    public async Task Pause_RunsUnderWay_AreCountedAndFinish()
    {
        var scope = await Installed();
        await Created(scope, Minute(0));
        await Created(await Installed(Globex), Minute(0));
        var run = (await Claim(Minute(0))).Runs.Single(r => r.Scope == scope);

        Assert.Equal(1, (await Pause(PauseTarget.Of(scope), Minute(1))).UnderWay);
        Assert.Equal(2, (await Pause(PauseTarget.Host, Minute(1))).UnderWay);

        await Complete(Succeeded(run, Minute(2)));
        Assert.Equal(RunState.Succeeded, (await Reloaded(run)).State);
    }

    [Fact]
    public async Task Pause_SecondInALayer_IsRefusedAndAnotherLayerIsNot()
    {
        var scope = await Installed();
        var tenant = new PauseTarget(scope.Tenant, null);
        var first = await Pause(tenant, Minute(1));

        var second = await Store.Pauses.PauseAsync(NewPause(tenant, Minute(2)), Entry("tenant.pause"));

        Assert.Equal(first.Pause, Assert.IsType<PauseOutcome.Already>(second).Pause);
        await Pause(PauseTarget.Of(scope), Minute(2));
        await Pause(PauseTarget.Host, Minute(2));
        Assert.Equal(3, (await Store.Pauses.ListAsync(scope.Tenant)).Count);
    }

    [Fact]
    public async Task Pause_TwentyAtOnce_OneBegins()
    {
        var target = new PauseTarget(Acme, null);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Store.Pauses.PauseAsync(NewPause(target, Minute(1)), Entry("tenant.pause")).AsTask()));

        Assert.Single(outcomes.OfType<PauseOutcome.Done>());
        Assert.Equal(19, outcomes.OfType<PauseOutcome.Already>().Count());
    }

    [Fact]
    public async Task Pause_AfterOneThatEndedByItself_Begins()
    {
        var target = new PauseTarget(Acme, null);
        await Pause(target, Minute(1), until: Minute(3));

        Assert.IsType<PauseOutcome.Already>(await Store.Pauses.PauseAsync(NewPause(target, Minute(3).AddMilliseconds(-1)), Entry("tenant.pause")));
        await Pause(target, Minute(3));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public async Task Resume_OperatorsPause_IsForOperators(bool pausedByOperator, bool resumedByOperator, bool done)
    {
        var target = new PauseTarget(Acme, null);
        Assert.IsType<PauseOutcome.NotPaused>(await Store.Pauses.ResumeAsync(target, Ending(Minute(1), byOperator: true), Entry("tenant.resume")));
        var pause = NewPause(target, Minute(1));
        await Store.Pauses.PauseAsync(pause with { Pause = pause.Pause with { ByOperator = pausedByOperator } }, Entry("tenant.pause"));

        var outcome = await Store.Pauses.ResumeAsync(target, Ending(Minute(2), byOperator: resumedByOperator), Entry("tenant.resume"));

        Assert.Equal(done, outcome is PauseOutcome.Done);
        Assert.Equal(!done, outcome is PauseOutcome.OperatorsOnly);
    }

    [Fact]
    public async Task Pause_OfAnInstallThatIsGoneOrAnothers_IsRefusedAndLeavesNoRow()
    {
        var scope = await Installed();
        foreach (var gone in new[] { scope with { Tenant = Globex }, scope with { Install = new InstallId(NewId()) } })
        {
            var outcome = await Store.Pauses.PauseAsync(NewPause(PauseTarget.Of(gone), Minute(1)), Entry("install.pause", gone.Tenant));

            Assert.Equal(ScheduleChangeKind.InstallGone, Assert.IsType<PauseOutcome.Refused>(outcome).Change.Kind);
        }

        Assert.Empty(await Store.Pauses.ListAllAsync());
    }

    [Theory]
    [InlineData(PauseEnd.Next, 3, null)]
    [InlineData(PauseEnd.Latest, 2, 15)]
    [InlineData(PauseEnd.All, 0, 5)]
    public async Task Resume_AfterAWhile_WritesTheStretchAndGoesOn(PauseEnd onEnd, int skipped, int? runs)
    {
        var schedule = await Created(await Installed(), Minute(5));
        var tenant = new PauseTarget(Acme, null);
        var pause = await Pause(tenant, Minute(1));
        Assert.Empty(await Plan(Minute(5)));
        Assert.Empty(await Plan(Minute(17)));

        await Resume(tenant, Minute(17), onEnd);
        var fired = await Plan(Minute(18));

        Assert.Equal(runs is { } minute ? [Minute(minute)] : [], fired.Select(r => r.DueAt));
        Assert.Equal((Minute(20), null, Minute(15)), await Reloaded(schedule) is var after ? (after.NextDueAt, after.Held, after.LastDueAt) : default);
        Assert.Empty(await Store.Pauses.ListAsync(Acme));
        var row = (await Ledger(schedule)).FirstOrDefault(r => r.State == RunState.Skipped);
        Assert.Equal(skipped, row?.MissedCount ?? 0);
        Assert.Equal(skipped == 0 ? null : pause.Pause! with { EndedAt = Minute(17) }, row?.Pause);
    }

    // What came due between the look and the click is left out, whatever the end says.
    [Theory]
    [InlineData(PauseEnd.Next, 0)]
    [InlineData(PauseEnd.Latest, 1)]
    [InlineData(PauseEnd.All, 2)]
    public async Task Resume_AsItWasShown_RunsNothingThatCameDueSince(PauseEnd onEnd, int runs)
    {
        var schedule = await Created(await Installed(), Minute(5));
        var tenant = new PauseTarget(Acme, null);
        await Pause(tenant, Minute(1));
        await Plan(Minute(12));
        var ending = Ending(Minute(26), onEnd) with { ShownAt = Minute(12) };
        Assert.IsType<PauseOutcome.Done>(await Store.Pauses.ResumeAsync(tenant, ending, Entry("resume")));

        var ran = new List<DateTimeOffset>();
        for (var at = Minute(26); await Plan(at) is [var run]; at = at.AddSeconds(10))
        {
            ran.Add(run.DueAt);
            await Complete(Succeeded(run, at));
        }

        Assert.Equal(new[] { Minute(5), Minute(10) }[^runs..], ran);
        var row = Assert.Single(await Ledger(schedule), r => r.State == RunState.Skipped);
        Assert.Equal((5 - runs, Minute(25)), (row.MissedCount!.Value, row.DueAt));
        Assert.Equal(Minute(30), (await Reloaded(schedule)).NextDueAt);
    }

    // What was missed stands under its first occurrence, what a pause kept back under its last.
    [Fact]
    public async Task ListReaching_RowsUnderOneOutsideATime_AreThoseThatHaveOneInIt()
    {
        var scope = await Installed();
        var (missed, held) = (await Created(scope, Minute(0)), await Created(scope, Minute(20)));
        var others = await Created(await Installed(Globex), Minute(0));
        await Store.Claims.ClaimAsync(Request(Minute(16), plan: due =>
            new OccurrencePlan(Minute(60), null, null, null, new MissedOccurrences(due.DueAt, Minute(15), 4, RunReason.Superseded))));
        await Pause(Target(PauseLayer.Install, scope), Minute(17));
        await Plan(Minute(36));
        Assert.IsType<PauseOutcome.Done>(
            await Store.Pauses.ResumeAsync(Target(PauseLayer.Install, scope), Ending(Minute(36), PauseEnd.Next), Entry("resume")));
        await Plan(Minute(36));
        Assert.Equal([Minute(0)], (await Ledger(others)).Select(r => r.DueAt));
        var (first, last) = (Assert.Single(await Ledger(missed)), Assert.Single(await Ledger(held)));
        Assert.Equal((Minute(0), Minute(15), Minute(20), Minute(35)), (first.DueAt, first.MissedTo, last.MissedFrom, last.DueAt));

        foreach (var (from, to, expected) in new (int From, int To, RunId[] Expected)[]
        {
            (5, 10, [first.Id]), (15, 16, [first.Id]), (16, 20, []), (16, 21, [last.Id]), (15, 21, [last.Id, first.Id]), (25, 35, [last.Id]),
            (0, 36, []), (0, 30, [last.Id]), (-9, 0, []), (36, 40, []),
        })
        {
            var query = new RunQuery(Acme, null, null, null, 9) { From = Minute(from), To = Minute(to), IsOfReaching = true };
            Assert.Equal(expected, (await Store.Runs.ListAsync(query)).Runs.Select(r => r.Id));
            foreach (var schedule in new[] { missed, held })
            {
                var ofOne = await Store.Runs.ListAsync(query with { Install = scope.Install, Schedule = schedule.Id });
                Assert.Equal(expected.Where(id => id == (schedule == missed ? first : last).Id), ofOne.Runs.Select(r => r.Id));
            }
        }

        var both = new RunQuery(Acme, null, null, null, 1) { From = Minute(15), To = Minute(21), IsOfReaching = true };
        var page = await Store.Runs.ListAsync(both);
        Assert.Equal(last.Id, Assert.Single(page.Runs).Id);
        page = await Store.Runs.ListAsync(both with { Before = page.Next });
        Assert.Equal((first.Id, null), (Assert.Single(page.Runs).Id, page.Next));
        Assert.Empty((await Store.Runs.ListAsync(both with { States = [RunState.Failed] })).Runs);
    }

    // Of what was changed between the look and the click nothing runs: nobody was shown what it would be.
    [Theory]
    [InlineData(PauseLayer.Host)]
    [InlineData(PauseLayer.Tenant)]
    [InlineData(PauseLayer.Install)]
    public async Task Resume_AsItWasShown_RunsNothingOfWhatWasChangedSince(PauseLayer layer)
    {
        var scope = await Installed();
        var (same, before, since) = (await Created(scope, Minute(5)), await Created(scope, Minute(5)), await Created(scope, Minute(5)));
        await Pause(Target(layer, scope), Minute(1));
        await Plan(Minute(12));
        foreach (var (changed, at) in new[] { (before, Minute(12)), (since, Minute(12).AddMilliseconds(1)) })
        {
            await Store.Schedules.UpdateAsync(scope, changed.Id, s => s with { Name = $"{at:O}" }, Limits(at), Entry("schedule.update"));
        }

        var ending = Ending(Minute(13), PauseEnd.All) with { ShownAt = Minute(12) };
        Assert.IsType<PauseOutcome.Done>(await Store.Pauses.ResumeAsync(Target(layer, scope), ending, Entry("resume")));

        Assert.Equal(new HashSet<ScheduleId> { same.Id, before.Id }, (await Plan(Minute(13))).Select(r => r.Schedule).ToHashSet());

        var row = Assert.Single(await Ledger(since));
        Assert.Equal((RunState.Skipped, 2, Minute(10)), (row.State, row.MissedCount!.Value, row.DueAt));
        Assert.Equal((Minute(15), null), await Reloaded(since) is var after ? (after.NextDueAt, after.Held) : default);
    }

    [Fact]
    public async Task PauseAndResume_OfALayerThatIsNotAsExpected_ChangeNothing()
    {
        var tenant = new PauseTarget(Acme, null);
        var first = await Pause(tenant, Minute(1));

        var ended = await Store.Pauses.ResumeAsync(tenant, Ending(Minute(2)) with { Expected = p => p?.Id == NewId() }, Entry("resume"));
        Assert.Equal(first.Pause, Assert.IsType<PauseOutcome.ChangedMeanwhile>(ended).Current);
        var begun = await Store.Pauses.PauseAsync(NewPause(tenant, Minute(2)), Entry("pause"), p => p is null);
        Assert.Equal(first.Pause, Assert.IsType<PauseOutcome.ChangedMeanwhile>(begun).Current);
        Assert.Equal(first.Pause, Assert.Single(await Store.Pauses.ListAsync(Acme)).Pause);
    }

    // The pause that began first is what the stretch is put down to, though another ends it.
    [Fact]
    public async Task Resume_OtherLayerHoldsStill_LetsGoWhenTheLastEnds()
    {
        var schedule = await Created(await Installed(), Minute(5));
        var first = await Pause(new PauseTarget(Acme, null), Minute(1));
        await Pause(PauseTarget.Host, Minute(2));
        await Plan(Minute(6));

        await Resume(new PauseTarget(Acme, null), Minute(8), PauseEnd.All);
        Assert.Empty(await Plan(Minute(12)));
        Assert.Equal(PauseLayer.Host, Assert.Single(await Store.Pauses.ListAsync(Acme)).Target.Layer);

        await Resume(PauseTarget.Host, Minute(17), PauseEnd.Next);
        Assert.Empty(await Plan(Minute(17)));
        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((3, first.Pause), (row.MissedCount, row.Pause));
    }

    [Fact]
    public async Task Claim_PauseEndsByItself_PeekKnowsAndClaimsLetGo()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await Pause(new PauseTarget(Acme, null), Minute(1), until: Minute(12), onEnd: PauseEnd.Latest);
        await Plan(Minute(5));

        Assert.Equal(Minute(12), await Store.Claims.PeekAsync(Minute(5)));
        Assert.Empty(await Plan(Minute(12).AddMilliseconds(-1)));
        Assert.Equal(Minute(10), Assert.Single(await Plan(Minute(12))).DueAt);

        Assert.Equal((RunState.Skipped, 1, Minute(5)), await Ledger(schedule) is [_, var row] ? (row.State, row.MissedCount!.Value, row.DueAt) : default);
        Assert.Empty(await Store.Pauses.ListAsync(Acme));
    }

    // Whoever fires was down while the pause was in force: what came due in it is the pause's, what came after it is missed or runs.
    [Fact]
    public async Task Claim_FirstAfterThePauseIsOver_TellsPausedFromMissed()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await Pause(new PauseTarget(Acme, null), Minute(1), until: Minute(12));

        Assert.Equal(Minute(25), Assert.Single(await Plan(Minute(27))).DueAt);

        Assert.Equal(
            [(RunState.Running, null, Minute(25)), (RunState.Missed, 2, Minute(15)), (RunState.Skipped, 2, Minute(10))],
            (await Ledger(schedule)).Select(r => (r.State, r.MissedCount, r.DueAt)));
    }

    [Fact]
    public async Task Claim_QueuedRuns_WaitButForWhatAnAdminAskedForBelowAnInstallsPause()
    {
        var scope = await Installed();
        var (retried, asked) = (await Created(scope, Minute(0)), await Created(scope));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));
        await Pause(PauseTarget.Of(scope), Minute(1));
        await Store.Runs.RunNowAsync(scope, asked.Id, new RunId(NewId()), Minute(2), "ops", Entry("schedule.run-now"));

        Assert.Equal(asked.Id, Assert.Single(await Plan(Minute(3))).Schedule);

        await Resume(PauseTarget.Of(scope), Minute(4), PauseEnd.Next);
        Assert.Equal(retried.Id, Assert.Single(await Plan(Minute(4))).Schedule);
    }

    [Theory]
    [InlineData(PauseLayer.Host, true)]
    [InlineData(PauseLayer.Tenant, true)]
    [InlineData(PauseLayer.Install, false)]
    public async Task RunNow_UnderAPause_DependsOnTheLayer(PauseLayer layer, bool refused)
    {
        var scope = await Installed();
        var schedule = await Created(scope);
        await Pause(Target(layer, scope), Minute(1));

        var outcome = await Store.Runs.RunNowAsync(scope, schedule.Id, new RunId(NewId()), Minute(2), "ops", Entry("schedule.run-now"));

        Assert.Equal(refused, outcome is RunNowOutcome.Paused);
        Assert.Equal(refused ? 0 : 1, (await Plan(Minute(2))).Count);
    }

    // A run-now that was queued before its tenant was paused waits for the end.
    [Fact]
    public async Task Claim_RunNowOfAPausedTenant_Waits()
    {
        var scope = await Installed();
        var schedule = await Created(scope);
        await Store.Runs.RunNowAsync(scope, schedule.Id, new RunId(NewId()), Minute(1), "ops", Entry("schedule.run-now"));
        await Pause(new PauseTarget(Acme, null), Minute(1), until: Minute(5));

        Assert.Empty(await Plan(Minute(2)));
        Assert.Equal(Minute(5), await Store.Claims.PeekAsync(Minute(2)));
        Assert.Single(await Plan(Minute(5)));
    }

    [Fact]
    public async Task Claim_ManyUnderAPause_ArePutAsideOnceAndLetGoInBatches()
    {
        const int Many = 250;
        var scope = await Installed();
        for (var i = 0; i < Many; i++)
        {
            await Store.Schedules.CreateAsync(NewSchedule(scope, Minute(5)), Limits(max: 10_000), Entry("schedule.create"));
        }

        var tenant = new PauseTarget(Acme, null);
        await Pause(tenant, Minute(1));
        Assert.Empty(await Plan(Minute(6), maxChanged: 100));
        Assert.Equal(Many, await CountHeld(tenant));
        Assert.False((await Store.Claims.ClaimAsync(Request(Minute(60)))).More);

        await Resume(tenant, Minute(62), PauseEnd.Next);
        Assert.Empty(await Plan(Minute(62), maxChanged: 100));

        Assert.Equal(0, await CountHeld(tenant));
        Assert.Empty(await Store.Pauses.ListAsync(Acme));
    }

    // A clock that is set back within a pause lifts nothing; and behind its end the pause keeps what was its own.
    [Fact]
    public async Task Claim_ClockSetBack_LeavesThePauseInForce()
    {
        var schedule = await Created(await Installed(), Minute(5));
        var tenant = new PauseTarget(Acme, null);
        await Pause(tenant, Minute(4));
        await Plan(Minute(12));

        Assert.Empty(await Plan(Minute(3)));
        await Resume(tenant, Minute(17), PauseEnd.Next);
        Assert.Empty(await Plan(Minute(10)));
        Assert.Single(await Store.Pauses.ListAsync(Acme));
        Assert.Empty(await Plan(Minute(17)));

        Assert.Equal((3, Minute(15)), Assert.Single(await Ledger(schedule)) is var row ? (row.MissedCount!.Value, row.DueAt) : default);
        Assert.Equal(Minute(20), Assert.Single(await Plan(Minute(20))).DueAt);
    }

    [Fact]
    public async Task Update_OtherTimesWhileTheTenantIsPaused_ClosesTheStretch()
    {
        var schedule = await Created(await Installed(), Minute(5));
        var pause = await Pause(new PauseTarget(Acme, null), Minute(1));

        await Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Cron = "0 * * * *", NextDueAt = Minute(60) }, Limits(Minute(12)), Entry("schedule.update"));

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Skipped, 2, pause.Pause), (row.State, row.MissedCount, row.Pause));
        Assert.Empty(await Plan(Minute(61)));
    }

    [Theory]
    [InlineData(PauseLayer.Host)]
    [InlineData(PauseLayer.Tenant)]
    [InlineData(PauseLayer.Install)]
    public async Task Update_DisabledAndEnabledUnderAPause_ClosesTheStretchAndStaysHeld(PauseLayer layer)
    {
        var schedule = await Created(await Installed(), Minute(5));
        var pause = await Pause(Target(layer, schedule.Scope), Minute(1));
        Task Change(bool enabled, double minute, DateTimeOffset? next) => Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Enabled = enabled, NextDueAt = next }, Limits(Minute(minute)), Entry("schedule.update")).AsTask();
        Assert.Empty(await Plan(Minute(12)));

        await Change(enabled: false, 12, next: null);

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Skipped, 2, pause.Pause), (row.State, row.MissedCount, row.Pause));
        await Change(enabled: true, 22, Minute(25));
        Assert.Empty(await Plan(Minute(27)));
        Assert.Single(await Ledger(schedule));
        await Resume(Target(layer, schedule.Scope), Minute(28), PauseEnd.All);
        Assert.Equal(Minute(25), Assert.Single(await Plan(Minute(28))).DueAt);
    }

    private static PauseTarget Target(PauseLayer layer, InstallScope scope) => layer switch
    {
        PauseLayer.Host => PauseTarget.Host,
        PauseLayer.Tenant => new PauseTarget(scope.Tenant, null),
        _ => PauseTarget.Of(scope),
    };

    private static OuterPause NewPause(PauseTarget target, DateTimeOffset now, DateTimeOffset? until = null, PauseEnd onEnd = PauseEnd.Next) =>
        new(target, new Pause
        {
            Id = NewId(),
            Layer = target.Layer,
            Since = now,
            Until = until,
            OnEnd = onEnd,
            Cause = PauseCause.Asked,
            Note = "move",
            By = "ops",
        });

    private static PauseEnding Ending(DateTimeOffset now, PauseEnd? onEnd = null, bool byOperator = false) => new(now, onEnd, byOperator);

    private async Task<PauseOutcome.Done> Pause(
        PauseTarget target, DateTimeOffset now, DateTimeOffset? until = null, PauseEnd onEnd = PauseEnd.Next) =>
        Assert.IsType<PauseOutcome.Done>(await Store.Pauses.PauseAsync(NewPause(target, now, until, onEnd), Entry("pause")));

    private async Task Resume(PauseTarget target, DateTimeOffset now, PauseEnd onEnd) =>
        Assert.IsType<PauseOutcome.Done>(await Store.Pauses.ResumeAsync(target, Ending(now, onEnd), Entry("resume")));

    private async Task<int> CountHeld(PauseTarget target)
    {
        var count = 0;
        await foreach (var held in Store.Pauses.HeldAsync(target))
        {
            count++;
        }

        return count;
    }
}
