using Escapement.Audit;
using Escapement.Bulk;
using Escapement.Listing;
using Escapement.Pausing;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>Changes of many schedules: in parts, by any node, left out where something else came first, taken back as one.</summary>
public abstract class BulkFacts : StoreFacts
{
    private static readonly Actor Ops = new(ActorKind.Admin, "ops");

    private readonly SteppedTime time = new(T0);
    private readonly ScheduleLimits limits = new();
    private readonly BulkSignal signal = new();

    protected BulkFacts(IStoreFixture store)
        : base(store)
    {
    }

    [Fact]
    public async Task Steps_OfAPause_ChangeAPartEachAndLeaveAnEntryForEachSchedule()
    {
        var schedules = await MadeAsync(120);
        var begun = await BegunAsync(Pause, schedules);
        using var keeper = Keeper();

        Assert.True(await keeper.StepAsync());
        var first = (await Store.Bulk.FindAsync(Acme, begun.Id))!;
        Assert.Equal((50, 0, 1, BulkState.Running), (first.Done, first.LeftOut, first.Parts, first.State));
        Assert.Equal(50, await PausedAsync(schedules));

        await FinishAsync(keeper);
        var done = (await Store.Bulk.FindAsync(Acme, begun.Id))!;
        Assert.Equal((120, 0, 3, BulkState.Done, true), (done.Done, done.LeftOut, done.Parts, done.State, done.EndedAt is not null));
        Assert.Equal(120, await PausedAsync(schedules));
        var entries = (await Store.Audit.ListAsync(Acme, 1_000)).Where(e => e.Action == "schedule.pause").ToList();
        Assert.Equal(schedules.Select(s => s.Id.ToString()).Order(), entries.Select(e => e.Target!).Order());
        Assert.All(entries, e => Assert.Equal("pause", Assert.Single(e.Changes).Field));
        Assert.False(await keeper.StepAsync());
    }

    [Fact]
    public async Task Steps_ByAnotherNodeAfterTheFirst_GoOnWhereItWas()
    {
        var schedules = await MadeAsync(120);
        var begun = await BegunAsync(Pause, schedules);
        using (var first = Keeper())
        {
            Assert.True(await first.StepAsync());
        }

        using var second = Keeper();
        await FinishAsync(second);

        Assert.Equal(120, (await Store.Bulk.FindAsync(Acme, begun.Id))!.Done);
        Assert.All(await ReloadedAsync(schedules), s => Assert.Equal(2, s.Revision));
    }

