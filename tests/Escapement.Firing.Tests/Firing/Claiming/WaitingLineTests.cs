using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>Whose turn it is, example by example; <see cref="PolicyModelTests"/> tries all that there is between them.</summary>
public sealed class WaitingLineTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RunId Open = new(Guid.NewGuid());
    private static readonly SchedulePolicy Skip = new();
    private static readonly SchedulePolicy QueueOne = new() { Overlap = OverlapPolicy.QueueOne };
    private static readonly SchedulePolicy All = new() { Missed = MissedPolicy.All };

    [Fact]
    public void Plan_QueueOneMeetsAnOpenRun_Waits()
    {
        var plan = Plan(QueueOne, due: 0, now: 0, open: Open);

        Assert.Equal((null, null, new Waiting { Due = At(0) }), (plan.Fire, plan.Skip, plan.Waiting));
        Assert.Equal((At(5), At(0)), (plan.NextDueAt, plan.LastDueAt));
    }

    [Fact]
    public void Plan_QueueOneMeetsAnOpenRunAndOneWaits_IsSkipped()
    {
        var plan = Plan(QueueOne, due: 5, now: 5, open: Open, new Waiting { Due = At(0) });

        Assert.Equal((null, At(5), new Waiting { Due = At(0) }), (plan.Fire, plan.Skip, plan.Waiting));
    }

    [Fact]
    public void Plan_RunHasEnded_OpensWhatWaitsAndCoversNothing()
    {
        var plan = Plan(QueueOne, due: 5, now: 3, open: null, new Waiting { Due = At(0) });

        Assert.Equal((At(0), null, null, false), (plan.Fire, plan.Skip, plan.Waiting, plan.IsCatchUp));
        Assert.Equal((At(5), null), (plan.NextDueAt, plan.LastDueAt));
    }

    [Fact]
    public void Plan_RunHasEndedAndNoDateIsLeft_OpensWhatWaits()
    {
        var schedule = Due(QueueOne, 0, null, new Waiting { Due = At(0) }) with { DueAt = DateTimeOffset.MaxValue };

        var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(schedule, At(3));

        Assert.Equal((At(0), null), (plan.Fire, plan.NextDueAt));
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.QueueOne)]
    public void Plan_DueWhileWhatWaitsIsOpened_MeetsItsRun(OverlapPolicy overlap)
    {
        var queues = overlap == OverlapPolicy.QueueOne;

        var plan = Plan(Skip with { Overlap = overlap }, due: 5, now: 5, open: null, new Waiting { Due = At(0) });

        Assert.Equal((At(0), queues ? null : At(5)), (plan.Fire, plan.Skip));
        Assert.Equal(queues ? new Waiting { Due = At(5) } : null, plan.Waiting);
    }

    [Fact]
    public void Plan_AllAfterAnOutage_FiresTheOldestAndTheRestWaits()
    {
        var plan = Plan(All, due: 0, now: 21, open: null);

        Assert.Equal((At(0), true, null), (plan.Fire, plan.IsCatchUp, plan.Missed));
        Assert.Equal(new Waiting { CatchUp = [new OccurrenceRange(At(5), At(20), 4)] }, plan.Waiting);
        Assert.Equal((At(25), At(20)), (plan.NextDueAt, plan.LastDueAt));
    }

    [Theory]
    [InlineData(3, 24 * 60, 10, 2)]
    [InlineData(100, 11, 10, 2)]
    [InlineData(100, 10, 15, 3)]
    public void Plan_AllBeyondItsNumberOrWindow_TakesTheNewestAndTheRestIsSuperseded(int max, int catchUpMinutes, int first, int superseded)
    {
        var policy = All with { MissedMax = max, CatchUp = TimeSpan.FromMinutes(catchUpMinutes) };

        var plan = Plan(policy, due: 0, now: 21, open: null);

        Assert.Equal(At(first), plan.Fire);
        Assert.Equal(new MissedOccurrences(At(0), At(first - 5), superseded, RunReason.Superseded), plan.Missed);
    }

    [Fact]
    public void Plan_AllNothingYoungEnough_IsOutsideTheWindow()
    {
        var plan = Plan(All with { CatchUp = TimeSpan.Zero }, due: 0, now: 22, open: null);

        Assert.Equal((null, new MissedOccurrences(At(0), At(20), 5, RunReason.OutsideCatchUpWindow)), (plan.Fire, plan.Missed));
    }

    [Fact]
    public void Plan_DueDuringACatchUpRun_WaitsWhateverTheOverlapPolicy()
    {
        var plan = Plan(Skip, due: 5, now: 5, open: Open, new Waiting { CatchUpRun = Open });

        Assert.Equal((null, null, new Waiting { Due = At(5), CatchUpRun = Open }), (plan.Fire, plan.Skip, plan.Waiting));
    }

    [Fact]
    public void Plan_SecondDueDuringACatchUpRun_TakesTheFirstsPlace()
    {
        var plan = Plan(Skip, due: 10, now: 10, open: Open, new Waiting { Due = At(5), CatchUpRun = Open });

        Assert.Equal(new Waiting { Due = At(10), CatchUpRun = Open }, plan.Waiting);
        Assert.Equal([new OccurrenceRange(At(5), At(5), 1)], plan.Superseded!);
    }

    [Fact]
    public void Plan_SecondDueDuringACatchUpRunOfAll_JoinsTheCatchUp()
    {
        var waiting = new Waiting { Due = At(5), CatchUp = [new OccurrenceRange(At(-10), At(0), 3)], CatchUpRun = Open };

        var plan = Plan(All, due: 10, now: 10, open: Open, waiting);

        Assert.Equal(waiting with { CatchUp = [.. waiting.CatchUp, new OccurrenceRange(At(10), At(10), 1)] }, plan.Waiting);
        Assert.Null(plan.Superseded);
    }

    [Fact]
    public void Plan_CatchUpGrowsBeyondItsNumber_TheOldestGiveWay()
    {
        var waiting = new Waiting
        {
            Due = At(5),
            CatchUp = [new OccurrenceRange(At(-60), At(-60), 1), new OccurrenceRange(At(-30), At(0), 7)],
            CatchUpRun = Open,
        };

        var plan = Plan(All with { MissedMax = 5 }, due: 10, now: 10, open: Open, waiting);

        Assert.Equal([new OccurrenceRange(At(-60), At(-60), 1), new OccurrenceRange(At(-30), At(-20), 3)], plan.Superseded!);
        Assert.Equal([new OccurrenceRange(At(-15), At(0), 4), new OccurrenceRange(At(10), At(10), 1)], plan.Waiting!.CatchUp);
    }

    [Fact]
    public void Plan_DueBesideACatchUp_GoesFirst()
    {
        var waiting = new Waiting { CatchUp = [new OccurrenceRange(At(-10), At(0), 3)] };

        var plan = Plan(All, due: 5, now: 5, open: null, waiting);

        Assert.Equal((At(5), false, waiting), (plan.Fire, plan.IsCatchUp, plan.Waiting));
    }

    [Fact]
    public void Plan_OnlyTheMarkOfAnEndedCatchUpRun_IsForgotten()
    {
        var plan = Plan(All, due: 5, now: 3, open: null, new Waiting { CatchUpRun = Open });

        Assert.Equal((null, null, At(5)), (plan.Fire, plan.Waiting, plan.NextDueAt));
    }

    [Fact]
    public void Drop_RunOfACatchUp_LeavesTheRestToTheNextClaim()
    {
        var run = new RunId(Guid.NewGuid());
        var waiting = new Waiting { CatchUp = [new OccurrenceRange(At(5), At(10), 2)], CatchUpRun = run };
        var advanced = new AdvancedSchedule(default, At(15), At(15), null, run, waiting, ClaimedAt: At(12));

        var left = advanced.WithoutRun();

        Assert.Equal(((RunId?)null, (DateTimeOffset?)At(12)), (left.Run, left.NextStartAt));
        Assert.Equal(new Waiting { CatchUp = waiting.CatchUp }, left.Waiting);
        Assert.Equal(At(15), (advanced with { Waiting = new Waiting { CatchUpRun = run } }).WithoutRun().NextStartAt);
    }

    private static DateTimeOffset At(int minutes) => Nine.AddMinutes(minutes);

    private static DueSchedule Due(SchedulePolicy policy, int due, RunId? open, Waiting? waiting) =>
        new(default, At(due), "*/5 * * * *", "UTC", open, policy, waiting);

    private static OccurrencePlan Plan(SchedulePolicy policy, int due, int now, RunId? open, Waiting? waiting = null) =>
        new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(Due(policy, due, open, waiting), At(now));
}
