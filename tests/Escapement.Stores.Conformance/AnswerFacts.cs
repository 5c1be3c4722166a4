using Escapement.Pausing;
using Escapement.Repeats;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class AnswerFacts(IStoreFixture store) : StoreFacts(store)
{
    private readonly StoodClock time = new();

    [Fact]
    public async Task Change_OfARequestWithAKey_KeepsItsAnswer()
    {
        var scope = await Installed();
        var request = NewRequest(Acme);

        var change = await CreateAsync(request, NewSchedule(scope, name: "daily"));

        var kept = await Store.Answers.FindAsync(request, T0 - RepeatableRequest.KeptFor);
        Assert.Equal((201, "/there", change.Schedule!.Id.ToString(), T0), (kept!.Status, kept.Location, kept.Content, kept.At));
        Assert.Equal(request.BodySha256.ToArray(), kept.Request.BodySha256.ToArray());
        Assert.Null(await Store.Answers.FindAsync(request, T0));
        Assert.Null(await Store.Answers.FindAsync(NewRequest(Acme, "other"), T0 - RepeatableRequest.KeptFor));
    }

    [Fact]
    public async Task Change_ThatIsRefused_KeepsNothingAndCanBeTriedAgain()
    {
        var scope = await Installed();
        await Created(scope, name: "daily");
        var request = NewRequest(Acme);

        Assert.False((await CreateAsync(request, NewSchedule(scope, name: "daily"))).IsDone);
        Assert.Null(await Store.Answers.FindAsync(request, T0 - RepeatableRequest.KeptFor));
        Assert.True((await CreateAsync(request, NewSchedule(scope, name: "nightly"))).IsDone);
    }

    [Fact]
    public async Task Change_ThatBreaksOff_KeepsNothingOfAnything()
    {
        var scope = await Installed();
        var schedule = await Created(scope, name: "daily");
        var request = NewRequest(Acme);
        var keeping = AnswerKeeping.Of<ScheduleChange>(request, Answer, time);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await keeping.AroundAsync(() => Store.Schedules.UpdateAsync(
            scope, schedule.Id, _ => throw new InvalidOperationException("a bug"), Limits(), Entry("schedule.update"))));

        Assert.Null(await Store.Answers.FindAsync(request, T0 - RepeatableRequest.KeptFor));
    }

    [Fact]
    public async Task Change_SameRequestManyTimesAtOnce_IsMadeOnce()
    {
        var scope = await Installed();
        var request = NewRequest(Acme);

        var ends = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await CreateAsync(request, NewSchedule(scope))).IsDone ? "done" : "refused";
            }
            catch (Exception e) when (e is AlreadyAnsweredException or StillUnderWayException)
            {
                return "again";
            }
        })));

        Assert.Single(ends, e => e == "done");
        Assert.Equal(11, ends.Count(e => e == "again"));
        Assert.Single(await Store.Schedules.ListAsync(scope));
    }

    [Fact]
    public async Task Change_ADayLater_IsAnotherRequest()
    {
        var scope = await Installed();
        var request = NewRequest(Acme);
        await CreateAsync(request, NewSchedule(scope));
        time.Now += RepeatableRequest.KeptFor - TimeSpan.FromMilliseconds(1);
        await Assert.ThrowsAsync<AlreadyAnsweredException>(async () => await CreateAsync(request, NewSchedule(scope)));

        time.Now += TimeSpan.FromMilliseconds(1);
        var change = await CreateAsync(request, NewSchedule(scope));

        Assert.Equal(change.Schedule!.Id.ToString(), (await Store.Answers.FindAsync(request, T0))!.Content);
        Assert.Equal(2, (await Store.Schedules.ListAsync(scope)).Count);
    }

    [Fact]
    public async Task Change_OfAnotherKind_KeepsNothing()
    {
        var scope = await Installed();
        var request = NewRequest(Acme);
        var keeping = AnswerKeeping.Of<ScheduleChange>(request, Answer, time);

        await keeping.AroundAsync(() => Store.Installs.SetEnabledAsync(scope, enabled: false, T0, s => s, Entry("install.disable")));

        Assert.False(keeping.IsKept);
        Assert.Null(await Store.Answers.FindAsync(request, T0 - RepeatableRequest.KeptFor));
    }

    [Fact]
    public async Task Pause_OfTheHostByARequestWithAKey_IsMadeOnceAndKeepsItsAnswer()
    {
        var request = NewRequest(tenant: null);
        var pause = new Pause { Id = NewId(), Layer = PauseLayer.Host, Since = T0, Cause = PauseCause.Asked, Note = "database move", By = "ops" };
        ValueTask<PauseOutcome> PauseAsync() => AnswerKeeping
            .Of<PauseOutcome>(request, o => o is PauseOutcome.Done done ? (200, null, done.Pause!.Note) : null, time)
            .AroundAsync(() => Store.Pauses.PauseAsync(new OuterPause(PauseTarget.Host, pause), Entry("host.pause")));

        Assert.IsType<PauseOutcome.Done>(await PauseAsync());
        await Assert.ThrowsAsync<AlreadyAnsweredException>(async () => await PauseAsync());

        Assert.Equal("database move", (await Store.Answers.FindAsync(request, T0 - RepeatableRequest.KeptFor))!.Content);
        Assert.Equal(pause.Id, Assert.Single(await Store.Pauses.ListAllAsync()).Pause.Id);
    }

    private static RepeatableRequest NewRequest(TenantId? tenant, string key = "key") =>
        RepeatableRequest.Of(tenant, "ops", "/schedules", key, new byte[] { 1, 2, 3 });

    private static (int Status, string? Location, string Content)? Answer(ScheduleChange change) =>
        change.Schedule is { } made ? (201, "/there", made.Id.ToString()) : null;

    private ValueTask<ScheduleChange> CreateAsync(RepeatableRequest request, Schedule schedule) => AnswerKeeping.Of<ScheduleChange>(request, Answer, time)
        .AroundAsync(() => Store.Schedules.CreateAsync(schedule, Limits(), Entry("schedule.create", target: schedule.Id.ToString())));

    private sealed class StoodClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = T0;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