    [Fact]
    public async Task Steps_ByManyNodesAtOnce_ChangeEachScheduleOnce()
    {
        var schedules = await MadeAsync(200);
        var begun = await BegunAsync(Pause, schedules);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var keeper = Keeper();
            for (var i = 0; i < 50 && (await Store.Bulk.FindAsync(Acme, begun.Id))!.State == BulkState.Running; i++)
            {
                await keeper.StepAsync();
            }
        })));
        using var last = Keeper();
        await FinishAsync(last);

        Assert.Equal((200, BulkState.Done), (await Store.Bulk.FindAsync(Acme, begun.Id)) is { } done ? (done.Done, done.State) : default);
        Assert.All(await ReloadedAsync(schedules), s => Assert.Equal(2, s.Revision));
    }

    [Fact]
    public async Task Steps_OfWhatChangedSince_LeaveItOutAndSayWhy()
    {
        var schedules = await MadeAsync(5);
        var begun = await BegunAsync(new BulkAction { Kind = BulkKind.Disable }, schedules);
        await Store.Schedules.UpdateAsync(schedules[0].Scope, schedules[0].Id, s => s with { Name = "other" }, Limits(), Entry("schedule.update"));
        await Store.Schedules.DeleteAsync(schedules[1].Scope, schedules[1].Id, Limits(), Entry("schedule.delete"));
        using var keeper = Keeper();
        await FinishAsync(keeper);

        var done = (await Store.Bulk.FindAsync(Acme, begun.Id))!;
        Assert.Equal((3, 2), (done.Done, done.LeftOut));
        Assert.Equal(
            new[] { (schedules[0].Id, BulkFate.Changed), (schedules[1].Id, BulkFate.Gone) }.OrderBy(l => l.Id.ToString()),
            await Operations().LeftOutAsync(done, null, 10));
        Assert.Equal((true, false), ((await Reloaded(schedules[0])).Enabled, (await Reloaded(schedules[2])).Enabled));
    }

    [Theory]
    [InlineData(nameof(BulkKind.Pause))]
    [InlineData(nameof(BulkKind.Enable))]
    [InlineData(nameof(BulkKind.Disable))]
    [InlineData(nameof(BulkKind.Delete))]
    [InlineData(nameof(BulkKind.SetPolicy))]
    public async Task Undo_OfEachAction_BringsAllBackAsOne_AndCanBeUndone(string word)
    {
        var kind = Enum.Parse<BulkKind>(word);
        var schedules = await MadeAsync(60, enabled: kind != BulkKind.Enable);
        using var keeper = Keeper();
        var begun = await BegunAsync(kind == BulkKind.Pause ? Pause : new BulkAction
        {
            Kind = kind,
            Policy = kind == BulkKind.SetPolicy ? new SchedulePolicyInput { MissedMax = 7 } : null,
        }, schedules);
        await FinishAsync(keeper);
        Assert.All(await FieldsAsync(schedules), f => Assert.NotEqual(0, f));

        time.Set(time.GetUtcNow().AddMinutes(3));
        Assert.Equal((60, 60, 0), await ShownAsync(begun));
        var undo = await UndoneAsync(keeper, begun);

        Assert.Equal((60, 0), (undo.Done, undo.LeftOut));
        Assert.Equal((60, 0, 60), await ShownAsync(begun));
        Assert.All(await FieldsAsync(schedules), f => Assert.Equal(0, f));
        time.Set(time.GetUtcNow().AddMinutes(3));
        Assert.Equal(60, (await UndoneAsync(keeper, undo)).Done);
        Assert.All(await FieldsAsync(schedules), f => Assert.NotEqual(0, f));
    }

    [Fact]
    public async Task Undo_OfWhatChangedSince_LeavesItOut()
    {
        var schedules = await MadeAsync(3);
        using var keeper = Keeper();
        var begun = await BegunAsync(new BulkAction { Kind = BulkKind.Disable }, schedules);
        await FinishAsync(keeper);
        await Store.Schedules.UpdateAsync(schedules[0].Scope, schedules[0].Id, s => s with { Enabled = true }, Limits(), Entry("schedule.update"));

        var ended = (await Store.Bulk.FindAsync(Acme, begun.Id))!;
        var shown = await Operations().PreviewUndoAsync(ended, Ops, byOperator: false);
        var undo = await UndoneAsync(keeper, begun);

        Assert.Equal((3, 2), (shown.Schedules, shown.Changes));
        Assert.Equal([(schedules[0].Id, BulkFate.Changed)], shown.LeftOut);
        Assert.Equal((2, 1), (undo.Done, undo.LeftOut));
        Assert.Equal([(schedules[0].Id, BulkFate.Changed)], await Operations().LeftOutAsync(undo, null, 10));
    }

    [Fact]
    public async Task Resume_OfOperatorsPausesByAnAdmin_LeavesThemOut()
    {
        var schedules = await MadeAsync(2);
        using var keeper = Keeper();
        await BegunAsync(Pause, [schedules[0]], byOperator: true);
        await FinishAsync(keeper);
        await BegunAsync(Pause, [schedules[1]]);
        await FinishAsync(keeper);

        var shown = (await Operations().PreviewAsync(
            Acme, new ScheduleFilter(), new BulkAction { Kind = BulkKind.Resume }, Ops, byOperator: false)).Value;

        Assert.Equal([schedules[1].Id], shown.First.Select(s => s.Id));
        Assert.Equal([(schedules[0].Id, BulkFate.OperatorsPause)], shown.LeftOut);
    }

    // What came due between the look and the click is left out, though all of what the pauses kept is to run.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resume_OfMany_AsItWasShown_RunsNothingThatCameDueSince(bool isUndo)
    {
        var schedule = Assert.Single(await MadeAsync(1, due: Minute(5)));
        using var keeper = Keeper();
        var paused = await BegunAsync(Pause with { OnEnd = PauseEnd.All }, [schedule]);
        await FinishAsync(keeper);
        Assert.Empty(await Plan(Minute(12)));
        time.Set(Minute(12));
        var shown = (await Operations().PreviewAsync(
            Acme, new ScheduleFilter(), new BulkAction { Kind = BulkKind.Resume }, Ops, byOperator: false)).Value;
        Assert.Equal((2, 0), (shown.Resumed.Runs, shown.Resumed.Skipped));
        var latest = await Operations().PreviewAsync(
            Acme, new ScheduleFilter(), new BulkAction { Kind = BulkKind.Resume, OnEnd = PauseEnd.Latest }, Ops, byOperator: false);
        Assert.Equal((1, 1), (latest.Value.Resumed.Runs, latest.Value.Resumed.Skipped));
        time.Set(Minute(26));

        var ended = (await Store.Bulk.FindAsync(Acme, paused.Id))!;
        Assert.IsType<BulkOutcome.Begun>(isUndo
            ? await Operations().UndoAsync(ended, Ops, byOperator: false, Minute(12))
            : await Operations().BeginAsync(Acme, shown.Action, shown.Items, Ops, byOperator: false));
        await FinishAsync(keeper);

        var ran = new List<DateTimeOffset>();
        for (var at = Minute(27); await Plan(at) is [var run]; at = at.AddSeconds(10))
        {
            ran.Add(run.DueAt);
            await Complete(Succeeded(run, at));
        }

        Assert.Equal([Minute(5), Minute(10)], ran);
        var row = Assert.Single(await Ledger(schedule), r => r.State == RunState.Skipped);
        Assert.Equal((3, Minute(25)), (row.MissedCount!.Value, row.DueAt));
    }

    [Fact]
    public async Task Preview_ByAFilter_FindsWhatTheListFinds()
    {
        var schedules = await MadeAsync(30);
        await Store.Schedules.UpdateAsync(schedules[3].Scope, schedules[3].Id, s => s with { Name = "Nightly import" }, Limits(), Entry("schedule.update"));
        await Created(await Installed(Globex), Minute(5), "nightly");

        var shown = (await Operations().PreviewAsync(Acme, new ScheduleFilter { Text = "ghtly" }, Pause, Ops, byOperator: false)).Value;
        Assert.Equal([(schedules[3].Id, 2)], shown.Items.Select(i => (i.Schedule, i.Revision)));
        var all = (await Operations().PreviewAsync(Acme, new ScheduleFilter(), new BulkAction { Kind = BulkKind.Enable }, Ops, byOperator: false)).Value;
        Assert.Equal((30, 0, 30), (all.Schedules, all.Items.Count, all.LeftOut.Count));
        Assert.All(all.LeftOut, l => Assert.Equal(BulkFate.AlreadySo, l.Fate));
    }

    // So many that neither the answer nor the memory can hold all, and too many to look at: none of them would change.
    [Theory]
    [InlineData(3_000)]
    [InlineData(100_001)]
    public async Task Preview_OfManyThatAreSoAlready_ShowsTheFirstAndHasALimit(int many)
    {
        var row = new ListedSchedule(Assert.Single(await MadeAsync(1)), "com.acme.sync", null);
        var rows = Enumerable.Range(1, many).Select(n => row with { Schedule = row.Schedule with { Id = new ScheduleId(Guid.Parse($"{n:x32}")) } }).ToList();
        var (pages, largest) = (0, 0);
        var lists = Intercepted.Of(Store.ScheduleLists, (call, args) =>
        {
            Assert.Equal(nameof(IScheduleListStore.WalkAsync), call);
            var limit = (int)args[3]!;
            (pages, largest) = (pages + 1, Math.Max(largest, limit));
            var from = args[2] is SchedulePlace place ? Convert.ToInt32(place.Id.ToString("N"), 16) : 0;
            return new ValueTask<IReadOnlyList<ListedSchedule>>(rows.GetRange(from, Math.Min(limit, rows.Count - from)));
        });
        var operations = new BulkOperations(Store.Bulk, new ScheduleListing(lists, Store.Schedules, Store.Pauses, time), signal, limits, time);

        var shown = await operations.PreviewAsync(Acme, new ScheduleFilter(), new BulkAction { Kind = BulkKind.Enable }, Ops, byOperator: false);

        Assert.InRange(largest, 1, 1_000);
        if (many > BulkChange.MostLookedAt)
        {
            Assert.Equal(("filter", "too-many"), Assert.Single(shown.Problems) is var problem ? (problem.Path, problem.Code) : default);
            Assert.Contains("100,000", shown.Problems[0].Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((many, 0, 100), (shown.Value.Schedules, shown.Value.Items.Count, shown.Value.LeftOut.Count));
        }
    }

    [Fact]
    public async Task Look_OneOfTwoFails_ReportsItAndFinishesTheOther()
    {
        var (schedules, their) = (await MadeAsync(1), await Installed(Globex));
        var theirs = new List<BulkItem>();
        for (var i = 0; i < 120; i++)
        {
            var schedule = NewSchedule(their, time.GetUtcNow().AddHours(1));
            await Store.Schedules.CreateAsync(schedule, Limits(max: 1_000), Entry("schedule.create", Globex, their.Install));
            theirs.Add(new BulkItem(schedule.Id, 1));
        }

        var failing = await BegunAsync(Pause, schedules);
        var other = Assert.IsType<BulkOutcome.Begun>(await Operations().BeginAsync(Globex, Pause, theirs, Ops, byOperator: false)).Change;
        var tries = 0;
        var store = Intercepted.Of(Store.Bulk, (call, args) => call == nameof(IBulkStore.StepAsync) && failing.Id.Equals(args[1])
            ? ValueTask.FromException<BulkChange?>(new InvalidOperationException($"It fails, {++tries}"))
            : null);
        var log = new BulkReports();
        using var keeper = new BulkKeeper(store, signal, new WakeSignal(time), limits, time, log);

        await keeper.LookAsync();

        Assert.Equal((120, BulkState.Done), (await Store.Bulk.FindAsync(Globex, other.Id)) is { } done ? (done.Done, done.State) : default);
        var told = Assert.Single(log.Lines);
        Assert.Contains($"{failing.Id}", told.Message, StringComparison.Ordinal);
        Assert.Equal("It fails, 1", told.Exception?.Message);
        var all = await Assert.ThrowsAsync<AggregateException>(async () => await keeper.StepAsync());
        Assert.Equal("It fails, 2", Assert.Single(all.InnerExceptions).Message);
        using var sound = Keeper();
        await FinishAsync(sound);
        Assert.Equal(1, (await Store.Bulk.FindAsync(Acme, failing.Id))!.Done);
    }

    [Fact]
    public async Task Begin_WhileAnotherOfTheTenantGoesOn_IsRefusedAndAnotherTenantsIsNot()
    {
        var (schedules, theirs) = (await MadeAsync(1), await Created(await Installed(Globex), Minute(5)));
        await BegunAsync(Pause, schedules);

        Assert.IsType<BulkOutcome.UnderWay>(await BeginAsync(Pause, schedules));
        Assert.IsType<BulkOutcome.Begun>(
            await Operations().BeginAsync(Globex, Pause, [new BulkItem(theirs.Id, theirs.Revision)], Ops, byOperator: false));
        Assert.IsType<BulkOutcome.Nothing>(await BeginAsync(Pause, []));
    }

    [Fact]
    public async Task Begin_ManyAtOnce_OneBegins()
    {
        var schedules = await MadeAsync(1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BeginAsync(Pause, schedules))));

        Assert.Single(outcomes.OfType<BulkOutcome.Begun>());
    }

    [Fact]
    public async Task Cancel_Between_KeepsWhatWasDoneAndEndsTheRest()
    {
        var schedules = await MadeAsync(80);
        using var keeper = Keeper();
        var begun = await BegunAsync(Pause, schedules);
        await keeper.StepAsync();

        var ended = (await Operations().CancelAsync(begun, Ops))!;

        Assert.Equal((BulkState.Cancelled, 50), (ended.State, ended.Done));
        Assert.False(await keeper.StepAsync());
        Assert.Null(await Operations().CancelAsync(begun, Ops));
        Assert.Equal(50, await PausedAsync(schedules));
        await UndoneAsync(keeper, ended);
        Assert.Equal(0, await PausedAsync(schedules));
    }

    [Fact]
    public async Task FindEntries_OfATenant_AnswersItsOwnAlone()
    {
        var schedules = await MadeAsync(2);
        using var keeper = Keeper();
        var begun = await BegunAsync(Pause, schedules);
        await FinishAsync(keeper);
        var entries = (await Store.Bulk.ListPartsAsync(Acme, begun.Id, 0, 1))[0].Entries;

        var found = await Store.Bulk.FindEntriesAsync(Acme, [.. entries, NewId()]);

        Assert.Equal(schedules.Select(s => s.Id.ToString()).Order(StringComparer.Ordinal), found.Select(e => e.Target).Order(StringComparer.Ordinal));
        Assert.All(found, e => Assert.Equal("schedule.pause", e.Action));
        Assert.Empty(await Store.Bulk.FindEntriesAsync(Globex, [.. entries]));
        Assert.Empty(await Store.Bulk.FindEntriesAsync(Acme, []));
    }

    [Fact]
    public async Task Steps_TakeNoTokenOfTheInstalls()
    {
        var schedules = await MadeAsync(1);
        var operations = new ScheduleOperations(Store.Schedules, Log(), new WakeSignal(time), time, limits);
        while ((await operations.UpdateAsync(schedules[0].Scope, [], schedules[0].Id.ToString(), new ScheduleInput(Name: $"{NewId()}"), Ops)).IsDone)
        {
        }

        var begun = await BegunAsync(Pause, [await Reloaded(schedules[0])]);
        using var keeper = Keeper();
        await FinishAsync(keeper);

        Assert.Equal(1, (await Store.Bulk.FindAsync(Acme, begun.Id))!.Done);
    }

    [Fact]
    public async Task Steps_BetweenClaims_LetThoseGoOn()
    {
        var schedules = await MadeAsync(150, due: Minute(5));
        await BegunAsync(Pause, [.. schedules.Skip(100)]);
        using var keeper = Keeper();
        await keeper.StepAsync();

        var batch = await Store.Claims.ClaimAsync(Request(Minute(6), maxRuns: 200, perInstall: 200, perTenant: 200));

        Assert.Equal(schedules.Take(100).Select(s => s.Id).ToHashSet(), batch.Runs.Select(r => r.Schedule).ToHashSet());
    }

    [Fact]
    public async Task Find_OfAnotherTenant_IsUnknown()
    {
        var begun = await BegunAsync(Pause, await MadeAsync(1));

        Assert.Null(await Store.Bulk.FindAsync(Globex, begun.Id));
        Assert.Null(await Store.Bulk.CancelAsync(Globex, begun.Id, time.GetUtcNow(), Entry("tenant.bulk-cancel", Globex)));
        Assert.Empty(await Store.Bulk.ListAsync(Globex, null, 10));
        Assert.Equal([begun], await Store.Bulk.ListAsync(Acme, null, 10));
        Assert.Equal([begun], await Store.Bulk.ListRunningAsync());
    }

    [Fact]
    public async Task Retention_OfWhatEnded_RemovesItAfterItsTime()
    {
        var begun = await BegunAsync(Pause, await MadeAsync(1));
        using var keeper = Keeper();
        await FinishAsync(keeper);
        var now = time.GetUtcNow();

        await Store.Retention.StepAsync(new RetentionCutoffs(now, null, null) { Undo = now });
        Assert.NotNull(await Store.Bulk.FindAsync(Acme, begun.Id));
        await Store.Retention.StepAsync(new RetentionCutoffs(now, null, null) { Undo = now.AddSeconds(1) });
        Assert.Null(await Store.Bulk.FindAsync(Acme, begun.Id));
        Assert.Empty(await Store.Bulk.ListPartsAsync(Acme, begun.Id, 0, 10));
    }

    private static BulkAction Pause { get; } = new() { Kind = BulkKind.Pause, Note = "database move", OnEnd = PauseEnd.Latest };

    private async Task<List<Schedule>> MadeAsync(int count, bool enabled = true, DateTimeOffset? due = null)
    {
        var scopes = new[] { await Installed(), await Installed(extension: "com.acme.mail") };
        var made = new List<Schedule>();
        for (var i = 0; i < count; i++)
        {
            var schedule = NewSchedule(scopes[i % 2], enabled ? due ?? time.GetUtcNow().AddHours(1) : null) with { Enabled = enabled };
            made.Add((await Store.Schedules.CreateAsync(schedule, Limits(max: 1_000), Entry("schedule.create", Acme, schedule.Scope.Install))).Schedule!);
        }

        return made;
    }

    private async Task<BulkOutcome> BeginAsync(BulkAction action, IReadOnlyList<Schedule> schedules, bool byOperator = false) =>
        await Operations().BeginAsync(Acme, action, [.. schedules.Select(s => new BulkItem(s.Id, s.Revision))], Ops, byOperator);

    private async Task<BulkChange> BegunAsync(BulkAction action, IReadOnlyList<Schedule> schedules, bool byOperator = false)
    {
        time.Set(time.GetUtcNow().AddSeconds(1));
        var id = Assert.IsType<BulkOutcome.Begun>(await BeginAsync(action, schedules, byOperator)).Change.Id;
        return (await Store.Bulk.FindAsync(Acme, id))!;
    }

    // How many its undo would be about, how many it would take back, and how many it says that it would leave out.
    private async Task<(int Schedules, int Changes, int LeftOut)> ShownAsync(BulkChange change)
    {
        var shown = await Operations().PreviewUndoAsync((await Store.Bulk.FindAsync(Acme, change.Id))!, Ops, byOperator: false);
        return (shown.Schedules, shown.Changes, shown.LeftOut.Count);
    }

    private async Task<BulkChange> UndoneAsync(BulkKeeper keeper, BulkChange change)
    {
        var ended = (await Store.Bulk.FindAsync(Acme, change.Id))!;
        var begun = Assert.IsType<BulkOutcome.Begun>(await Operations().UndoAsync(ended, Ops, byOperator: false)).Change;
        Assert.Equal(change.Id, begun.Undoes);
        await FinishAsync(keeper);
        return (await Store.Bulk.FindAsync(Acme, begun.Id))!;
    }

    // Of each schedule, how many fields differ from those that it was made with.
    private async Task<List<int>> FieldsAsync(IReadOnlyList<Schedule> schedules)
    {
        var differing = new List<int>();
        foreach (var schedule in schedules)
        {
            var now = await Store.Schedules.GetAsync(schedule.Scope, schedule.Id);
            differing.Add(ScheduleFields.Changes(schedule, now, time.GetUtcNow()).Count);
        }

        return differing;
    }

    private async Task<List<Schedule>> ReloadedAsync(IReadOnlyList<Schedule> schedules)
    {
        var now = new List<Schedule>();
        foreach (var schedule in schedules)
        {
            now.Add(await Reloaded(schedule));
        }

        return now;
    }

    private async Task<int> PausedAsync(IReadOnlyList<Schedule> schedules) =>
        (await ReloadedAsync(schedules)).Count(s => s.Pause?.HoldsAt(time.GetUtcNow()) == true);

    private static async Task FinishAsync(BulkKeeper keeper)
    {
        while (await keeper.StepAsync())
        {
        }
    }

    private AuditLog Log() => new(Store.Audit, time, NullLogger<AuditLog>.Instance);

    private BulkKeeper Keeper() => new(Store.Bulk, signal, new WakeSignal(time), limits, time, NullLogger<BulkKeeper>.Instance);

    private BulkOperations Operations() =>
        new(Store.Bulk, new ScheduleListing(Store.ScheduleLists, Store.Schedules, Store.Pauses, time), signal, limits, time);

    private sealed class BulkReports : ILogger<BulkKeeper>
    {
        public List<(string Message, Exception? Exception)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((formatter(state, exception), exception));
    }
}
