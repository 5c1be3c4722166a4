using System.Text.Json;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Pausing;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;
using Escapement.Undoing;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>Changes are written down by their fields, and taken back by them.</summary>
public abstract class UndoFacts : StoreFacts
{
    private static readonly Actor Ops = new(ActorKind.Admin, "ops");
    private static readonly Actor Guest = new(ActorKind.Extension, "com.example.guest");

    // Far from the next occurrence.
    private readonly SteppedTime time = new(Minute(10));

    private ScheduleLimits limits = new();

    protected UndoFacts(IStoreFixture store)
        : base(store)
    {
    }

    [Fact]
    public async Task Update_OfSomeFields_WritesThemDownBeforeAndAfter()
    {
        var schedule = await Made();

        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *", Name: "daily ä") { Policy = new SchedulePolicyInput { MissedMax = 7 } });

        var entry = await NewestAsync();
        Assert.Equal(
            [("name", "\"nightly\"", "\"daily ä\""), ("cron", "\"0 * * * *\"", "\"0 9 * * *\""), ("policy.missedMax", "100", "7")],
            entry.Changes.Select(c => (c.Field, c.Before?.Json, c.After?.Json)));
    }

    [Fact]
    public async Task Append_LargeValues_KeepsThemOnceAndTheLastFewOfAnInstall()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("a")));
        var first = (await NewestAsync()).Changes.Single().After!;
        Assert.Null(first.Json);
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("b")));
        Assert.Equal(first, (await NewestAsync()).Changes.Single().Before);

        Assert.Equal(Large("a"), Payload((await FindAsync(schedule, first))[first.Sha256!]));
        Assert.Empty(await Store.Audit.FindValuesAsync(schedule.Scope with { Tenant = Globex }, [first.Sha256!], T0.AddDays(-1)));
        Assert.Empty(await Store.Audit.FindValuesAsync(schedule.Scope, [first.Sha256!], time.GetUtcNow().AddDays(1)));

        for (var i = 0; i < AuditValue.MostKeptOfAdmins; i++)
        {
            await UpdateAsync(schedule, new ScheduleInput(Payload: Large($"c{i}")));
        }

        Assert.Empty(await FindAsync(schedule, first));
    }

    [Fact]
    public async Task Append_LargeValuesOfAnExtension_KeepsTheLastFewAndThoseOfAdmins()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("a")), Guest);
        var first = (await NewestAsync()).Changes.Single().After!;
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("b")));
        var byAdmin = await NewestAsync();
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("c")), Guest);
        var lost = await NewestAsync();

        for (var i = 0; i < AuditValue.MostKeptOfExtension; i++)
        {
            await UpdateAsync(schedule, new ScheduleInput(Payload: Large($"d{i}")), Guest);
        }

        // What the admin's change had before and after is there still.
        Assert.Single(await FindAsync(schedule, first));
        Assert.Single(await FindAsync(schedule, byAdmin.Changes.Single().After!));
        Assert.Empty(await FindAsync(schedule, lost.Changes.Single().After!));

        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("b")), Guest);
        await DoneAsync(byAdmin);
        Assert.Equal(Large("a"), (await Reloaded(schedule)).Payload);
    }

    [Fact]
    public async Task Append_ExtensionChangesWithoutEnd_TheEntriesHoldAFewBytesAndTheLastAreUndone()
    {
        var schedule = await Made();
        var operation = Operation();
        static string Some(int number) => $"[\"{number:0000}{new string('x', 3_000)}\"]";

        // As many as the budget has room for, of which each names what was before and after; then a few more.
        var whole = (InlineBudget.BytesPerDay / (2 * 3_000)) + 1;
        for (var i = 0; i < whole + 20; i++)
        {
            Wait(TimeSpan.FromSeconds(2));
            var input = new ScheduleInput(Payload: Some(i));
            Assert.True((await operation.UpdateAsync(schedule.Scope, Version().Endpoints, schedule.Id.ToString(), input, Guest)).IsDone);
        }

        var entries = (await Store.Audit.ListAsync(Acme, whole + 40)).Where(e => e.Action == "schedule.update").OrderBy(e => e.Id).ToList();
        Assert.NotNull(entries[0].Changes.Single().After!.Json);
        var last = entries[^1].Changes.Single();
        Assert.Equal((null, null), (last.Before!.Json, last.After!.Json));
        Assert.True(FieldChangesJson.Write(entries[^1].Changes)!.Length < 300);

        // An admin's change is as whole as ever, and the flood's last are taken back.
        await DoneAsync(entries[^1]);
        Assert.Equal(Some(whole + 18), (await Reloaded(schedule)).Payload);
        await UpdateAsync(schedule, new ScheduleInput(Payload: Some(9_999)));
        Assert.NotNull((await NewestAsync()).Changes.Single().Before!.Json);
        await DoneAsync(await NewestAsync());

        // As much as comes back in an hour is whole again.
        Wait(TimeSpan.FromHours(1));
        await operation.UpdateAsync(schedule.Scope, Version().Endpoints, schedule.Id.ToString(), new ScheduleInput(Payload: Some(8_888)), Guest);
        Assert.NotNull((await NewestAsync()).Changes.Single().After!.Json);
    }

    [Fact]
    public async Task Retention_OfLargeValues_RemovesThemAfterTheirTime()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("a")));
        var value = (await NewestAsync()).Changes.Single().After!;
        var now = time.GetUtcNow();

        await Store.Retention.StepAsync(new RetentionCutoffs(now, null, null) { Undo = now });
        Assert.Single(await FindAsync(schedule, value));
        await Store.Retention.StepAsync(new RetentionCutoffs(now, null, null) { Undo = now.AddSeconds(1) });
        Assert.Empty(await FindAsync(schedule, value));
    }

    [Fact]
    public async Task Undo_OfAnEdit_BringsItsFieldsBackAndCanBeUndone()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *", Enabled: false, Payload: Large("new")));
        var edited = await Reloaded(schedule);

        var undo = await DoneAsync(await NewestAsync());

        Assert.Empty(ScheduleFields.Changes(schedule, await Reloaded(schedule), time.GetUtcNow()));
        Assert.Equal("schedule.undo", undo.Action);
        Assert.Equal(undo, await NewestAsync());
        await DoneAsync(undo);
        Assert.Empty(ScheduleFields.Changes(edited, await Reloaded(schedule), time.GetUtcNow()));
    }

    [Fact]
    public async Task Undo_OfWhatChangedSince_SaysWhatDiffersAndChangesNothing()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *", Name: "daily"));
        var entry = await NewestAsync();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 10 * * *"));
        var before = await Reloaded(schedule);

        var differs = Assert.IsType<UndoOutcome.Differs>(await UndoAsync(entry));

        Assert.Equal([("cron", "\"0 9 * * *\"", "\"0 10 * * *\"")], differs.Fields.Select(d => (d.Field, d.Then!.Json!, d.Now!.Json!)));
        Assert.Equal(before, await Reloaded(schedule));
        Assert.IsType<UndoOutcome.Differs>(await Operations().PreviewAsync(Acme, entry.Id.ToString(), null, Ops, byOperator: true));
    }

    [Fact]
    public async Task Undo_OfOtherFieldsThanChangedSince_LeavesThose()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *"));
        var entry = await NewestAsync();
        await UpdateAsync(schedule, new ScheduleInput(Name: "daily"));

        await DoneAsync(entry);

        var back = await Reloaded(schedule);
        Assert.Equal(("0 * * * *", "daily"), (back.Cron, back.Name));
    }

    [Fact]
    public async Task Undo_ManyAtOnce_OneTakesItBack()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *"));
        var entry = await NewestAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => UndoAsync(entry))));

        Assert.Single(outcomes.OfType<UndoOutcome.Done>());
        Assert.Equal(5, outcomes.OfType<UndoOutcome.Differs>().Count());
    }

    [Fact]
    public async Task Undo_OfAPauseAndOfItsEnd_EndsItAndBringsItBack()
    {
        var schedule = await Made();
        var pauses = Pauses();
        await pauses.PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), new PauseInput { Note = "move" }, Ops, byOperator: false);
        var paused = await NewestAsync();
        await DoneAsync(paused);
        Assert.False((await Reloaded(schedule)).Pause?.HoldsAt(time.GetUtcNow()) ?? false);

        var again = new PauseInput { Note = "again", OnEnd = PauseEnd.All };
        await pauses.PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), again, Ops, byOperator: false);
        await pauses.ResumeScheduleAsync(schedule.Scope, schedule.Id.ToString(), null, Ops, byOperator: false);
        await DoneAsync(await NewestAsync());

        Assert.Equal(("again", PauseEnd.All, true), (await Reloaded(schedule)).Pause is { } pause
            ? (pause.Note, pause.OnEnd, pause.HoldsAt(time.GetUtcNow()))
            : default);
    }

    [Fact]
    public async Task Undo_OfAResume_AfterThePauseWouldHaveEnded_IsRefused()
    {
        var schedule = await Made();
        var until = time.GetUtcNow().AddMinutes(10);
        await Pauses().PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), new PauseInput { Note = "move", Until = until }, Ops, byOperator: false);
        await Pauses().ResumeScheduleAsync(schedule.Scope, schedule.Id.ToString(), null, Ops, byOperator: false);
        var entry = await NewestAsync();
        Wait(TimeSpan.FromMinutes(10));

        Assert.Contains("would have ended", Assert.IsType<UndoOutcome.Refused>(await UndoAsync(entry)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_OfAnOperatorsPause_IsOperatorsAlone()
    {
        var schedule = await Made();
        await Pauses().PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), new PauseInput { Note = "move" }, Ops, byOperator: true);
        var entry = await NewestAsync();
        await Pauses().PauseAsync(new PauseTarget(Acme, null), new PauseInput { Note = "all" }, Ops, byOperator: true);
        var tenant = await NewestAsync();

        Assert.IsType<UndoOutcome.OperatorsOnly>(await UndoAsync(entry, byOperator: false));
        Assert.IsType<UndoOutcome.OperatorsOnly>(await UndoAsync(tenant, byOperator: false));
        await DoneAsync(tenant);
        await DoneAsync(entry);
    }

    [Theory]
    [InlineData(PauseLayer.Host)]
    [InlineData(PauseLayer.Tenant)]
    [InlineData(PauseLayer.Install)]
    public async Task Undo_OfPausesAboveSchedules_AndOfTheirEnds(PauseLayer layer)
    {
        var scope = (await Made()).Scope;
        var target = layer switch { PauseLayer.Host => PauseTarget.Host, PauseLayer.Tenant => new(Acme, null), _ => PauseTarget.Of(scope) };
        await Pauses().PauseAsync(target, new PauseInput { Note = "move", OnEnd = PauseEnd.Latest }, Ops, byOperator: true);
        var paused = await NewestAsync(target.Tenant);

        var undo = await DoneAsync(paused);
        Assert.Null(await Pauses().GetAsync(target));
        Assert.IsType<UndoOutcome.Differs>(await UndoAsync(paused));
        Assert.EndsWith(".resume", undo.Action, StringComparison.Ordinal);
        Assert.EndsWith(".pause", (await DoneAsync(undo)).Action, StringComparison.Ordinal);

        Assert.Equal(("move", PauseEnd.Latest, layer), await Pauses().GetAsync(target) is { } pause ? (pause.Note, pause.OnEnd, pause.Layer) : default);
    }

    // What came due between the look and the click is left out, though the pause says that all of it runs.
    [Theory]
    [InlineData(PauseLayer.Schedule)]
    [InlineData(PauseLayer.Install)]
    [InlineData(PauseLayer.Host)]
    public async Task Undo_OfAPause_AsItWasShown_RunsNothingThatCameDueSince(PauseLayer layer)
    {
        var schedule = await Made();
        var input = new PauseInput { Note = "move", OnEnd = PauseEnd.All };
        var target = layer == PauseLayer.Host ? PauseTarget.Host : PauseTarget.Of(schedule.Scope);
        if (layer == PauseLayer.Schedule)
        {
            await Pauses().PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), input, Ops, byOperator: true);
        }
        else
        {
            await Pauses().PauseAsync(target, input, Ops, byOperator: true);
        }

        var entry = await NewestAsync(layer == PauseLayer.Host ? null : Acme);
        Wait(Minute(130) - time.GetUtcNow());
        Assert.Empty(await Plan(time.GetUtcNow()));
        var shown = Assert.IsType<UndoOutcome.Possible>(
            await Operations().PreviewAsync(entry.Tenant, entry.Id.ToString(), null, Ops, byOperator: true)).Preview;
        Assert.Equal((1, 2), (shown.Resume!.Held, shown.Resume.Runs));
        Wait(TimeSpan.FromHours(3));

        Assert.IsType<UndoOutcome.Done>(
            await Operations().UndoAsync(entry.Tenant, entry.Id.ToString(), null, Ops, byOperator: true, shown.ShownAt));

        Assert.Equal([Minute(60), Minute(120)], await RunAsync());
        var row = Assert.Single(await Ledger(schedule), r => r.State == RunState.Skipped);
        Assert.Equal((3, Minute(300)), (row.MissedCount!.Value, row.DueAt));
    }

    // Nor of a schedule that was changed since: nobody was shown what that would be.
    [Theory]
    [InlineData(PauseLayer.Schedule)]
    [InlineData(PauseLayer.Install)]
    public async Task Undo_OfAPause_AsItWasShown_RunsNothingOfWhatWasChangedSince(PauseLayer layer)
    {
        var schedule = await Made();
        var input = new PauseInput { Note = "move", OnEnd = PauseEnd.All };
        await (layer == PauseLayer.Schedule
            ? Pauses().PauseScheduleAsync(schedule.Scope, schedule.Id.ToString(), input, Ops, byOperator: true)
            : Pauses().PauseAsync(PauseTarget.Of(schedule.Scope), input, Ops, byOperator: true));
        var entry = await NewestAsync();
        Wait(Minute(130) - time.GetUtcNow());
        Assert.Empty(await Plan(time.GetUtcNow()));
        var shown = Assert.IsType<UndoOutcome.Possible>(await PreviewAsync(entry)).Preview;
        Assert.Equal(2, shown.Resume!.Runs);
        Wait(TimeSpan.FromSeconds(1));
        await UpdateAsync(schedule, new ScheduleInput(Name: "changed since"));

        Assert.IsType<UndoOutcome.Done>(
            await Operations().UndoAsync(entry.Tenant, entry.Id.ToString(), null, Ops, byOperator: true, shown.ShownAt));

        Assert.Empty(await RunAsync());
        Assert.Equal((RunState.Skipped, 2), Assert.Single(await Ledger(schedule)) is var row ? (row.State, row.MissedCount!.Value) : default);
    }

    [Fact]
    public async Task Undo_OfASkipAndOfTakingItBack_BringsBoth()
    {
        var schedule = await Made();
        var skips = new SkipOperations(Store.Schedules, Log(), new WakeSignal(time), time, limits);
        var at = schedule.NextDueAt!.Value;
        await skips.SkipAsync(schedule.Scope, schedule.Id.ToString(), at, "holiday", Ops);
        var skipped = await NewestAsync();
        await DoneAsync(skipped);
        Assert.Empty((await Reloaded(schedule)).Skips);
        await DoneAsync(await NewestAsync());
        Assert.Equal((at, "holiday"), Assert.Single((await Reloaded(schedule)).Skips) is var skip ? (skip.At, skip.Note) : default);

        Wait(at - time.GetUtcNow());
        Assert.IsType<UndoOutcome.Refused>(await UndoAsync(skipped));
    }

    [Fact]
    public async Task Undo_OfAnEditThatVoidedASkip_BringsTheSkipBack()
    {
        var schedule = await Made();
        var skips = new SkipOperations(Store.Schedules, Log(), new WakeSignal(time), time, limits);
        await skips.SkipAsync(schedule.Scope, schedule.Id.ToString(), schedule.NextDueAt, "holiday", Ops);
        await UpdateAsync(schedule, new ScheduleInput(Cron: "30 * * * *"));
        Assert.NotNull(Assert.Single((await Reloaded(schedule)).Skips).VoidedAt);

        await DoneAsync(await NewestAsync());

        Assert.Null(Assert.Single((await Reloaded(schedule)).Skips).VoidedAt);
    }

    [Fact]
    public async Task Undo_OfADeletion_RestoresIt_AndThatCanBeUndone()
    {
        var schedule = await Made();
        await Operation().DeleteAsync(schedule.Scope, schedule.Id.ToString(), Ops);
        var deleted = await NewestAsync();

        var undo = await DoneAsync(deleted);

        Assert.Empty(ScheduleFields.Changes(schedule, await Reloaded(schedule), time.GetUtcNow()));
        Assert.IsType<UndoOutcome.Differs>(await UndoAsync(deleted));
        await UpdateAsync(schedule, new ScheduleInput(Name: "changed since"));
        Assert.IsType<UndoOutcome.Differs>(await UndoAsync(undo));
        await UpdateAsync(schedule, new ScheduleInput(Name: "nightly"));
        await DoneAsync(undo);
        Assert.Null(await Store.Schedules.GetAsync(schedule.Scope, schedule.Id));
    }

    [Fact]
    public async Task Undo_OfADeletion_WhoseNameIsTaken_IsRefusedUnlessItIsRenamed()
    {
        var schedule = await Made();
        await Operation().DeleteAsync(schedule.Scope, schedule.Id.ToString(), Ops);
        var entry = await NewestAsync();
        await Operation().CreateAsync(schedule.Scope, Version().Endpoints, Input, Ops);

        var refused = await UndoAsync(entry);
        Assert.Equal("name", Assert.Single(Assert.IsType<UndoOutcome.Refused>(refused).Problems).Path);
        Assert.Contains("give it another as name", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(refused.Refusal, (await PreviewAsync(entry)).Refusal);
        await DoneAsync(entry, name: "nightly 2");
        Assert.Equal("nightly 2", (await Reloaded(schedule)).Name);
    }

    [Fact]
    public async Task Preview_OfADeletionOfAFullInstall_SaysWhatTheCommitWouldRefuse()
    {
        var schedule = await Made();
        await Operation().DeleteAsync(schedule.Scope, schedule.Id.ToString(), Ops);
        var entry = await NewestAsync();
        await Operation().CreateAsync(schedule.Scope, Version().Endpoints, Input with { Name = "other" }, Ops);
        limits = limits with { MaxPerInstall = 1 };

        var shown = await PreviewAsync(entry);

        Assert.Contains("Too many schedules (max 1", Assert.IsType<UndoOutcome.Refused>(shown).Refusal, StringComparison.Ordinal);
        Assert.Equal(shown.Refusal, (await UndoAsync(entry)).Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Preview_OfWhatCallsAnEndpointThatIsGone_SaysWhatTheCommitWouldRefuse(bool isDeleted)
    {
        var schedule = await Made();
        if (isDeleted)
        {
            await Operation().DeleteAsync(schedule.Scope, schedule.Id.ToString(), Ops);
        }
        else
        {
            await UpdateAsync(schedule, new ScheduleInput(Endpoint: "GET /api/status"));
        }

        var entry = await NewestAsync();
        var target = await Published(version: "2.0.0", endpoints: [new DeclaredEndpoint("GET", "/api/status", "status", true)]);
        await Store.Installs.ChangeAsync(
            schedule.Scope, target.Id, (install, _) => InstallChange.To(install with { Version = target.Id }, ""), Entry("install.upgrade"));

        var shown = await PreviewAsync(entry);

        Assert.Equal(["endpoint"], Assert.IsType<UndoOutcome.Refused>(shown).Problems.Select(p => p.Path));
        Assert.Equal(shown.Refusal, (await UndoAsync(entry)).Refusal);
    }

    [Fact]
    public async Task Preview_OfARenamingWhoseNameIsTaken_SaysSoUnlessItIsRenamed()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Name: "daily"));
        var entry = await NewestAsync();
        await Operation().CreateAsync(schedule.Scope, Version().Endpoints, Input, Ops);

        Assert.Contains(
            "give it another as name", Assert.IsType<UndoOutcome.Refused>(await PreviewAsync(entry)).Refusal, StringComparison.Ordinal);
        await DoneAsync(entry, name: "nightly 2");
    }

    [Fact]
    public async Task Preview_OfUninstallingWhatIsInstalledAgain_SaysWhatTheCommitWouldRefuse()
    {
        var schedule = await Made();
        var install = (await Store.Installs.GetAsync(schedule.Scope))!;
        await Installs().RemoveAsync(schedule.Scope, Ops);
        var entry = await NewestAsync();
        limits = limits with { MaxPerInstall = 0 };
        Assert.Contains("It had 1 schedules", (await PreviewAsync(entry)).Refusal, StringComparison.Ordinal);
        await Store.Installs.AddAsync(install with { Scope = new InstallScope(Acme, new InstallId(NewId())) }, Entry("install.add"));

        var shown = await PreviewAsync(entry);

        Assert.Contains("installed again", Assert.IsType<UndoOutcome.Refused>(shown).Refusal, StringComparison.Ordinal);
        limits = limits with { MaxPerInstall = 50 };
        Assert.Equal(shown.Refusal, (await UndoAsync(entry)).Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_OfAnInstallsPauseOrItsEnd_AfterItWasUninstalled_IsRefusedAndChangesNothing(bool isEnded)
    {
        var scope = (await Made()).Scope;
        await Pauses().PauseAsync(PauseTarget.Of(scope), new PauseInput { Note = "move" }, Ops, byOperator: true);
        if (isEnded)
        {
            await Pauses().ResumeAsync(PauseTarget.Of(scope), new ResumeTerms(null), Ops, byOperator: true);
        }

        var entry = await NewestAsync();
        await Installs().RemoveAsync(scope, Ops);
        var removed = await NewestAsync();

        Assert.Contains("was uninstalled", Assert.IsType<UndoOutcome.Refused>(await PreviewAsync(entry)).Refusal, StringComparison.Ordinal);
        Assert.Contains("was uninstalled", Assert.IsType<UndoOutcome.Refused>(await UndoAsync(entry)).Refusal, StringComparison.Ordinal);
        Assert.Equal(!isEnded, await Pauses().GetAsync(PauseTarget.Of(scope)) is not null);

        await DoneAsync(removed);
        await DoneAsync(entry);
        Assert.Equal(isEnded, await Pauses().GetAsync(PauseTarget.Of(scope)) is not null);
    }

    [Fact]
    public async Task Undo_OfACreation_DeletesIt()
    {
        var schedule = await Made();

        await DoneAsync(await NewestAsync());

        Assert.Null(await Store.Schedules.GetAsync(schedule.Scope, schedule.Id));
        Assert.Single(await Store.RemovedSchedules.ListAsync(schedule.Scope, T0));
    }

    [Fact]
    public async Task Undo_TakesNoTokenOfTheInstalls()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *"));
        var entry = await NewestAsync();
        while ((await Operation().UpdateAsync(schedule.Scope, [], schedule.Id.ToString(), new ScheduleInput(Name: $"{NewId()}"), Ops)).IsDone)
        {
        }

        await DoneAsync(entry);
    }

    [Fact]
    public async Task Undo_OfEnablingAndOfGrants_BringsThemBack()
    {
        var scope = (await Made()).Scope;
        await Installs().SetEnabledAsync(scope, false, Ops);
        await DoneAsync(await NewestAsync());
        Assert.True((await Store.Installs.GetAsync(scope))!.Enabled);

        var version = (await Store.Versions.GetAsync((await Store.Installs.GetAsync(scope))!.Version))!;
        var install = (await Store.Installs.GetAsync(scope))!;
        await Installs().ChangeGrantsAsync(new InstalledExtension(install, version), [Capability.LogEmit], Ops);
        var granted = await NewestAsync();
        Assert.Equal(["capabilities"], granted.Changes.Select(c => c.Field));
        await DoneAsync(granted);
        Assert.Equal([Capability.SchedulerManage], (await Store.Installs.GetAsync(scope))!.Granted);
        Assert.IsType<UndoOutcome.Differs>(await UndoAsync(granted));
    }

    [Fact]
    public async Task Undo_OfUninstalling_RestoresTheInstallWithItsSchedules()
    {
        var schedule = await Made();
        await Installs().RemoveAsync(schedule.Scope, Ops);
        var removed = await NewestAsync();

        var undo = await DoneAsync(removed);

        Assert.Empty(ScheduleFields.Changes(schedule, await Reloaded(schedule), time.GetUtcNow()));
        await DoneAsync(undo);
        Assert.Null(await Store.Installs.GetAsync(schedule.Scope));
    }

    [Fact]
    public async Task Undo_OfAnothersUnknownOrRefusedEntry_IsRefused()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Cron: "0 9 * * *"));
        var entry = await NewestAsync();
        foreach (var (tenant, id) in new[] { (Globex, entry.Id.ToString()), (Acme, NewId().ToString()), (Acme, "no id") })
        {
            Assert.IsType<UndoOutcome.Unknown>(await Operations().UndoAsync(tenant, id, null, Ops, byOperator: true));
        }

        var refused = Entry("schedule.update", Acme, schedule.Scope.Install, schedule.Id.ToString()) with { Outcome = AuditOutcome.Refused };
        await Store.Audit.AppendAsync([refused]);
        Assert.IsType<UndoOutcome.NotUndoable>(await UndoAsync(refused));
        Assert.Equal("0 9 * * *", (await Reloaded(schedule)).Cron);
    }

    [Fact]
    public async Task Undo_WhoseLargeValueIsNotKept_SaysSo()
    {
        var schedule = await Made();
        await UpdateAsync(schedule, new ScheduleInput(Payload: Large("a")));
        await UpdateAsync(schedule, new ScheduleInput(Payload: ""));
        var entry = await NewestAsync();
        Wait(AuditValue.KeptFor + TimeSpan.FromSeconds(1));

        Assert.IsType<UndoOutcome.ValuesGone>(await UndoAsync(entry));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Undo_OfTheNewestOfRandomChanges_LeavesTheStateBeforeIt(int seed)
    {
        var random = new Random(seed);
        var schedule = await Made();
        var undone = 0;
        for (var i = 0; i < 40; i++)
        {
            Wait(TimeSpan.FromSeconds(30));
            var before = await Reloaded(schedule);
            if (!await ChangeAsync(before, random) || await NewestAsync() is not { Changes.Count: > 0 } entry)
            {
                continue;
            }

            var after = await Store.Schedules.GetAsync(schedule.Scope, schedule.Id);
            var undo = await DoneAsync(entry);
            Assert.Empty(ScheduleFields.Changes(before, await Reloaded(schedule), time.GetUtcNow()));
            undone++;
            if (after is not null && random.Next(2) == 0)
            {
                await DoneAsync(undo);
                Assert.Empty(ScheduleFields.Changes(after, await Reloaded(schedule), time.GetUtcNow()));
            }
        }

        Assert.True(undone > 20, $"Only {undone} changes were taken back");
    }

    private async Task<bool> ChangeAsync(Schedule schedule, Random random)
    {
        var (scope, id) = (schedule.Scope, schedule.Id.ToString());
        var skips = new SkipOperations(Store.Schedules, Log(), new WakeSignal(time), time, limits);
        async Task<bool> Update(ScheduleInput input) => (await Operation().UpdateAsync(scope, Version().Endpoints, id, input, Ops)).IsDone;
        return random.Next(9) switch
        {
            0 => await Update(new ScheduleInput(Cron: $"{random.Next(60)} * * * *")),
            1 => await Update(new ScheduleInput(Name: random.Next(3) == 0 ? "" : $"n{random.Next()}", Timezone: random.Next(2) == 0 ? "UTC" : "Asia/Tokyo")),
            2 => await Update(new ScheduleInput(Enabled: random.Next(2) == 0)),
            3 => await Update(new ScheduleInput(Payload: random.Next(2) == 0 ? "" : Large($"{random.Next()}"), Endpoint: "GET /api/status")),
            4 => await Update(new ScheduleInput
            {
                Policy = new SchedulePolicyInput { MissedMax = random.Next(1, 9), Spread = TimeSpan.FromSeconds(random.Next(9)) },
            }),
            5 => await Pauses().PauseScheduleAsync(
                scope, id, new PauseInput { Note = "move", OnEnd = (PauseEnd)random.Next(3) }, Ops, byOperator: false) is PauseOutcome.Done,
            6 => await Pauses().ResumeScheduleAsync(scope, id, null, Ops, byOperator: false) is PauseOutcome.Done,
            7 => (await skips.SkipAsync(
                scope, id, OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Next(time.GetUtcNow().AddHours(random.Next(1, 4))), "holiday", Ops)).IsDone,
            _ => (await Operation().DeleteAsync(scope, id, Ops)).IsDone,
        };
    }

    private static ScheduleInput Input => new("POST /api/sync", "0 * * * *", "Europe/Berlin", Name: "nightly", Payload: "[1]");

    private static string Large(string text) => $"[\"{text}{new string('x', 5_000)}\"]";

    private static string Payload(string json) => JsonSerializer.Deserialize<string>(json)!;

    private async Task<Schedule> Made()
    {
        var scope = await Installed();
        var made = await Operation().CreateAsync(scope, Version().Endpoints, Input, Ops);
        return made.Schedule!;
    }

    private async Task UpdateAsync(Schedule schedule, ScheduleInput input, Actor? actor = null)
    {
        Wait(TimeSpan.FromSeconds(2));
        Assert.True((await Operation().UpdateAsync(schedule.Scope, Version().Endpoints, schedule.Id.ToString(), input, actor ?? Ops)).IsDone);
    }

    private async Task<AuditEntry> NewestAsync() => await NewestAsync(Acme);

    private async Task<AuditEntry> NewestAsync(TenantId? tenant) => (await Store.Audit.ListAsync(tenant, 200)).MaxBy(e => e.Id)!;

    private async Task<IReadOnlyDictionary<string, string>> FindAsync(Schedule schedule, AuditValue value) =>
        await Store.Audit.FindValuesAsync(schedule.Scope, [value.Sha256!], T0.AddDays(-1));

    private async Task<AuditEntry> DoneAsync(AuditEntry entry, string? name = null)
    {
        Wait(TimeSpan.FromSeconds(2));
        Assert.IsType<UndoOutcome.Possible>(await Operations().PreviewAsync(entry.Tenant, entry.Id.ToString(), name, Ops, byOperator: true));
        var outcome = await Operations().UndoAsync(entry.Tenant, entry.Id.ToString(), name, Ops, byOperator: true);
        return Assert.IsType<UndoOutcome.Done>(outcome).Entry;
    }

    private async Task<UndoOutcome> PreviewAsync(AuditEntry entry) =>
        await Operations().PreviewAsync(entry.Tenant, entry.Id.ToString(), null, Ops, byOperator: true);

    private async Task<UndoOutcome> UndoAsync(AuditEntry entry, bool byOperator = true) =>
        await Operations().UndoAsync(entry.Tenant, entry.Id.ToString(), null, Ops, byOperator);

    // Runs all that is due, and says of when it was.
    private async Task<List<DateTimeOffset>> RunAsync()
    {
        var ran = new List<DateTimeOffset>();
        while (await Plan(time.GetUtcNow()) is [var run, ..])
        {
            ran.Add(run.DueAt);
            await Complete(Succeeded(run, time.GetUtcNow()));
            Wait(TimeSpan.FromSeconds(10));
        }

        return ran;
    }

    private void Wait(TimeSpan by) => time.Set(time.GetUtcNow() + by);

    private AuditLog Log() => new(Store.Audit, time, NullLogger<AuditLog>.Instance);

    private ScheduleOperations Operation() => new(Store.Schedules, Log(), new WakeSignal(time), time, limits);

    private PauseOperations Pauses() => new(Store.Pauses, Store.Schedules, Store.Runs, Log(), new WakeSignal(time), time, limits);

    private InstallOperations Installs() => new(Store.Installs, Store.Versions, new NothingToCompile(), new WakeSignal(time), time, limits);

    private UndoOperations Operations()
    {
        var (wake, versions) = (new WakeSignal(time), new VersionCatalog(Store.Versions));
        var removed = new RemovedInstalls(Store.RemovedInstalls, Store.Installs, Store.Versions, versions, new NothingToCompile(), limits, wake, time);
        return new UndoOperations(
            Store.Audit,
            new ScheduleUndo(Store.Schedules, Store.RemovedSchedules, new InstalledExtensions(Store.Installs, versions), Pauses(), limits, wake, time),
            new InstallUndo(Store.Installs, Installs(), removed, versions, time),
            new PauseUndo(Store.Pauses, Store.Installs, Pauses(), wake, time),
            Log(),
            time);
    }
}
